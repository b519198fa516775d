package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server of a test run: one for each JVM, started when first asked for, gone with
 * the JVM.
 *
 * <p>{@link #get()} takes, in this order: the server of {@code TEST_DATABASE_URL}; a container,
 * when a Docker engine answers; an installed PostgreSQL that has pgvector; the embedded server. The
 * choice is printed once. Where {@code CI} is set, a server without pgvector is an error, so that a
 * green build always stands for both search paths.
 */
public final class TestDatabase {

  private static final Lazy CHOSEN = new Lazy(TestDatabase::choose);
  private static final Lazy EMBEDDED = new Lazy(() -> started(EmbeddedServer.start()));

  private final TestServer server;
  private final @Nullable String pgvector;
  private final AtomicInteger databases = new AtomicInteger();
  private final String prefix = "a2g_" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  private @Nullable DatabaseUrl template;
  private @Nullable MigratedDatabase migrated;

  private TestDatabase(TestServer server, @Nullable String pgvector) {
    this.server = server;
    this.pgvector = pgvector;
  }

  /** The server chosen for this run. */
  public static TestDatabase get() {
    return CHOSEN.get();
  }

  /** Always the embedded server, which has no pgvector: for what must work without it, too. */
  public static TestDatabase embedded() {
    return EMBEDDED.get();
  }

  /**
   * Another embedded server, for a test that changes what belongs to the whole server, such as
   * roles. It takes a second or two.
   */
  public static TestDatabase separate() {
    TestServer server = EmbeddedServer.start();
    return new TestDatabase(server, server.pgvectorVersion().orElse(null));
  }

  /** The maintenance database and a superuser. */
  public DatabaseUrl superuser() {
    return server.superuser();
  }

  /** The file with the passwords of the platform's roles on this server. */
  public Path rolesFile() {
    return server.rolesFile();
  }

  /** Whether {@code CREATE EXTENSION vector} would work here. */
  public boolean hasPgvector() {
    return pgvector != null;
  }

  /**
   * Makes an empty database. It lives until the JVM ends.
   *
   * @param purpose what its name shall remind of; the name itself is unique
   * @return its URL, with a superuser's credentials
   */
  public DatabaseUrl create(String purpose) {
    return create(purpose, "template0");
  }

  private DatabaseUrl create(String purpose, String copyOf) {
    String name = reserve(purpose);
    try (Connection connection = server.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE \"%s\" TEMPLATE \"%s\" ENCODING 'UTF8'".formatted(name, copyOf));
      return server.superuser().withDatabase(name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create the test database " + name, e);
    }
  }

  /** The database with all schemas, roles and migrations, which the tests of this JVM share. */
  public synchronized MigratedDatabase migrated() {
    if (migrated == null) {
      migrated = migrated("shared");
    }
    return migrated;
  }

  /**
   * A database with all schemas, roles and migrations for one test alone.
   *
   * @param purpose what its name shall remind of; the name itself is unique
   */
  public MigratedDatabase migrated(String purpose) {
    // A copy lacks what belongs to the database itself, such as who may connect.
    return MigratedDatabase.prepare(server, create(purpose, template().database()));
  }

  // Migrated once, because a copy takes a tenth of the time. It could not be copied while somebody
  // is connected to it.
  private synchronized DatabaseUrl template() {
    if (template == null) {
      DatabaseUrl empty = create("template");
      MigratedDatabase.prepare(server, empty).migrate();
      template = empty;
    }
    return template;
  }

  /**
   * Reserves the name of a database that the caller creates; it is dropped at the end like the
   * others.
   */
  public DatabaseUrl reserveUrl(String purpose) {
    return server.superuser().withDatabase(reserve(purpose));
  }

  private String reserve(String purpose) {
    String name = "%s_%d_%s".formatted(prefix, databases.incrementAndGet(), purpose);
    server.dropAtExit(name);
    return name;
  }

  private static TestDatabase choose() {
    TestServer server =
        GivenServer.find()
            .or(ContainerServer::start)
            .or(InstalledServer::start)
            .orElseGet(EmbeddedServer::start);
    TestDatabase chosen = started(server);
    if (!chosen.hasPgvector() && inContinuousIntegration()) {
      throw new IllegalStateException(
          "CI is set, and the test database (%s) has no pgvector. Run scripts/install-pgvector.sh --with-postgresql first."
              .formatted(server.description()));
    }
    return chosen;
  }

  private static TestDatabase started(TestServer server) {
    String pgvector = server.pgvectorVersion().orElse(null);
    System.out.printf(
        "Test database: %s, %s%n",
        server.description(), pgvector == null ? "no pgvector" : "pgvector " + pgvector);
    return new TestDatabase(server, pgvector);
  }

  private static boolean inContinuousIntegration() {
    String ci = Optional.ofNullable(System.getenv("CI")).orElse("");
    return !ci.isBlank() && !ci.equalsIgnoreCase("false");
  }

  /** Starts once; a failure stays a failure, so that not every test waits for it again. */
  private static final class Lazy {

    private final Supplier<TestDatabase> start;
    private @Nullable TestDatabase database;
    private @Nullable RuntimeException failure;

    Lazy(Supplier<TestDatabase> start) {
      this.start = start;
    }

    synchronized TestDatabase get() {
      if (failure != null) {
        throw new IllegalStateException(failure.getMessage(), failure);
      }
      if (database == null) {
        try {
          database = start.get();
        } catch (RuntimeException e) {
          failure = e;
          throw e;
        }
      }
      return database;
    }
  }
}
