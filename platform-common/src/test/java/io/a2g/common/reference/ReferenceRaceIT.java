package io.a2g.common.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import java.util.EnumSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Writers, deleters and purges of all services race on few rows, and nothing refers to what is
 * gone. The same race with the lock taken away, or taken too late, leaves orphans; so it can tell.
 */
class ReferenceRaceIT {

  private static final int OPERATIONS = 30_000;
  private static final int ROUND = 2_000;

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
  }

  @Test
  void withoutTheLockOfThePinsThereAreOrphans() throws Exception {
    // Rows of all kinds that point to nothing, and agents of deleted owners.
    findOrphans(
        RaceRules.PIN_WITHOUT_LOCK, orphans -> orphans.dangling() > 0 && orphans.ofDeleted() > 0);
  }

  @Test
  void askingBeforeTheLockLeavesOrphans() throws Exception {
    findOrphans(RaceRules.ASK_BEFORE_LOCK, orphans -> orphans.ofDeleted() > 0);
  }

  private static void findOrphans(RaceRules rules, Predicate<Orphans> enough) throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("wrong_race");
    rules.applyTo(database);
    try (var replicas = new Replicas(database)) {
      var race = new Race(replicas, rules);
      Orphans orphans = Orphans.in(database);

      while (!enough.test(orphans) && race.tally().total() < OPERATIONS) {
        race.run(ROUND);
        orphans = Orphans.in(database);
      }

      print(rules, race, orphans);
      assertThat(orphans).matches(enough);
    }
  }

  /** A race in which nothing happens proves nothing. */
  private static void assertWorked(Race race) {
    assertThat(race.tally().total()).isEqualTo(OPERATIONS);
    for (RaceOperation operation : EnumSet.complementOf(EnumSet.of(RaceOperation.PURGE))) {
      assertThat(race.tally().count(operation, RaceOutcome.DONE))
          .as(operation.name())
          .isGreaterThan(80);
    }
    assertThat(race.purgedRows()).isGreaterThan(80);
    assertThat(race.tally().count(RaceOutcome.REFERENCE_NOT_FOUND)).isGreaterThan(80);
    assertThat(race.tally().count(RaceOutcome.STILL_REFERENCED)).isGreaterThan(80);
  }

  private static void print(RaceRules rules, Race race, Orphans orphans) {
    System.out.printf(
        "Race by rules %s: %d operations, %d rows purged, %s%n%s%n",
        rules, race.tally().total(), race.purgedRows(), orphans, race.tally());
  }
}
