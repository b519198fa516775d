package io.a2g.common.migrate.history;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Finds what an operator means by a version. */
final class Versions {

  private Versions() {}

  /** {@code 20261120_0901} is how files spell {@code 20261120.0901}. */
  static String normal(String given) {
    String text = given.startsWith("V") ? given.substring(1) : given;
    return text.replace('_', '.');
  }

  /** The V file of a version; empty when none is here. */
  static Optional<String> script(MigrationFiles files, String version) {
    return files.names(MigrationFiles.MIGRATION).stream()
        .filter(name -> name.startsWith("V") && name.endsWith(".sql") && name.contains("__"))
        .filter(name -> normal(name.substring(0, name.indexOf("__"))).equals(version))
        .findFirst();
  }

  /**
   * The step of a version; a unique beginning of it is enough, as in Alembic.
   *
   * @throws MigrationFailure when there is none, or more than one
   */
  static Step find(List<Step> steps, String given) {
    String wanted = normal(given);
    List<Step> versioned = steps.stream().filter(step -> step.version() != null).toList();
    List<Step> exact = versioned.stream().filter(step -> wanted.equals(step.version())).toList();
    List<Step> found =
        exact.isEmpty()
            ? versioned.stream()
                .filter(step -> String.valueOf(step.version()).startsWith(wanted))
                .toList()
            : exact;
    if (found.stream().map(Step::version).distinct().count() != 1) {
      throw new MigrationFailure(
          ExitCode.USAGE,
          found.isEmpty()
              ? "there is no version %s; history shows all of them".formatted(given)
              : "%s could be %s; write more of it"
                  .formatted(
                      given,
                      String.join(
                          " or ", found.stream().map(s -> String.valueOf(s.version())).toList())));
    }
    return found.getLast();
  }

  /** Flyway's order of versions; null is before everything. */
  static int compare(@Nullable String a, @Nullable String b) {
    MigrationVersion left = a == null ? MigrationVersion.EMPTY : MigrationVersion.fromVersion(a);
    MigrationVersion right = b == null ? MigrationVersion.EMPTY : MigrationVersion.fromVersion(b);
    return left.compareTo(right);
  }
}
