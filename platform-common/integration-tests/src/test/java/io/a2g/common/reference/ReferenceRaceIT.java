package io.a2g.common.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import java.sql.Connection;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/**
 * Writers, deleters and purges of all services race on few rows, and nothing refers to what is
 * gone. The same race with the lock taken away, or taken too late, leaves orphans; so it can tell.
 */
class ReferenceRaceIT {

  private static final int OPERATIONS = 20_000;
  private static final int ROUND = 2_000;
  // The rarest operations succeed about a hundred times, as chance has it.
  private static final int ENOUGH = 20;

  @Test
  void nothingRefersToWhatIsGone() throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("race");
    try (var replicas = new Replicas(database)) {
      var race = new Race(replicas, RaceRules.PRODUCT);

      race.run(OPERATIONS);

      Orphans orphans = Orphans.in(database);
      print(RaceRules.PRODUCT, race, orphans);
      assertThat(orphans).isEqualTo(new Orphans(0, 0));
      assertWorked(race);
    }
    // A row that points to nothing is rare even without the lock; it would have been seen.
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO agents.agents (owner_id, name, framework) VALUES (999999999, 'orphan', 'ADK')");
    }
    assertThat(Orphans.in(database)).isEqualTo(new Orphans(1, 0));
  }

  @Test
  void withoutTheLockOfThePinsThereAreOrphans() throws Exception {
    findOrphans(RaceRules.PIN_WITHOUT_LOCK);
  }

  @Test
  void askingBeforeTheLockLeavesOrphans() throws Exception {
    findOrphans(RaceRules.ASK_BEFORE_LOCK);
  }

  private static void findOrphans(RaceRules rules) throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("wrong_race");
    rules.applyTo(database);
    try (var replicas = new Replicas(database)) {
      var race = new Race(replicas, rules);
      Orphans orphans = Orphans.in(database);

      while (orphans.ofDeleted() == 0 && race.tally().total() < OPERATIONS) {
        race.run(ROUND);
        orphans = Orphans.in(database);
      }

      print(rules, race, orphans);
      assertThat(orphans.ofDeleted()).isPositive();
    }
  }

  /** A race in which nothing happens proves nothing. */
  private static void assertWorked(Race race) {
    assertThat(race.tally().total()).isEqualTo(OPERATIONS);
    for (RaceOperation operation : EnumSet.complementOf(EnumSet.of(RaceOperation.PURGE))) {
      assertThat(race.tally().count(operation, RaceOutcome.DONE))
          .as(operation.name())
          .isGreaterThan(ENOUGH);
    }
    assertThat(race.purgedRows()).isGreaterThan(ENOUGH);
    assertThat(race.tally().count(RaceOutcome.REFERENCE_NOT_FOUND)).isGreaterThan(ENOUGH);
    assertThat(race.tally().count(RaceOutcome.STILL_REFERENCED)).isGreaterThan(ENOUGH);
  }

  private static void print(RaceRules rules, Race race, Orphans orphans) {
    System.out.printf(
        "Race by rules %s: %d operations, %d rows purged, %s%n%s%n",
        rules, race.tally().total(), race.purgedRows(), orphans, race.tally());
  }
}
