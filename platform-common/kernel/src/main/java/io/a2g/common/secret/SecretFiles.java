package io.a2g.common.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A setting {@code X} that may also stand in a file named by {@code X_FILE}, as Docker and
 * Kubernetes mount secrets: the environment of a process is seen by more people than its files.
 */
public final class SecretFiles {

  /** Added to the name of a setting. */
  public static final String SUFFIX = "_FILE";

  private final Function<String, @Nullable String> settings;

  /**
   * @param settings name → value; null or blank when not set
   */
  public SecretFiles(Function<String, @Nullable String> settings) {
    this.settings = settings;
  }

  /**
   * The setting's value, or what its file holds without the white space around it; null when
   * neither is set.
   *
   * @throws InvalidSecretFile when both are set and differ, or the file cannot be read or is empty
   */
  public @Nullable String text(String name) {
    String value = given(name);
    String file = given(name + SUFFIX);
    if (file == null) {
      return value;
    }
    String content = read(name, file);
    if (value != null && !value.equals(content)) {
      throw new InvalidSecretFile(
          "%s and %s are both set and differ; unset one of them.".formatted(name, name + SUFFIX));
    }
    return content;
  }

  private @Nullable String given(String name) {
    String value = settings.apply(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String read(String name, String file) {
    String text;
    try {
      text = Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new InvalidSecretFile(
          "The file of %s, %s, cannot be read: %s."
              .formatted(name, file, e.getClass().getSimpleName()));
    }
    if (text.isEmpty()) {
      throw new InvalidSecretFile("The file of %s, %s, is empty.".formatted(name, file));
    }
    return text;
  }
}
