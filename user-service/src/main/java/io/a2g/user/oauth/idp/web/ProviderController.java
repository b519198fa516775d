package io.a2g.user.oauth.idp.web;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.user.oauth.idp.IdentityProviderUnavailable;
import io.a2g.user.oauth.idp.ProviderSignIn;
import io.a2g.user.oauth.signin.SignInProviders;
import io.a2g.user.oauth.signin.SignInTarget;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Hidden
@RestController
@RequestMapping(SignInTarget.PAGE + "/idp")
class ProviderController {

  private static final Logger log = LoggerFactory.getLogger(ProviderController.class);

  private final ProviderSignIn signIn;
  private final SignInProviders providers;

  ProviderController(ProviderSignIn signIn, SignInProviders providers) {
    this.signIn = signIn;
    this.providers = providers;
  }

  @GetMapping
  ResponseEntity<Void> begin(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(name = SignInTarget.PARAMETER, required = false) @Nullable String location) {
    requireProvider();
    try {
      return seeOther(signIn.begin(request, response, SignInTarget.parse(location)));
    } catch (IdentityProviderUnavailable e) {
      log.warn("The identity provider failed: {}", e.getMessage());
      return seeOther(URI.create(ProviderSignIn.failed("unavailable", location).location()));
    }
  }

  @GetMapping("/callback")
  ResponseEntity<Void> finish(HttpServletRequest request, HttpServletResponse response) {
    requireProvider();
    return seeOther(URI.create(signIn.finish(request, response).location()));
  }

  private void requireProvider() {
    if (providers.name().isEmpty()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no identity provider.");
    }
  }

  private static ResponseEntity<Void> seeOther(URI location) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(location).build();
  }
}
