import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the platform is and who may govern it, from the same variables that scripts/up.sh reads.
 *
 * @param root the repository
 * @param environment the variables
 */
record Settings(Path root, Map<String, String> environment) {

  /** The services by name, with the variables and ports of up.sh. */
  enum Service {
    USER(8001),
    AGENT(8002),
    CHAT(8003),
    TRACING(8004),
    ADMIN(8005);

    private final int defaultPort;

    Service(int defaultPort) {
      this.defaultPort = defaultPort;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT) + "-service";
    }
  }

  /** USER_SERVICE_URL, or what A2G_HOST and USER_SERVICE_PORT say. */
  String url(Service service) {
    String prefix = service.name() + "_SERVICE_";
    return value(prefix + "URL")
        .orElseGet(() ->
            "http://%s:%s"
                .formatted(
                    host(), value(prefix + "PORT").orElse(String.valueOf(service.defaultPort))))
        .replaceAll("/+$", "");
  }

  // A platform that listens everywhere is asked on loopback.
  private String host() {
    return value("A2G_HOST").filter(host -> !host.equals("0.0.0.0")).orElse("127.0.0.1");
  }

  /** A2G_ADMIN_API_KEY, or the key in the file that up.sh told of. */
  String adminKey() {
    return value("A2G_ADMIN_API_KEY").orElseGet(this::adminKeyFromFile);
  }

  private String adminKeyFromFile() {
    Path file =
        Path.of(value("A2G_LOCAL_DIR").orElse(root.resolve(".local").toString()))
            .resolve("admin-api-key");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new DemoFailure(
          "no administrator's API key in %s; run scripts/up.sh, or set A2G_ADMIN_API_KEY"
              .formatted(file),
          e);
    }
  }

  /** Numbers in an embedding vector; the installation's setting. */
  int embeddingDimension() {
    String text = value("EMBEDDING_DIMENSION").orElse("384");
    DemoFailure.unless(
        text.matches("[1-9][0-9]{0,4}"), "EMBEDDING_DIMENSION is '%s'; give a whole number", text);
    return Integer.parseInt(text);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }
}
