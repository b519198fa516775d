package io.a2g.chat;

import io.a2g.common.testkit.ReferenceContractIT;

class ReferencesIT extends ReferenceContractIT {}
