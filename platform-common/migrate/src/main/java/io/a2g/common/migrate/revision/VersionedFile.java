package io.a2g.common.migrate.revision;

import io.a2g.common.migrate.MigrationFiles;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;

/**
 * A {@code V} file.
 *
 * @param version as Flyway reads it
 * @param slug what its name says after the version
 * @param name the file's name
 */
public record VersionedFile(MigrationVersion version, String slug, String name) {

  private static final Pattern NAME = Pattern.compile("V([0-9][0-9_.]*)__(.+)\\.sql");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmm");

  /** All of them, lowest version first; equal ones by name. */
  public static List<VersionedFile> all(MigrationFiles files) {
    return files.names("migration").stream()
        .flatMap(name -> parse(name).stream())
        .sorted(Comparator.comparing(VersionedFile::version).thenComparing(file -> file.name()))
        .toList();
  }

  /** The moment for the next version: now, in UTC, or the minute after the newest file. */
  static LocalDateTime next(List<VersionedFile> files, LocalDateTime now) {
    LocalDateTime minute = now.truncatedTo(ChronoUnit.MINUTES);
    return Stream.concat(
            files.stream().flatMap(file -> file.time().stream()).map(time -> time.plusMinutes(1)),
            Stream.of(minute))
        .max(Comparator.naturalOrder())
        .orElse(minute);
  }

  /** The name with another version. */
  static String name(LocalDateTime version, String slug) {
    return "V" + TIME.format(version) + "__" + slug + ".sql";
  }

  private static Optional<VersionedFile> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new VersionedFile(
                MigrationVersion.fromVersion(matcher.group(1)), matcher.group(2), name))
        : Optional.empty();
  }

  private Optional<LocalDateTime> time() {
    try {
      return Optional.of(LocalDateTime.parse(name.substring(1, name.indexOf("__")), TIME));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
