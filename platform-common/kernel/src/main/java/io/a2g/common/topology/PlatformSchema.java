package io.a2g.common.topology;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The schemas of the platform, in the order in which they are migrated, and the names of their
 * roles.
 */
public enum PlatformSchema {
  USERS("user-service"),
  AGENTS("agent-service"),
  CHAT("chat-service"),
  TRACING("tracing-service"),
  ADMIN("admin-service");

  /**
   * Whose functions the other schemas' app roles may call: owner of the functions → callers. It
   * gives them USAGE on the schema only; which function they may execute is granted by the
   * migration that creates it.
   */
  private static final Map<PlatformSchema, Set<PlatformSchema>> CALLERS =
      Map.of(
          // Every service looks up API keys. Who refers to a row pins it; who owns a row asks
          // those that refer to it before it goes.
          USERS, EnumSet.of(AGENTS, CHAT, TRACING, ADMIN),
          AGENTS, EnumSet.of(USERS, CHAT, TRACING),
          CHAT, EnumSet.of(USERS, AGENTS, TRACING),
          TRACING, EnumSet.of(AGENTS, CHAT));

  /**
   * Whose references into this schema the migration tool audits: owner of the targets → schemas
   * that refer to them. It gives their migrators USAGE on the schema only, as above.
   */
  private static final Map<PlatformSchema, Set<PlatformSchema>> AUDITORS =
      Map.of(
          USERS, EnumSet.of(AGENTS, CHAT),
          AGENTS, EnumSet.of(CHAT, TRACING),
          CHAT, EnumSet.of(TRACING));

  private final String serviceName;

  PlatformSchema(String serviceName) {
    this.serviceName = serviceName;
  }

  /** The service that owns the schema. */
  public String serviceName() {
    return serviceName;
  }

  /** The schema's name in SQL. */
  public String schemaName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Owns the schema and everything in it; nobody logs in as it. */
  public String ownerRole() {
    return schemaName() + "_owner";
  }

  /** Logs in to migrate; what it creates belongs to {@link #ownerRole()}. */
  public String migratorRole() {
    return schemaName() + "_migrator";
  }

  /** Logs in to serve; reads and writes rows, and changes no structure. */
  public String appRole() {
    return schemaName() + "_app";
  }

  /** The schemas whose app roles call functions of this one. */
  public Set<PlatformSchema> callers() {
    return CALLERS.getOrDefault(this, Set.of());
  }

  /** The schemas whose migrator roles ask this one about the targets of their references. */
  public Set<PlatformSchema> auditors() {
    return AUDITORS.getOrDefault(this, Set.of());
  }
}
