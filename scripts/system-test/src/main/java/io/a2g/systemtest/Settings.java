package io.a2g.systemtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the platform is and who may govern it, from the same variables that scripts/up.sh reads.
 *
 * @param root the repository
 * @param environment the variables
 */
public record Settings(Path root, Map<String, String> environment) {

  /** Of this process; its script says where the repository is. */
  public static Settings ofProcess() {
    Path root = Path.of(System.getProperty("a2g.root", ".")).toAbsolutePath().normalize();
    return new Settings(root, System.getenv());
  }

  /** The same, where {@code <prefix>X} stands for {@code X} when both are set. */
  public Settings preferring(String prefix) {
    var preferred = new HashMap<>(environment);
    environment.forEach((name, text) -> {
      if (name.startsWith(prefix)) {
        preferred.put(name.substring(prefix.length()), text);
      }
    });
    return new Settings(root, preferred);
  }

  /** USER_SERVICE_URL, or what A2G_HOST and USER_SERVICE_PORT say. */
  public String url(Service service) {
    return value(service.prefix() + "URL")
        .orElseGet(() -> "http://%s:%d".formatted(host(), port(service)))
        .replaceAll("/+$", "");
  }

  private int port(Service service) {
    return number(service.prefix() + "PORT", service.defaultPort());
  }

  // A platform that listens everywhere is asked on loopback.
  private String host() {
    return value("A2G_HOST").filter(host -> !host.equals("0.0.0.0")).orElse("127.0.0.1");
  }

  /** A2G_ADMIN_API_KEY, or the key in the file that up.sh told of. */
  public String adminKey() {
    return value("A2G_ADMIN_API_KEY").orElseGet(this::adminKeyFromFile);
  }

  private String adminKeyFromFile() {
    Path file =
        Path.of(value("A2G_LOCAL_DIR").orElse(root.resolve(".local").toString()))
            .resolve("admin-api-key");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Failure(
          "no administrator's API key in %s; run scripts/up.sh, or set A2G_ADMIN_API_KEY"
              .formatted(file),
          e);
    }
  }

  /** A variable that has to be set; throws {@link Failure} otherwise. */
  public String required(String name) {
    return value(name).orElseThrow(() -> new Failure(name + " is not set"));
  }

  /** A whole number of 1 to 999,999,999, or the default when the variable is not set. */
  public int number(String name, int defaultNumber) {
    String text = value(name).orElse(String.valueOf(defaultNumber));
    Failure.unless(text.matches("[1-9][0-9]{0,8}"), "%s is '%s'; give a whole number", name, text);
    return Integer.parseInt(text);
  }

  /** A variable, unless it is blank. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }
}
