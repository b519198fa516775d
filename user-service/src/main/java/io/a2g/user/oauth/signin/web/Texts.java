package io.a2g.user.oauth.signin.web;

import jakarta.servlet.http.HttpServletRequest;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words on the pages, Korean or English.
 *
 * @param language ko or en
 */
record Texts(String language) {

  private static final String BUNDLE = "sign-in/texts";
  private static final String KOREAN = Locale.KOREAN.getLanguage();

  /** In the language the browser likes better; English when it likes neither. */
  static Texts of(HttpServletRequest request) {
    return java.util.Collections.list(request.getLocales()).stream()
        .map(Locale::getLanguage)
        .filter(language -> language.equals(KOREAN) || language.equals("en"))
        .findFirst()
        .filter(language -> language.equals(KOREAN) && request.getHeader("Accept-Language") != null)
        .map(Texts::new)
        .orElseGet(() -> new Texts("en"));
  }

  /** One text with its arguments. */
  String get(String key, Object... arguments) {
    Locale locale = language.equals(KOREAN) ? Locale.KOREAN : Locale.ROOT;
    ResourceBundle texts =
        ResourceBundle.getBundle(
            BUNDLE,
            locale,
            Texts.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new MessageFormat(texts.getString(key), locale).format(arguments);
  }
}
