package io.a2g.user.signup.web;

import io.a2g.user.signup.SignUp;
import io.a2g.user.signup.SignedUp;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sign-ups")
@Tag(name = "sign-ups")
class SignUpController {

  private static final URI OWN_PROFILE = URI.create("/api/v1/users/me");

  private final SignUp signUp;

  SignUpController(SignUp signUp) {
    this.signUp = signUp;
  }

  @PostMapping
  @SecurityRequirements
  @Operation(
      summary = "Sign up",
      description =
          "Without credentials. The new user waits for approval and may complete the own profile meanwhile; with an invitation code it starts with what was offered.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<SignedUp> signUp(@Valid @RequestBody SignUpRequest body) {
    SignedUp signedUp = signUp.signUp(body.username(), body.profile(), body.invitationCode());
    return ResponseEntity.created(OWN_PROFILE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(signedUp);
  }
}
