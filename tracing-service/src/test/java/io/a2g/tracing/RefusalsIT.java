package io.a2g.tracing;

import io.a2g.common.testkit.RefusalContractIT;

class RefusalsIT extends RefusalContractIT {}
