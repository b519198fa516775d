package io.a2g.common.database;

import io.a2g.common.secret.SecretFiles;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The platform's database settings: {@code DATABASE_URL}, or {@code DB_HOST} and its companions,
 * and {@code MIGRATION_DATABASE_URL}. Used by the services and by the migration tool. Each of them
 * may stand in a file that the setting with {@code _FILE} at its end names.
 *
 * <p>Where a {@code DB_…} setting is missing, the PostgreSQL image's name for it counts: {@code
 * POSTGRES_HOST}, {@code POSTGRES_PORT}, {@code POSTGRES_DB}, {@code POSTGRES_USER}, {@code
 * POSTGRES_PASSWORD}.
 */
public final class DatabaseSettings {

  private final SecretFiles settings;

  /**
   * Reads when asked.
   *
   * @param settings name → value; null or blank when not set
   */
  public DatabaseSettings(Function<String, @Nullable String> settings) {
    this.settings = new SecretFiles(settings);
  }

  /**
   * Where the service reads and writes.
   *
   * @throws IllegalArgumentException when the address cannot be read
   */
  public DatabaseUrl serving() {
    String url = text("DATABASE_URL");
    if (url == null) {
      url =
          "jdbc:postgresql://%s:%s/%s"
              .formatted(
                  or(part("DB_HOST", "POSTGRES_HOST"), "127.0.0.1"),
                  or(part("DB_PORT", "POSTGRES_PORT"), "5432"),
                  or(part("DB_NAME", "POSTGRES_DB"), "a2g"));
    }
    return withCredentials(
        DatabaseUrl.parse(url),
        part("DB_USER", "POSTGRES_USER"),
        part("DB_PASSWORD", "POSTGRES_PASSWORD"));
  }

  /**
   * Where migrations run. They get the serving user only when they have no address of their own.
   *
   * @throws IllegalArgumentException when the address cannot be read
   */
  public DatabaseUrl migration() {
    String url = text("MIGRATION_DATABASE_URL");
    return withCredentials(
        url == null ? serving() : DatabaseUrl.parse(url),
        text("MIGRATION_DB_USER"),
        text("MIGRATION_DB_PASSWORD"));
  }

  // What the URL says about the user wins over the separate variables.
  private static DatabaseUrl withCredentials(
      DatabaseUrl url, @Nullable String user, @Nullable String password) {
    return new DatabaseUrl(
        url.jdbcUrl(),
        url.user() == null ? user : url.user(),
        url.password() == null ? password : url.password());
  }

  private @Nullable String part(String name, String imageName) {
    String value = text(name);
    return value == null ? text(imageName) : value;
  }

  private static String or(@Nullable String value, String other) {
    return value == null ? other : value;
  }

  private @Nullable String text(String name) {
    return settings.text(name);
  }
}
