package io.a2g.admin;

import io.a2g.common.testkit.RefusalContractIT;

class RefusalsIT extends RefusalContractIT {}
