package io.a2g.agent;

import io.a2g.common.testkit.RefusalContractIT;

class RefusalsIT extends RefusalContractIT {}
