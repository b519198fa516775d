package io.a2g.common.migrate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands for the tool of a service. Beside its jar it writes down what it was asked, and finds what
 * to answer: the commands that fail, and the number of pending migrations.
 */
public final class FakeTool {

  private FakeTool() {}

  /** Writes the jar of a service: nothing but a reference to this class. */
  static void jar(Path folder, String service) throws IOException {
    var manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, FakeTool.class.getName());
    main.put(
        Attributes.Name.CLASS_PATH,
        FakeTool.class.getProtectionDomain().getCodeSource().getLocation().toString());
    new JarOutputStream(Files.newOutputStream(folder.resolve(service + ".jar")), manifest).close();
  }

  /** Runs a command. */
  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(System.getProperty("java.class.path"));
    String service = jar.getFileName().toString().replace(".jar", "");
    String command = String.join(" ", List.of(arguments).subList(1, arguments.length));
    String said = "%s %s".formatted(service, command);
    write(jar.resolveSibling("asked"), said);
    write(jar.resolveSibling(service + ".url"), System.getenv("MIGRATION_DATABASE_URL"));
    Path failing = jar.resolveSibling("failing");
    if (Files.exists(failing) && said.startsWith(Files.readString(failing, UTF_8))) {
      System.out.println("{\"ok\" : false, \"error\" : \"broken\"}");
      System.exit(5);
    }
    Path done = jar.resolveSibling(service + ".done");
    if (command.startsWith("upgrade") && !command.contains("--plan")) {
      write(done, "done");
    }
    System.out.println(
        Files.exists(done)
            ? "{\"version\" : \"2\", \"pending\" : 0}"
            : "{\"version\" : \"1\", \"pending\" : 3}");
  }

  private static void write(Path file, String line) throws IOException {
    Files.writeString(
        file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
