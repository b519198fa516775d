package io.a2g.common.migrate.entities;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a service declares besides its entities: in {@code db/extras.sql}, and in the parts that it
 * has in common with others and names there by {@code -- shared: common referred}.
 *
 * @param shared those parts, for this schema
 * @param own the file's text; empty when there is none
 */
record Extras(String shared, String own) {

  private static final Pattern PARTS = Pattern.compile("(?m)^-- shared:([a-z ]*)$");
  private static final String SCHEMA = "${schema}";

  /**
   * @throws MigrationFailure when the file names a part that does not exist
   */
  static Extras of(Target target) {
    String own = target.files().read("extras.sql").orElse("");
    Matcher parts = PARTS.matcher(own);
    List<String> names = parts.find() ? List.of(parts.group(1).strip().split(" +")) : List.of();
    String shared = names.stream().map(Extras::part).collect(Collectors.joining("\n"));
    return new Extras(shared.replace(SCHEMA, target.schema()), own);
  }

  private static String part(String name) {
    return read("db/shared/" + name + ".sql")
        .orElseThrow(() ->
            new MigrationFailure(
                ExitCode.FAILED,
                "extras.sql names the shared part '%s', which does not exist; platform-common has them in db/shared."
                    .formatted(name)));
  }

  private static Optional<String> read(String resource) {
    try (InputStream in = MigrationFiles.class.getClassLoader().getResourceAsStream(resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
