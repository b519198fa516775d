package io.a2g.common.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.a2g.common.topology.PlatformSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Accepts the access tokens of the platform's issuer (RFC 9068) and nothing else: {@code typ}
 * at+jwt, an asymmetric algorithm, a published key, the issuer, this platform as audience, its
 * time, give or take a minute, and a life of a quarter of an hour at most.
 */
class AccessTokenVerifier {

  /** Whom access tokens are for. */
  static final String AUDIENCE = "a2g";

  // The issuer gives no longer one; so nobody who got hold of a key for a moment does.
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final int LONGEST_TEXT = 8192;

  // Only the clients of the services may ask for it.
  private static final String INTERNAL = "internal";
  private static final Set<String> SERVICES =
      Arrays.stream(PlatformSchema.values())
          .map(PlatformSchema::serviceName)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<SignatureAlgorithm> ALGORITHMS =
      Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);
  private static final Pattern USER_ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final JWKSource<SecurityContext> keys;
  private final String issuer;
  private volatile @Nullable NimbusJwtDecoder decoder;

  /**
   * @param keys the issuer's public keys
   * @param issuer what {@code iss} must be, character by character
   */
  AccessTokenVerifier(JWKSource<SecurityContext> keys, String issuer) {
    this.keys = keys;
    this.issuer = issuer;
  }

  /**
   * What a user's token says; empty when it is not valid, whatever the reason.
   *
   * @throws org.springframework.dao.DataAccessException and what else the source of the keys throws
   *     when it cannot be asked
   */
  Optional<AccessToken> verify(String token) {
    return decode(token).flatMap(AccessTokenVerifier::read);
  }

  /**
   * The name of the service that this token is for; empty when it is not valid, or a user's, or
   * that of a client that is no service.
   */
  Optional<String> verifyService(String token) {
    return decode(token)
        .filter(jwt -> scopeOf(jwt).contains(INTERNAL))
        .map(Jwt::getSubject)
        .filter(SERVICES::contains);
  }

  /** True for a valid token that a client got for itself, and no user granted. */
  boolean isOfClient(String token) {
    return decode(token)
        .map(Jwt::getSubject)
        .filter(subject -> !USER_ID.matcher(subject).matches())
        .isPresent();
  }

  private static Optional<AccessToken> read(Jwt jwt) {
    String subject = jwt.getSubject();
    String grantId = jwt.getClaimAsString("sid");
    if (subject == null || grantId == null || !USER_ID.matcher(subject).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new AccessToken(Long.parseLong(subject), grantId, Scopes.parse(scopeOf(jwt))));
  }

  private static List<String> scopeOf(Jwt jwt) {
    String scope = jwt.getClaimAsString("scope");
    return scope == null ? List.of() : List.of(scope.split(" "));
  }

  private Optional<Jwt> decode(String token) {
    if (token.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder().decode(token)).filter(AccessTokenVerifier::isOfItsTime);
    } catch (BadJwtException e) {
      return Optional.empty();
    } catch (JwtException e) {
      throwUnavailable(e);
      return Optional.empty();
    }
  }

  // Besides exp and nbf: one that will have been issued tomorrow is not the issuer's.
  private static boolean isOfItsTime(Jwt jwt) {
    Instant issued = jwt.getIssuedAt();
    Instant expires = jwt.getExpiresAt();
    return issued != null
        && expires != null
        && !issued.isAfter(Instant.now().plus(SKEW))
        && !expires.isAfter(issued.plus(LONGEST_LIFE));
  }

  // A key nobody published is the token's fault; keys that cannot be read are ours.
  private static void throwUnavailable(JwtException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RuntimeException unavailable && !(cause instanceof JwtException)) {
        throw unavailable;
      }
    }
  }

  // Made at the first token: it loads hundreds of classes, and many services meet API keys alone.
  private NimbusJwtDecoder decoder() {
    NimbusJwtDecoder ready = decoder;
    if (ready == null) {
      ready = makeDecoder();
      decoder = ready;
    }
    return ready;
  }

  private NimbusJwtDecoder makeDecoder() {
    NimbusJwtDecoder made =
        NimbusJwtDecoder.withJwkSource(keys)
            .jwsAlgorithms(algorithms -> {
              algorithms.clear();
              algorithms.addAll(ALGORITHMS);
            })
            .build();
    made.setJwtValidator(
        JwtValidators.createAtJwtValidator().issuer(issuer).audience(AUDIENCE).build());
    return made;
  }
}
