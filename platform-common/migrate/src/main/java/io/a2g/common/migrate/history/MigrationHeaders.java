package io.a2g.common.migrate.history;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a V file says about itself in comments before its first statement.
 *
 * @param phase expand (default), backfill or contract
 * @param irreversible why there is no way back; empty when there is one
 * @param backfill the backfill that must be done before this file is applied
 */
public record MigrationHeaders(
    Phase phase, Optional<String> irreversible, Optional<String> backfill) {

  /** The steps of a change that needs no downtime. */
  public enum Phase {
    EXPAND,
    BACKFILL,
    CONTRACT
  }

  private static final Pattern HEADER =
      Pattern.compile("--\\s*(phase|irreversible|backfill)\\s*:\\s*(.*\\S)\\s*");

  /**
   * Reads the headers of a file.
   *
   * @throws IllegalArgumentException when a phase is none of the three
   */
  public static MigrationHeaders of(String text) {
    Phase phase = Phase.EXPAND;
    Optional<String> irreversible = Optional.empty();
    Optional<String> backfill = Optional.empty();
    for (String line : text.lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("--")) {
        break;
      }
      var header = HEADER.matcher(line);
      if (header.matches()) {
        String value = header.group(2);
        switch (header.group(1)) {
          case "phase" -> phase = phase(value);
          case "irreversible" -> irreversible = Optional.of(value);
          default -> backfill = Optional.of(value);
        }
      }
    }
    return new MigrationHeaders(phase, irreversible, backfill);
  }

  private static Phase phase(String value) {
    return switch (value) {
      case "expand" -> Phase.EXPAND;
      case "backfill" -> Phase.BACKFILL;
      case "contract" -> Phase.CONTRACT;
      default ->
          throw new IllegalArgumentException(
              "phase is '%s'; it is expand, backfill or contract".formatted(value));
    };
  }
}
