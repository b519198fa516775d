package io.a2g.common.environment;

import io.a2g.common.secret.SecretFiles;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Gives {@code ${A2G_CLIENT_SECRET}} the content of the file that {@code A2G_CLIENT_SECRET_FILE}
 * names, and so every setting whose name says that it is a secret. A file is read when it is asked
 * for. It must be asked first: a setting that is there but blank, as compose files pass it, would
 * hide the file otherwise.
 */
final class SecretFilePropertySource extends PropertySource<MutablePropertySources> {

  private static final Pattern SECRET =
      Pattern.compile("[A-Z0-9_]+_(URL|PASSWORD|TOKEN|SECRET|PEPPER|KEYS?)");
  // Files that are written, not read.
  private static final String WRITTEN = "ADMIN_API_KEY";

  /**
   * @param sources all of the environment, this one among them
   */
  SecretFilePropertySource(MutablePropertySources sources) {
    super("a2g-secret-files", sources);
  }

  @Override
  public @Nullable Object getProperty(String name) {
    if (!SECRET.matcher(name).matches() || name.equals(WRITTEN)) {
      return null;
    }
    return new SecretFiles(this::given).text(name);
  }

  private @Nullable String given(String name) {
    return source.stream()
        // The attached one asks all others again, this one too.
        .filter(other -> !other.equals(this))
        .filter(other -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(other))
        .map(other -> other.getProperty(name))
        .filter(Objects::nonNull)
        .map(Object::toString)
        .findFirst()
        .orElse(null);
  }
}
