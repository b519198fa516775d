package io.a2g.common.testkit.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the modules of this checkout are. */
final class Modules {

  private Modules() {}

  /** The folder of the module whose tests run; Maven tells it, an IDE usually starts in it. */
  static Path current() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }

  /** The folder of a module beside the current one, or below when the tests run from the root. */
  static Path named(String module) {
    return Stream.iterate(current(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve(module))
        .filter(folder -> Files.exists(folder.resolve("pom.xml")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No module " + module + " near " + current()));
  }
}
