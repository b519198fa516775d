package io.a2g.common.topology;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.a2g.common.topology.Registry.ServiceLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A schema of the platform, its service, and the names of its roles, from {@code
 * platform-services.conf}. The natural order is the one in which schemas are migrated.
 */
public final class PlatformSchema implements Comparable<PlatformSchema> {

  private static final List<PlatformSchema> ALL = all();

  /** Has users and their credentials, which every service asks for. */
  public static final PlatformSchema USERS = of("users");

  private final ServiceLine line;
  private final int position;

  private PlatformSchema(ServiceLine line, int position) {
    this.line = line;
    this.position = position;
  }

  private static List<PlatformSchema> all() {
    List<PlatformSchema> schemas = new ArrayList<>();
    for (ServiceLine line : Registry.CURRENT.services()) {
      schemas.add(new PlatformSchema(line, schemas.size()));
    }
    return Collections.unmodifiableList(schemas);
  }

  /** All of them, in the order in which they are migrated. */
  public static PlatformSchema[] values() {
    return ALL.toArray(PlatformSchema[]::new);
  }

  /**
   * The schema of this name, such as {@code users}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PlatformSchema of(String schemaName) {
    return only(schema -> schema.schemaName().equals(schemaName), "schema", schemaName);
  }

  /**
   * The schema of this service, such as {@code user-service}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PlatformSchema ofService(String serviceName) {
    return only(schema -> schema.serviceName().equals(serviceName), "service", serviceName);
  }

  /**
   * The schema of this name between services, such as {@code USERS}; see {@link #name()}.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static PlatformSchema valueOf(String name) {
    return only(schema -> schema.name().equals(name), "schema", name);
  }

  private static PlatformSchema only(Predicate<PlatformSchema> which, String kind, String name) {
    return ALL.stream()
        .filter(which)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("%s has no %s '%s'".formatted(Registry.FILE, kind, name)));
  }

  /** The service that owns the schema. */
  public String serviceName() {
    return line.name();
  }

  /** The schema's name in SQL. */
  public String schemaName() {
    return line.schema();
  }

  /** The schema's name in names of variables, and between services: in capital letters. */
  @JsonValue
  public String name() {
    return schemaName().toUpperCase(Locale.ROOT);
  }

  /** The TCP port that its service listens on where nothing else is set. */
  public int port() {
    return line.port();
  }

  /** The variable with the URL of its service, where the schema is in a database of its own. */
  public String urlVariable() {
    return "A2G_" + name() + "_URL";
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

  /**
   * The schemas whose app roles call functions of this one: everybody looks up API keys; a schema
   * that refers to rows pins them; the owner of rows asks those that refer to them before one goes.
   * It gives them USAGE on the schema only; which function they may execute is granted by the
   * migration that creates it.
   */
  public Set<PlatformSchema> callers() {
    return where(other -> this == USERS || other.refersTo(this) || this.refersTo(other));
  }

  /**
   * The schemas whose migrator roles ask this one about the targets of their references. It gives
   * them USAGE on the schema only, as above.
   */
  public Set<PlatformSchema> auditors() {
    return where(other -> other.refersTo(this));
  }

  boolean mayReferTo(String target) {
    return line.targets().contains(target);
  }

  private boolean refersTo(PlatformSchema owner) {
    return Registry.CURRENT.targets().stream()
        .anyMatch(
            target -> target.schema().equals(owner.schemaName()) && mayReferTo(target.name()));
  }

  private Set<PlatformSchema> where(Predicate<PlatformSchema> which) {
    return ALL.stream()
        .filter(other -> other != this)
        .filter(which)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public int compareTo(PlatformSchema other) {
    return Integer.compare(position, other.position);
  }

  @Override
  public String toString() {
    return name();
  }
}
