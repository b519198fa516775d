package io.a2g.user.oauth.signin.web;

import io.a2g.common.security.Role;
import io.a2g.user.account.User;
import io.a2g.user.oauth.signin.RefusalPage;
import io.a2g.user.oauth.signin.SignInProperties;
import io.a2g.user.oauth.signin.SignInProviders;
import io.a2g.user.oauth.signin.SignInTarget;
import io.a2g.user.oauth.signin.web.Template.Html;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** The pages of the sign-in. */
@Component
class SignInPages implements RefusalPage {

  private static final Html NOTHING = new Html("");

  // Parameters with a text of their own.
  private static final Set<String> NAMED =
      Set.of(
          "client_id",
          "redirect_uri",
          "response_type",
          "id_token_hint",
          "post_logout_redirect_uri");

  private final SignInProperties properties;
  private final SignInProviders providers;

  SignInPages(SignInProperties properties, SignInProviders providers) {
    this.properties = properties;
    this.providers = providers;
  }

  /**
   * The page to sign in on.
   *
   * @param problem key of a text; null: nothing went wrong
   */
  String signIn(
      Texts texts, CsrfToken csrf, Optional<SignInTarget> target, @Nullable String problem) {
    String location = target.map(SignInTarget::location).orElse("");
    StringBuilder content = new StringBuilder();
    if (problem != null) {
      content.append(part("problem.html", Map.of("text", texts.get(problem))));
    }
    providers
        .name()
        .ifPresent(name ->
            content.append(
                part(
                    "provider.html",
                    Map.of(
                        "continue",
                        UriUtils.encode(location, StandardCharsets.UTF_8),
                        "button",
                        texts.get("sign-in.provider.button", name)))));
    if (properties.local()) {
      content.append(keyForm(texts, csrf, location));
    } else if (providers.name().isEmpty()) {
      content.append(part("closed.html", Map.of("text", texts.get("sign-in.closed"))));
    }
    return page(texts, "sign-in.title", content.toString());
  }

  /** The page of a user who is signed in and came for nothing else. */
  String signedIn(Texts texts, CsrfToken csrf, User user) {
    Html pending =
        user.role() == Role.PENDING
            ? new Template("closed.html").fill(Map.of("text", texts.get("signed-in.pending")))
            : NOTHING;
    return page(
        texts,
        "signed-in.title",
        part(
            "signed-in.html",
            Map.of(
                "text", texts.get("signed-in.text"),
                "name", user.username(),
                "pending", pending,
                "csrfName", csrf.getParameterName(),
                "csrf", csrf.getToken(),
                "button", texts.get("signed-in.button"))));
  }

  /** The page that asks whether a client may have what it asks for. */
  String consent(
      Texts texts, String clientId, String clientName, String state, List<String> scopes) {
    StringBuilder boxes = new StringBuilder();
    scopes.forEach(scope -> boxes.append(part("scope.html", Map.of("scope", scope))));
    return page(
        texts,
        "consent.title",
        part(
            "consent.html",
            Map.of(
                "text",
                texts.get("consent.text", clientName),
                "client",
                clientId,
                "state",
                state,
                "scopes",
                new Html(boxes.toString()),
                "allow",
                texts.get("consent.allow"),
                "deny",
                texts.get("consent.deny"))));
  }

  @Override
  public String html(HttpServletRequest request, String error, String parameter) {
    Texts texts = Texts.of(request);
    String reason = NAMED.contains(parameter) ? "refused." + parameter : "refused.other";
    return page(
        texts,
        "refused.title",
        part("problem.html", Map.of("text", texts.get(reason)))
            + part(
                "refused.html",
                Map.of("hint", texts.get("refused.hint"), "error", error, "parameter", parameter)));
  }

  private static String keyForm(Texts texts, CsrfToken csrf, String location) {
    return part(
        "key.html",
        Map.of(
            "csrfName", csrf.getParameterName(),
            "csrf", csrf.getToken(),
            "continue", location,
            "label", texts.get("sign-in.key.label"),
            "hint", texts.get("sign-in.key.hint"),
            "button", texts.get("sign-in.key.button")));
  }

  private static String part(String file, Map<String, ?> values) {
    return new Template(file).fill(values).text();
  }

  private static String page(Texts texts, String title, String content) {
    return part(
        "layout.html",
        Map.of(
            "lang", texts.language(),
            "title", texts.get(title),
            "content", new Html(content)));
  }
}
