package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.topology.PlatformSchema;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells other services who calls; answered by the service that owns users and keys. */
@Hidden
@RestController
class InternalCallerController {

  static final String OF_KEY = "/internal/callers";
  static final String OF_TOKEN = "/internal/token-callers";
  static final String SIGNING_KEYS = "/internal/signing-keys";

  private final PlatformSchema own;
  private final DatabaseCallerDirectory callers;

  InternalCallerController(PlatformSchema own, DatabaseCallerDirectory callers) {
    this.own = own;
    this.callers = callers;
  }

  /**
   * @param keySha256 64 lower-case hex digits
   */
  record KeyQuestion(@NotNull @Pattern(regexp = "[0-9a-f]{64}") String keySha256) {}

  /** The parts of an {@link AccessToken}. */
  record TokenQuestion(long userId, @NotBlank String grantId, @NotNull List<String> scopes) {}

  /**
   * @param caller null when the credential is of no use
   */
  record Found(@Nullable KnownCaller caller) {

    static Found of(Optional<Caller> caller) {
      return new Found(caller.map(KnownCaller::of).orElse(null));
    }
  }

  /** A {@link Caller} on the wire. */
  record KnownCaller(
      long userId,
      Role role,
      @Nullable String deptCode,
      @Nullable Long apiKeyId,
      @Nullable List<String> scopes) {

    static KnownCaller of(Caller caller) {
      return new KnownCaller(
          caller.userId(),
          caller.role(),
          caller.deptCode(),
          caller.apiKeyId(),
          caller.scopes().tokens());
    }

    Caller caller() {
      return new Caller(userId, role, deptCode, apiKeyId, Scopes.parse(scopes));
    }
  }

  /**
   * @param keys public keys, each a JSON Web Key
   */
  record SigningKeys(List<String> keys) {}

  @PostMapping(OF_KEY)
  Found ofKey(@Valid @RequestBody KeyQuestion question) {
    requireUsers();
    return Found.of(callers.find(HexFormat.of().parseHex(question.keySha256())));
  }

  @PostMapping(OF_TOKEN)
  Found ofToken(@Valid @RequestBody TokenQuestion question) {
    requireUsers();
    return Found.of(
        callers.find(
            new AccessToken(
                question.userId(), question.grantId(), Scopes.parse(question.scopes()))));
  }

  @PostMapping(SIGNING_KEYS)
  SigningKeys signingKeys() {
    requireUsers();
    return new SigningKeys(callers.signingKeys());
  }

  private void requireUsers() {
    if (own != PlatformSchema.USERS) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          own.serviceName() + " is the wrong one to ask; the URLs of the services are mixed up.");
    }
  }
}
