package io.a2g.chat;

import io.a2g.common.testkit.database.AbstractSchemaCheckIT;
import io.a2g.common.topology.ServiceIdentity;

class SchemaCheckIT extends AbstractSchemaCheckIT {

  SchemaCheckIT() {
    super(ServiceIdentity.of("chat-service"));
  }
}
