package io.a2g.common.database;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTests {

  @Test
  void parseWhenPostgresqlFormTakesCredentialsOut() {
    var url = DatabaseUrl.parse("postgresql://alice:secret@db.example:5433/a2g");

    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/a2g");
    assertThat(url.user()).isEqualTo("alice");
    assertThat(url.password()).isEqualTo("secret");
    assertThat(url.database()).isEqualTo("a2g");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://alice:secret@h:5432/a2g",
        "postgres://alice:secret@h/a2g",
        "POSTGRESQL://alice:secret@h/a2g\n",
        "jdbc:postgresql://h/a2g?user=alice&password=secret",
        "jdbc:postgresql://alice:secret@h:5432/a2g",
        "postgresql://h/a2g?user=alice&password=secret"
      })
  void parseWhenSameDatabaseIsWrittenDifferentlyIsEqual(String text) {
    assertThat(DatabaseUrl.parse(text))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://h:5432/a2g", "alice", "secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "p%40ss%2Fw%3A%3F%23%25, p@ss/w:?#%",
    "a+b, a+b",
    "a:b, a:b",
    "%ED%95%9C, 한",
    "me@tenant, me@tenant"
  })
  void parseWhenPasswordIsEncodedDecodesIt(String written, String meant) {
    var url = DatabaseUrl.parse("postgresql://alice:" + written + "@h/a2g");

    assertThat(url.password()).isEqualTo(meant);
    assertThat(DatabaseUrl.parse(url.uri())).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "h, h:5432",
    "h:6000, h:6000",
    "'h1:1,h2:2', 'h1:1,h2:2'",
    "'h1,h2', 'h1:5432,h2:5432'",
    "[::1], [::1]:5432",
    "'[fe80::1]:6000,h2', '[fe80::1]:6000,h2:5432'"
  })
  void parseWhenHostsHaveManyShapesCompletesThePorts(String written, String hosts) {
    assertThat(DatabaseUrl.parse("postgresql://u:p@" + written + "/a2g").hosts()).isEqualTo(hosts);
  }

  @Test
  void parseWhenDriverParametersAreGivenKeepsThem() {
    var url =
        DatabaseUrl.parse(
            "jdbc:postgresql://h/a2g?user=me@tenant&sslmode=require&socketTimeout=30");

    assertThat(url.jdbcUrl())
        .isEqualTo("jdbc:postgresql://h:5432/a2g?sslmode=require&socketTimeout=30");
    assertThat(url.user()).isEqualTo("me@tenant");
  }

  @Test
  void parseWhenLibpqParametersAreGivenSpellsThemForTheDriver() {
    var url =
        DatabaseUrl.parse(
            "postgresql://h1,h2/a2g?target_session_attrs=read-write&connect_timeout=3&sslmode=disable");

    assertThat(url.jdbcUrl())
        .endsWith("/a2g?targetServerType=primary&connectTimeout=3&sslmode=disable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://alice:s3cr3t@h/a2g",
        "postgresql://alice:s3cr3t@h",
        "postgresql://alice:s3cr3t@h/",
        "postgresql://alice:s3cr3t@h:port/a2g",
        "postgresql://alice:s3cr3t@h:70000/a2g",
        "postgresql://alice:s3cr3t@::1/a2g",
        "postgresql://alice:s3cr3t@/a2g",
        "postgresql://alice:s3cr3t/x@h/a2g",
        "postgresql://alice:7/s3cr3t@h/a2g",
        "postgresql://alice:7?s3cr3t@h/a2g",
        "postgresql://alice:7/a?b=s3cr3t@h/a2g",
        "postgresql://alice:s3cr3t%@h/a2g",
        "postgresql://alice:s3cr3t%zz@h/a2g",
        "postgresql://alice:s3cr3t%ff@h/a2g",
        "postgresql://alice:s3cr3t x@h/a2g",
        "postgresql://alice:s3cr3t@h/a2g?sslmode"
      })
  void parseWhenUnreadableSaysSoWithoutTheSecret(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(text))
        .withMessageContaining("database URL is not readable")
        .withMessageNotContaining("s3cr3t")
        .withNoCause();
  }

  @Test
  void withDatabaseKeepsServerParametersAndCredentials() {
    var url = DatabaseUrl.parse("postgresql://u:p@h/a2g?sslmode=require").withDatabase("b c");

    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/b%20c?sslmode=require");
    assertThat(url.database()).isEqualTo("b c");
    assertThat(url.user()).isEqualTo("u");
  }

  @Test
  void toStringNeverContainsCredentialsOrParameters() {
    var url = DatabaseUrl.parse("postgresql://alice:s3cr3t@h/a2g?sslpassword=s3cr3t");

    assertThat(url).hasToString("DatabaseUrl[h:5432/a2g]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:p@[::1]:6000/a2g?sslmode=require",
        "postgresql://u:p@h1:1,h2:2/a%20b%2Bc?target_session_attrs=any"
      })
  void jdbcUrlIsUnderstoodByTheDriver(String text) throws SQLException {
    var url = DatabaseUrl.parse(text);
    var driver = DriverManager.getDriver(url.jdbcUrl());

    var properties =
        Arrays.stream(driver.getPropertyInfo(url.jdbcUrl(), new Properties()))
            .filter(property -> property.value != null)
            .collect(toMap(property -> property.name, property -> property.value));

    assertThat(properties).containsEntry("PGDBNAME", url.database());
    assertThat(properties).doesNotContainKeys("user", "password");
  }
}
