package io.a2g.user.oauth.signin.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * Fills the few pages of the sign-in. Values are escaped unless they are {@link Html}.
 *
 * @param file below {@code /sign-in}
 */
record Template(String file) {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z]+)}");
  private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

  /** Text that is HTML already. */
  record Html(String text) {}

  /** Every place of the template needs a value. */
  Html fill(Map<String, ?> values) {
    return new Html(
        PLACE
            .matcher(text())
            .replaceAll(place ->
                Matcher.quoteReplacement(
                    html(Objects.requireNonNull(values.get(place.group(1)))))));
  }

  /** The file as it is; read once. */
  String text() {
    return TEXTS.computeIfAbsent(file, Template::read);
  }

  private static String html(Object value) {
    return value instanceof Html(String text) ? text : HtmlUtils.htmlEscape(value.toString());
  }

  private static String read(String file) {
    try (InputStream in = Template.class.getResourceAsStream("/sign-in/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
