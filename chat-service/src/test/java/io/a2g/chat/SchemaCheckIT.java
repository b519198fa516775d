package io.a2g.chat;

import io.a2g.common.migrate.MigratedService;
import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.testkit.database.AbstractSchemaCheckIT;

class SchemaCheckIT extends AbstractSchemaCheckIT {

  SchemaCheckIT() {
    super(new MigratedService("chat-service", PlatformSchema.CHAT));
  }
}
