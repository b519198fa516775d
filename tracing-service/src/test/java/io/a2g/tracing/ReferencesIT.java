package io.a2g.tracing;

import io.a2g.common.testkit.ReferenceContractIT;

class ReferencesIT extends ReferenceContractIT {}
