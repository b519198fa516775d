package io.a2g.common.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSettingsTests {

  private static final Map<String, String> POSTGRES =
      Map.of(
          "POSTGRES_HOST", "db",
          "POSTGRES_PORT", "5433",
          "POSTGRES_DB", "agent_dev_platform_local",
          "POSTGRES_USER", "dev_user",
          "POSTGRES_PASSWORD", "dev_password");

  @Test
  void namesOfThePostgresImageNameTheDatabase() {
    var expected =
        new DatabaseUrl(
            "jdbc:postgresql://db:5433/agent_dev_platform_local", "dev_user", "dev_password");

    assertThat(settings(Map.of()).serving()).isEqualTo(expected);
    assertThat(settings(Map.of()).migration()).isEqualTo(expected);
  }

  @Test
  void namesOfThePlatformWinOneByOne() {
    DatabaseUrl mixed = settings(Map.of("DB_HOST", "other", "DB_USER", "users_app")).serving();

    assertThat(mixed)
        .isEqualTo(
            new DatabaseUrl(
                "jdbc:postgresql://other:5433/agent_dev_platform_local",
                "users_app",
                "dev_password"));
    assertThat(settings(Map.of("DB_NAME", "a2g", "DB_PORT", "1", "DB_PASSWORD", "pw")).serving())
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://db:1/a2g", "dev_user", "pw"));
  }

  @Test
  void urlWinsOverAllParts() {
    DatabaseSettings settings =
        settings(
            Map.of(
                "DATABASE_URL", "postgresql://one:pw1@url:5432/a2g",
                "MIGRATION_DATABASE_URL", "postgresql://two:pw2@direct/a2g"));

    assertThat(settings.serving())
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://url:5432/a2g", "one", "pw1"));
    assertThat(settings.migration().user()).isEqualTo("two");
    assertThat(settings.migration().password()).isEqualTo("pw2");
  }

  @Test
  void passwordMayStandInAFileAndThePlatformsNameWinsHereToo(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "from a file\n");
    var fromFile = new HashMap<>(POSTGRES);
    fromFile.remove("POSTGRES_PASSWORD");
    fromFile.put("POSTGRES_PASSWORD_FILE", file.toString());

    assertThat(new DatabaseSettings(fromFile::get).serving().password()).isEqualTo("from a file");
    assertThat(settings(Map.of("DB_PASSWORD_FILE", file.toString())).serving().password())
        .isEqualTo("from a file");
  }

  /** With the names of the image, and these beside them. */
  private static DatabaseSettings settings(Map<String, String> given) {
    var all = new HashMap<>(POSTGRES);
    all.putAll(given);
    return new DatabaseSettings(all::get);
  }
}
