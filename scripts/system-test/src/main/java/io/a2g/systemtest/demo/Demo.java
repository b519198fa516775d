package io.a2g.systemtest.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The main job of the platform on real input, checked step by step. */
public final class Demo {

  private Demo() {}

  public static void main(String[] args) {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    try {
      // Given by scripts/demo.sh, which knows whether a terminal reads the output.
      var screen = new Screen(out, Boolean.getBoolean("demo.colours"));
      var settings = Settings.ofProcess();
      new Story(settings, plot(settings.root(), args), screen).tell();
    } catch (Failure failure) {
      err.println("demo.sh: " + failure.getMessage());
      System.exit(1);
    } catch (JacksonException unexpected) {
      err.println(
          "demo.sh: an answer is not what was expected: " + unexpected.getOriginalMessage());
      System.exit(1);
    }
  }

  private static Plot plot(Path root, String[] args) {
    if (args.length == 0) {
      var documents = List.of(root.resolve("README.md"), root.resolve("docs"));
      return new Plot(root, documents, "Why does the platform use Jetty and not Tomcat?", "Tomcat");
    }
    var documents = new ArrayList<Path>();
    String question = "";
    String expected = "";
    for (int i = 0; i < args.length; i += 2) {
      Failure.unless(i + 1 < args.length, "%s needs a value; --help explains", args[i]);
      switch (args[i]) {
        case "--document" -> documents.add(Path.of(args[i + 1]).toAbsolutePath().normalize());
        case "--question" -> question = args[i + 1];
        case "--expect" -> expected = args[i + 1];
        default -> throw new Failure("unknown argument '%s'; --help explains".formatted(args[i]));
      }
    }
    Failure.unless(
        !documents.isEmpty() && !question.isBlank(),
        "--document and --question are needed both; --help explains");
    return new Plot(root, documents, question, expected);
  }
}
