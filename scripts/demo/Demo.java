import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The main job of the platform on real input, checked step by step. Started by scripts/demo.sh. */
final class Demo {

  private static final String USAGE =
      """
      Usage: scripts/demo.sh [--document PATH … --question TEXT [--expect TEXT]]

      A user registers an agent that knows documents, chats with it and reads the trace, on the
      platform that scripts/up.sh started. Every step is checked; what was made stays there.

        --document PATH   a text or a folder of Markdown that the agent is to know; without it,
                          README.md and docs
        --question TEXT   what to ask it
        --expect TEXT     words of the passage that the search must find; without them it must
                          find what the demo's own exact search finds

      Variable              Default                 Meaning
      USER_SERVICE_URL …    http://127.0.0.1:8001   where the services are; also AGENT_, CHAT_,
                                                    TRACING_ and ADMIN_SERVICE_URL
      USER_SERVICE_PORT …   8001 …                  ports where no URL is given, as for up.sh
      A2G_ADMIN_API_KEY     from A2G_LOCAL_DIR      an administrator's API key
      A2G_LOCAL_DIR         <root>/.local           folder whose file admin-api-key has it
      EMBEDDING_DIMENSION   384                     numbers in a vector; must be the platform's
      NO_COLOR              none                    when set, no colours; a pipe gets none anyway

      Exit status: 0 when every step was as it should be; otherwise 1, with one line that says
      which one was not.
      """;

  private Demo() {}

  public static void main(String[] args) {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
      out.print(USAGE);
      return;
    }
    try {
      // Given by scripts/demo.sh, which knows whether a terminal reads the output.
      Path root = Path.of(System.getProperty("demo.root", ".")).toAbsolutePath().normalize();
      var screen = new Screen(out, Boolean.getBoolean("demo.colours"));
      new Story(new Settings(root, System.getenv()), plot(root, args), screen).tell();
    } catch (DemoFailure failure) {
      err.println("demo.sh: " + failure.getMessage());
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
      DemoFailure.unless(i + 1 < args.length, "%s needs a value; --help explains", args[i]);
      switch (args[i]) {
        case "--document" -> documents.add(Path.of(args[i + 1]).toAbsolutePath().normalize());
        case "--question" -> question = args[i + 1];
        case "--expect" -> expected = args[i + 1];
        default ->
            throw new DemoFailure("unknown argument '%s'; --help explains".formatted(args[i]));
      }
    }
    DemoFailure.unless(
        !documents.isEmpty() && !question.isBlank(),
        "--document and --question are needed both; --help explains");
    return new Plot(root, documents, question, expected);
  }
}
