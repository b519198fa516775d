package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.database.Sql;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * A database of the release before there was a baseline (commit ee0bb8e), with rows, histories and
 * grants. {@code release-ee0bb8e.sql.gz} is pg_dump's script of it, made with PostgreSQL 15 on a
 * server without pgvector, without comments and psql's commands.
 */
public final class EarlierRelease {

  private static final String DUMP = "release-ee0bb8e.sql.gz";

  private EarlierRelease() {}

  /** Makes one, and the platform's roles where they are missing. */
  public static MigratedDatabase restore(String purpose) {
    DatabaseUrl url = TestDatabase.get().create(purpose);
    var options = new CreateSchemas.Options(url, TestDatabase.get().rolesFile(), false);
    Map<String, String> passwords = CreateSchemas.create(options, line -> {});
    try (Connection connection = TestServer.connect(url);
        InputStream dump = EarlierRelease.class.getResourceAsStream(DUMP);
        InputStream script = new GZIPInputStream(Objects.requireNonNull(dump, DUMP))) {
      Sql sql = new Sql(connection);
      for (PlatformSchema schema : PlatformSchema.values()) {
        sql.execute("DROP SCHEMA %s CASCADE".formatted(schema.schemaName()));
      }
      sql.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MigratedDatabase(url, passwords);
  }
}
