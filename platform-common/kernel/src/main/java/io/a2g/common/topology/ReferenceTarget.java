package io.a2g.common.topology;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.a2g.common.topology.Registry.TargetLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of row that other schemas point to, from {@code platform-services.conf}. The schema that
 * owns it publishes what the others may ask, as functions; this is their only way in. The natural
 * order is the one in which several targets are locked.
 */
public final class ReferenceTarget implements Comparable<ReferenceTarget> {

  private static final List<ReferenceTarget> ALL = all();

  /** A user: what services remember about callers follows its deletion. */
  public static final ReferenceTarget USER = of("user");

  private final TargetLine line;
  private final PlatformSchema owner;
  private final int position;

  private ReferenceTarget(TargetLine line, int position) {
    this.line = line;
    this.owner = PlatformSchema.of(line.schema());
    this.position = position;
  }

  private static List<ReferenceTarget> all() {
    List<ReferenceTarget> targets = new ArrayList<>();
    for (TargetLine line : Registry.CURRENT.targets()) {
      targets.add(new ReferenceTarget(line, targets.size()));
    }
    return Collections.unmodifiableList(targets);
  }

  /** All of them, in the order in which they are locked. */
  public static ReferenceTarget[] values() {
    return ALL.toArray(ReferenceTarget[]::new);
  }

  /**
   * The target of this name, such as {@code user}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ReferenceTarget of(String noun) {
    return ALL.stream()
        .filter(target -> target.noun().equals(noun))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("%s has no target '%s'".formatted(Registry.FILE, noun)));
  }

  /**
   * The target of this name between services, such as {@code USER}; see {@link #name()}.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static ReferenceTarget valueOf(String name) {
    return ALL.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such target"));
  }

  /** The schema that owns the rows. */
  public PlatformSchema owner() {
    return owner;
  }

  /** The qualified table, such as {@code users.users}; with it, references name their target. */
  public String table() {
    return owner.schemaName() + "." + line.table();
  }

  /** For people, such as {@code user}. */
  public String noun() {
    return line.name();
  }

  /** Between services: the noun in capital letters. */
  @JsonValue
  public String name() {
    return noun().toUpperCase(Locale.ROOT);
  }

  /** The schemas that may refer to it, all of which are asked before a row goes. */
  public Set<PlatformSchema> holders() {
    return Stream.of(PlatformSchema.values())
        .filter(schema -> schema.mayReferTo(noun()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The function that locks one live row until the transaction ends; true when there is one. */
  public String pinFunction() {
    return "%s.pin_%s".formatted(owner.schemaName(), noun());
  }

  /**
   * The function that locks many live rows until the transaction ends, and returns the ids that
   * have no live row; null where the owner publishes none.
   */
  public @Nullable String batchPinFunction() {
    return line.functions().contains("pins") ? pinFunction() + "s" : null;
  }

  /**
   * The function that tells of each id whether the row is live; ids without any row are missing in
   * its answer.
   */
  public String statesFunction() {
    return "%s.%s_states".formatted(owner.schemaName(), noun());
  }

  /** The function that tells the names of rows, deleted ones too; null when none is published. */
  public @Nullable String namesFunction() {
    return line.functions().contains("names")
        ? "%s.%s_names".formatted(owner.schemaName(), noun())
        : null;
  }

  /** The target whose rows are in this table, such as {@code users.users}. */
  public static Optional<ReferenceTarget> ofTable(String table) {
    return ALL.stream().filter(target -> target.table().equals(table)).findFirst();
  }

  /** The targets whose rows this schema owns; without any, nothing refers to the schema. */
  public static Set<ReferenceTarget> ownedBy(PlatformSchema schema) {
    return where(target -> target.owner == schema);
  }

  /** The targets that this schema may refer to. */
  public static Set<ReferenceTarget> heldBy(PlatformSchema schema) {
    return where(target -> schema.mayReferTo(target.noun()));
  }

  private static Set<ReferenceTarget> where(Predicate<ReferenceTarget> which) {
    return ALL.stream().filter(which).collect(Collectors.toCollection(LinkedHashSet::new));
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

  @Override
  public int compareTo(ReferenceTarget other) {
    return Integer.compare(position, other.position);
  }

  @Override
  public String toString() {
    return name();
  }
}
