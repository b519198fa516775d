package io.a2g.common.migrate;

import io.a2g.common.schema.PlatformSchema;

/**
 * The service whose schema is migrated.
 *
 * @param name the service's name, such as {@code user-service}
 * @param schema the schema it owns
 */
public record MigratedService(String name, PlatformSchema schema) {

  /** The schema's name, which is also safe as an SQL identifier. */
  public String schemaName() {
    return schema.schemaName();
  }
}
