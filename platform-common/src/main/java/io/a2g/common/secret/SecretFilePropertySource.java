package io.a2g.common.secret;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertySource;

/**
 * Gives {@code ${A2G_CLIENT_SECRET}} the content of the file that {@code A2G_CLIENT_SECRET_FILE}
 * names, and so every setting whose name says that it is a secret. A file is read when it is asked
 * for.
 */
final class SecretFilePropertySource extends PropertySource<Function<String, @Nullable String>> {

  private static final Pattern SECRET =
      Pattern.compile("[A-Z0-9_]+_(URL|PASSWORD|TOKEN|SECRET|PEPPER|KEYS?)");
  // Files that are written, not read.
  private static final String WRITTEN = "ADMIN_API_KEY";

  /**
   * @param settings name → value of all sources. Not the environment itself: Spring Boot looks into
   *     environments that are sources, and so would find this one again and again.
   */
  SecretFilePropertySource(Function<String, @Nullable String> settings) {
    super("a2g-secret-files", settings);
  }

  @Override
  public @Nullable Object getProperty(String name) {
    if (!SECRET.matcher(name).matches() || name.equals(WRITTEN)) {
      return null;
    }
    // Asked last: no other source has the setting itself, or it is blank.
    return new SecretFiles(other -> other.equals(name) ? null : source.apply(other)).text(name);
  }
}
