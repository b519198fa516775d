package io.a2g.common.migrate;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that make a schema: the service's own, in its jar or in the {@code
 * src/main/resources/db} of a checkout, so that a new file counts before it is built; and beside
 * them the platform's, as soon as it is known which schema they are for ({@link #of}).
 *
 * <p>Below either folder: {@code migration/V<version>__<slug>.sql}, {@code R__<name>.sql}, {@code
 * afterMigrate__<name>.sql}, and {@code undo/U<version>__<slug>.sql}, which Flyway never sees. Only
 * the service has {@code extras.sql} and {@code seed/…} for tests. Only the platform's files take a
 * placeholder, {@code ${flyway:defaultSchema}}; what is read here has it filled in.
 */
public final class MigrationFiles {

  /** The folder of the files that Flyway runs. */
  public static final String MIGRATION = "migration";

  private static final Path SOURCES = Path.of("src", "main", "resources", "db");
  private static final String PLATFORM = "db/platform/";
  private static final String SCHEMA = "${flyway:defaultSchema}";

  private final FileFolder own;
  private final List<FileFolder> platform;
  private final String schema;
  private final Predicate<String> wanted;

  private MigrationFiles(
      FileFolder own, List<FileFolder> platform, String schema, Predicate<String> wanted) {
    this.own = own;
    this.platform = platform;
    this.schema = schema;
    this.wanted = wanted;
  }

  private MigrationFiles(@Nullable Path folder) {
    this(new FileFolder(folder, "db"), List.of(), "", name -> true);
  }

  /** The service's files in the jar that is running. */
  public static MigrationFiles packaged() {
    return new MigrationFiles(null);
  }

  /**
   * The service's files in a folder.
   *
   * @param folder the service's {@code src/main/resources/db}; one of another name stands alone,
   *     without the platform's files
   */
  public static MigrationFiles in(Path folder) {
    return new MigrationFiles(folder);
  }

  /**
   * The same with the platform's files for this schema: those that every schema has, those of one
   * that others refer to, and those of one that refers to others.
   */
  MigrationFiles of(PlatformSchema owner) {
    Path folder = own.path();
    if (folder != null && !folder.endsWith(SOURCES)) {
      return this;
    }
    List<FileFolder> sets = new ArrayList<>();
    sets.add(platform(folder, "common"));
    if (!ReferenceTarget.ownedBy(owner).isEmpty()) {
      sets.add(platform(folder, "referred"));
    }
    if (!ReferenceTarget.heldBy(owner).isEmpty()) {
      sets.add(platform(folder, "referring"));
    }
    return new MigrationFiles(own, List.copyOf(sets), owner.schemaName(), wanted);
  }

  // Beside a service of a checkout the platform's sources count before they are built, too.
  private static FileFolder platform(@Nullable Path folder, String set) {
    Path sources =
        folder == null
            ? null
            : folder
                .toAbsolutePath()
                .resolve("../../../../../platform-common/migrate")
                .resolve(SOURCES)
                .resolve("platform")
                .resolve(set)
                .normalize();
    boolean found = sources != null && Files.isDirectory(sources);
    return new FileFolder(found ? sources : null, PLATFORM + set);
  }

  /** The same without the repeatable files that are not wanted. */
  public MigrationFiles withRepeatables(Predicate<String> names) {
    return new MigrationFiles(
        own, platform, schema, name -> !isRepeatable(name) || names.test(name));
  }

  /** The names of all repeatable files, wanted or not, in the order in which they run. */
  public List<String> repeatables() {
    return unfiltered(MIGRATION).filter(MigrationFiles::isRepeatable).toList();
  }

  /** Whether a file of this name is applied again when it changed. */
  public static boolean isRepeatable(String name) {
    return name.startsWith("R__") && name.endsWith(".sql");
  }

  /** The folder of the checkout; empty when the files are those of the jar. */
  public Optional<Path> folder() {
    return Optional.ofNullable(own.path());
  }

  /** The names of the platform's V and R files, in the order in which they run. */
  public List<String> platformMigrations() {
    return platform.stream()
        .flatMap(set -> set.names(MIGRATION).stream())
        .filter(name -> name.matches("(V.*|R)__.*\\.sql"))
        // Versions before what is repeatable.
        .sorted(Comparator.comparing(MigrationFiles::isRepeatable).thenComparing(name -> name))
        .toList();
  }

  /** The text of a V or R file, named as in the history, such as {@code V20261201_0810__x.sql}. */
  public Optional<String> migration(String script) {
    return read(MIGRATION + "/" + script);
  }

  /** The text of the undo file that belongs to a V file. */
  public Optional<String> undo(String script) {
    return read("undo/" + undoName(script));
  }

  /** The name of the undo file that belongs to a V file. */
  public static String undoName(String script) {
    return "U" + script.substring(1);
  }

  /**
   * Whether the {@code .conf} beside a file says {@code executeInTransaction=false}.
   *
   * @param name the file's path below {@code db}
   */
  public boolean runsOutsideTransaction(String name) {
    return read(name + ".conf")
        .filter(text -> text.matches("(?s).*executeInTransaction\\s*=\\s*false.*"))
        .isPresent();
  }

  /**
   * The text of a file.
   *
   * @param name its path below {@code db}
   */
  public Optional<String> read(String name) {
    return own.read(name)
        .or(() ->
            platform.stream()
                .flatMap(set -> set.read(name).stream())
                .findFirst()
                .map(text -> text.replace(SCHEMA, schema)));
  }

  /**
   * The names of the files and folders in a folder, sorted.
   *
   * @param below the folder's path below {@code db}, such as {@code undo}
   * @return empty when there is no such folder
   */
  public List<String> names(String below) {
    return unfiltered(below).filter(wanted).toList();
  }

  private Stream<String> unfiltered(String below) {
    return Stream.concat(Stream.of(own), platform.stream())
        .flatMap(folder -> folder.names(below).stream())
        .distinct()
        .sorted();
  }
}
