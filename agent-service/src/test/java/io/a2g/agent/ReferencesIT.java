package io.a2g.agent;

import io.a2g.common.testkit.ReferenceContractIT;

class ReferencesIT extends ReferenceContractIT {}
