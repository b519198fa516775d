package io.a2g.common.topology;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of row that other schemas point to. The schema that owns it publishes what the others may
 * ask, as functions; this is their only way in. The order is the one in which several targets are
 * locked.
 */
public enum ReferenceTarget {
  USER(PlatformSchema.USERS, "users", "user"),
  AGENT(PlatformSchema.AGENTS, "agents", "agent"),
  SESSION(PlatformSchema.CHAT, "chat_sessions", "session");

  private final PlatformSchema owner;
  private final String table;
  private final String noun;

  ReferenceTarget(PlatformSchema owner, String table, String noun) {
    this.owner = owner;
    this.table = table;
    this.noun = noun;
  }

  /** The schema that owns the rows. */
  public PlatformSchema owner() {
    return owner;
  }

  /** The qualified table, such as {@code users.users}; with it, references name their target. */
  public String table() {
    return owner.schemaName() + "." + table;
  }

  /** For people, such as {@code user}. */
  public String noun() {
    return noun;
  }

  /** The schemas that have references to it, all of which are asked before a row goes. */
  public Set<PlatformSchema> holders() {
    return switch (this) {
      case USER -> EnumSet.of(PlatformSchema.AGENTS, PlatformSchema.CHAT);
      case AGENT -> EnumSet.of(PlatformSchema.CHAT, PlatformSchema.TRACING);
      case SESSION -> EnumSet.of(PlatformSchema.TRACING);
    };
  }

  /** The function that locks one live row until the transaction ends; true when there is one. */
  public String pinFunction() {
    return "%s.pin_%s".formatted(owner.schemaName(), noun);
  }

  /**
   * The function that locks many live rows until the transaction ends, and returns the ids that
   * have no live row; null where the owner publishes none, because nobody needs it yet.
   */
  public @Nullable String batchPinFunction() {
    return switch (this) {
      case USER, AGENT -> "%s.pin_%ss".formatted(owner.schemaName(), noun);
      case SESSION -> null;
    };
  }

  /**
   * The function that tells of each id whether the row is live; ids without any row are missing in
   * its answer.
   */
  public String statesFunction() {
    return "%s.%s_states".formatted(owner.schemaName(), noun);
  }

  /** The function that tells the names of rows, deleted ones too; null when none is published. */
  public @Nullable String namesFunction() {
    return this == SESSION ? null : "%s.%s_names".formatted(owner.schemaName(), noun);
  }

  /** The target whose rows are in this table, such as {@code users.users}. */
  public static Optional<ReferenceTarget> ofTable(String table) {
    return Stream.of(values()).filter(target -> target.table().equals(table)).findFirst();
  }

  /** The targets whose rows this schema owns; without any, nobody refers to the schema. */
  public static Set<ReferenceTarget> ownedBy(PlatformSchema schema) {
    return Stream.of(values())
        .filter(target -> target.owner == schema)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ReferenceTarget.class)));
  }

  /** The targets that this schema refers to. */
  public static Set<ReferenceTarget> heldBy(PlatformSchema schema) {
    return Stream.of(values())
        .filter(target -> target.holders().contains(schema))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ReferenceTarget.class)));
  }

  /**
   * A value in a request that points to a row of this kind.
   *
   * @param field the request field at fault when there is no such row, e.g. {@code owner_id}
   * @param arguments what the pin function takes, the id first
   */
  public Pin pin(String field, @Nullable Object... arguments) {
    return new Pin(field, this, Pin.listOf(arguments));
  }
}
