package io.a2g.common.migrate.schemas;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the services may call in each other's schemas, as it follows from their references. */
final class PublishedFunctions {

  /** Of the users schema, for everybody who has to know a caller. */
  private static final List<String> IDENTITY =
      List.of(
          "caller_of_key(bytea)",
          "find_api_key(bytea)",
          "caller_of_token(bigint,text)",
          "published_signing_keys()");

  /** What pin functions take after the id or ids. */
  private static final Map<String, String> RIGHTS =
      Map.of("user", "", "agent", ",bigint,text,boolean", "session", ",text,bigint,boolean");

  private PublishedFunctions() {}

  /** Role and function, as PostgreSQL writes them. */
  static List<String> callable() {
    List<String> callable = new ArrayList<>();
    IDENTITY.forEach(
        function -> add(callable, PlatformSchema.USERS.callers(), "users." + function));
    // Addresses are personal, so only the service that shows them may ask.
    add(callable, Set.of(PlatformSchema.of("agents")), "users.user_contacts(bigint[])");
    for (ReferenceTarget target : ReferenceTarget.values()) {
      Set<PlatformSchema> holders = target.holders();
      String rights = RIGHTS.get(target.noun());
      add(callable, holders, target.pinFunction() + "(bigint" + rights + ")");
      add(callable, holders, target.statesFunction() + "(bigint[])");
      if (target.batchPinFunction() != null) {
        add(callable, holders, target.batchPinFunction() + "(bigint[]" + rights + ")");
      }
      if (target.namesFunction() != null) {
        add(callable, holders, target.namesFunction() + "(bigint[])");
      }
      for (PlatformSchema holder : holders) {
        add(
            callable,
            Set.of(target.owner()),
            holder.schemaName() + ".hand_over(text,bigint,bigint)");
        add(
            callable,
            Set.of(target.owner()),
            holder.schemaName() + ".references_to(text,bigint[],boolean)");
      }
    }
    return callable;
  }

  private static void add(List<String> callable, Set<PlatformSchema> callers, String function) {
    callers.forEach(caller -> callable.add(caller.appRole() + ": " + function));
  }
}
