package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.schema.PlatformSchema;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells other services who calls with a key; answered by the service that owns the keys. */
@Hidden
@RestController
class InternalCallerController {

  static final String PATH = "/internal/callers";

  private final PlatformSchema own;
  private final DatabaseCallerDirectory callers;

  InternalCallerController(PlatformSchema own, DatabaseCallerDirectory callers) {
    this.own = own;
    this.callers = callers;
  }

  /**
   * @param keySha256 64 lower-case hex digits
   */
  record Question(@NotNull @Pattern(regexp = "[0-9a-f]{64}") String keySha256) {}

  /**
   * @param caller null when the key is unknown, revoked or expired, or its user is deleted
   */
  record Found(@Nullable KnownCaller caller) {}

  /** A {@link Caller} on the wire. */
  record KnownCaller(long userId, Role role, @Nullable String deptCode, long apiKeyId) {

    static KnownCaller of(Caller caller) {
      return new KnownCaller(caller.userId(), caller.role(), caller.deptCode(), caller.apiKeyId());
    }

    Caller caller() {
      return new Caller(userId, role, deptCode, apiKeyId);
    }
  }

  @PostMapping(PATH)
  Found find(@Valid @RequestBody Question question) {
    if (own != PlatformSchema.USERS) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          own.serviceName() + " is the wrong one to ask; the URLs of the services are mixed up.");
    }
    byte[] sha256 = HexFormat.of().parseHex(question.keySha256());
    return new Found(callers.find(sha256).map(KnownCaller::of).orElse(null));
  }
}
