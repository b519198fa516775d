package io.a2g.chat;

import io.a2g.common.testkit.RefusalContractIT;

class RefusalsIT extends RefusalContractIT {}
