package io.a2g.user;

import io.a2g.common.testkit.RefusalContractIT;

class RefusalsIT extends RefusalContractIT {}
