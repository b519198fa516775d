package io.a2g.user.oauth.signin.web;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.user.account.User;
import io.a2g.user.account.UserDirectory;
import io.a2g.user.oauth.SignedInUser;
import io.a2g.user.oauth.signin.ApiKeySignIn;
import io.a2g.user.oauth.signin.ApiKeySignIn.KeyOwner;
import io.a2g.user.oauth.signin.CookieSecurityContextRepository;
import io.a2g.user.oauth.signin.Freshness;
import io.a2g.user.oauth.signin.SignInProperties;
import io.a2g.user.oauth.signin.SignInTarget;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Hidden
@RestController
@RequestMapping(SignInTarget.PAGE)
class SignInController {

  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");
  private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");

  private static final Duration STYLE_LIFE = Duration.ofHours(1);

  private final SignInPages pages;
  private final SignInProperties properties;
  private final ApiKeySignIn localSignIn;
  private final CookieSecurityContextRepository sessions;
  private final UserDirectory users;
  private final RegisteredClientRepository clients;

  SignInController(
      SignInPages pages,
      SignInProperties properties,
      ApiKeySignIn localSignIn,
      CookieSecurityContextRepository sessions,
      UserDirectory users,
      RegisteredClientRepository clients) {
    this.pages = pages;
    this.properties = properties;
    this.localSignIn = localSignIn;
    this.sessions = sessions;
    this.users = users;
    this.clients = clients;
  }

  @GetMapping
  ResponseEntity<String> page(
      HttpServletRequest request,
      CsrfToken csrf,
      @RequestParam(name = SignInTarget.PARAMETER, required = false) @Nullable String location,
      @RequestParam(name = "problem", required = false) @Nullable String problem) {
    Optional<SignInTarget> target = SignInTarget.parse(location);
    Freshness freshness = target.map(SignInTarget::freshness).orElse(Freshness.ANY);
    Optional<User> user =
        sessions
            .userOf(request)
            .filter(session -> freshness.allows(session.signedInAt()))
            .map(SignedInUser::id)
            .flatMap(users::findAllowedToSignIn);
    if (user.isPresent()) {
      return target
          .map(SignInController::seeOther)
          .orElseGet(
              () -> html(HttpStatus.OK, pages.signedIn(Texts.of(request), csrf, user.get())));
    }
    String text =
        switch (problem == null ? "" : problem) {
          case "provider" -> "sign-in.provider.failed";
          case "unavailable" -> "sign-in.provider.unavailable";
          case "full" -> "sign-in.provider.full";
          default -> null;
        };
    return html(HttpStatus.OK, pages.signIn(Texts.of(request), csrf, target, text));
  }

  @PostMapping
  ResponseEntity<String> signIn(
      HttpServletRequest request,
      HttpServletResponse response,
      CsrfToken csrf,
      @RequestParam(name = "api_key", required = false) @Nullable String key,
      @RequestParam(name = SignInTarget.PARAMETER, required = false) @Nullable String location) {
    if (!properties.local()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "Signing in by key is turned off.");
    }
    Optional<SignInTarget> target = SignInTarget.parse(location);
    Optional<KeyOwner> owner = localSignIn.ownerOf(key == null ? "" : key.strip());
    if (owner.isEmpty()) {
      return html(
          HttpStatus.UNAUTHORIZED,
          pages.signIn(Texts.of(request), csrf, target, "sign-in.key.wrong"));
    }
    sessions.signIn(request, response, owner.get().userId(), owner.get().apiKeyId());
    return seeOther(target.map(SignInTarget::answered).orElse(new SignInTarget(SignInTarget.PAGE)));
  }

  @PostMapping("/sign-out")
  ResponseEntity<String> signOut(HttpServletRequest request, HttpServletResponse response) {
    sessions.signOut(request, response);
    return seeOther(new SignInTarget(SignInTarget.PAGE));
  }

  @GetMapping("/consent")
  ResponseEntity<String> consent(
      HttpServletRequest request,
      @RequestParam("client_id") String clientId,
      @RequestParam("scope") String scope,
      @RequestParam("state") String state) {
    @Nullable RegisteredClient client = clients.findByClientId(clientId);
    if (client == null || sessions.userOf(request).isEmpty()) {
      return seeOther(new SignInTarget(SignInTarget.PAGE));
    }
    List<String> asked =
        Arrays.stream(scope.split(" ")).filter(name -> !name.equals("openid")).toList();
    return html(
        HttpStatus.OK,
        pages.consent(
            Texts.of(request), client.getClientId(), client.getClientName(), state, asked));
  }

  @GetMapping("/style.css")
  ResponseEntity<String> style() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(STYLE_LIFE))
        .contentType(CSS)
        .body(new Template("style.css").text());
  }

  private static ResponseEntity<String> html(HttpStatus status, String page) {
    return ResponseEntity.status(status)
        .cacheControl(CacheControl.noStore())
        .contentType(HTML)
        .body(page);
  }

  private static ResponseEntity<String> seeOther(SignInTarget target) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create(target.location()))
        .build();
  }
}
