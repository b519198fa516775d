package io.a2g.common.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.database.DatabaseSettings;
import io.a2g.common.environment.SecretFileEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SecretFilesTests {

  @TempDir private Path folder;

  @Test
  void valueComesFromTheFileWithoutItsLineEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "s3cret\n");

    assertThat(text(Map.of("DB_PASSWORD_FILE", file.toString()))).isEqualTo("s3cret");
    assertThat(text(Map.of("DB_PASSWORD", "here"))).isEqualTo("here");
    assertThat(text(Map.of("DB_PASSWORD", " ", "DB_PASSWORD_FILE", file.toString())))
        .isEqualTo("s3cret");
    assertThat(text(Map.of())).isNull();
  }

  @Test
  void twoDifferentValuesAreRefusedWithoutShowingThem() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "s3cret");

    assertThatExceptionOfType(InvalidSecretFile.class)
        .isThrownBy(() -> text(Map.of("DB_PASSWORD", "other", "DB_PASSWORD_FILE", file.toString())))
        .withMessageContaining("DB_PASSWORD_FILE")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret", "other"));
  }

  @Test
  void fileThatIsNotThereOrEmptyIsRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");

    assertThatExceptionOfType(InvalidSecretFile.class)
        .isThrownBy(() -> text(Map.of("DB_PASSWORD_FILE", folder.resolve("none").toString())))
        .withMessageContaining("cannot be read");
    assertThatExceptionOfType(InvalidSecretFile.class)
        .isThrownBy(() -> text(Map.of("DB_PASSWORD_FILE", empty.toString())))
        .withMessageContaining("is empty");
  }

  @Test
  void servicesAndTheToolReadTheDatabasesSettingsFromFiles() throws IOException {
    Path url = Files.writeString(folder.resolve("url"), "postgresql://one:pw1@db:5432/a2g\n");
    Path password = Files.writeString(folder.resolve("password"), "pw2\n");
    Map<String, String> settings =
        Map.of(
            "MIGRATION_DATABASE_URL_FILE", url.toString(),
            "DB_USER", "two",
            "DB_PASSWORD_FILE", password.toString());

    var database = new DatabaseSettings(settings::get);

    assertThat(database.migration().password()).isEqualTo("pw1");
    assertThat(database.serving().password()).isEqualTo("pw2");
  }

  @Test
  void placeholdersOfSecretsAreFilledFromFilesAndOthersAreNot() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "t0ken\n");
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "test",
                Map.of(
                    "A2G_SOME_TOKEN_FILE", file.toString(),
                    "A2G_BLANK_SECRET", "",
                    "A2G_BLANK_SECRET_FILE", file.toString(),
                    "A2G_PLAIN_SECRET", "plain",
                    "ADMIN_API_KEY_FILE", file.toString(),
                    "A2G_SOME_NAME_FILE", file.toString())));
    ConfigurationPropertySources.attach(environment);
    new SecretFileEnvironment().postProcessEnvironment(environment, new SpringApplication());

    assertThat(environment.resolvePlaceholders("${A2G_SOME_TOKEN:none}")).isEqualTo("t0ken");
    assertThat(environment.resolvePlaceholders("${A2G_BLANK_SECRET:none}")).isEqualTo("t0ken");
    assertThat(environment.resolvePlaceholders("${A2G_PLAIN_SECRET:none}")).isEqualTo("plain");
    assertThat(environment.resolvePlaceholders("${ADMIN_API_KEY:none}")).isEqualTo("none");
    assertThat(environment.resolvePlaceholders("${A2G_SOME_NAME:none}")).isEqualTo("none");
  }

  private static String text(Map<String, String> settings) {
    return new SecretFiles(settings::get).text("DB_PASSWORD");
  }
}
