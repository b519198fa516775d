package io.a2g.user;

import io.a2g.common.testkit.database.AbstractSchemaCheckIT;
import io.a2g.common.topology.ServiceIdentity;

class SchemaCheckIT extends AbstractSchemaCheckIT {

  SchemaCheckIT() {
    super(ServiceIdentity.of("user-service"));
  }
}
