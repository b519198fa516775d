package io.a2g.user.oauth.grant;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.a2g.user.oauth.IssuerProperties;
import io.a2g.user.oauth.key.SigningKeys;
import java.util.Optional;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** Recognises tokens that this server has signed. */
@Component
public class IssuedTokens {

  /** The {@code typ} of access tokens (RFC 9068). */
  public static final String ACCESS_TOKEN_TYPE = "at+jwt";

  private final NimbusJwtDecoder accessTokens;
  private final NimbusJwtDecoder idTokens;

  IssuedTokens(SigningKeys keys, IssuerProperties issuer) {
    JWKSource<SecurityContext> published =
        (selector, context) -> selector.select(new JWKSet(keys.published()));
    JwtIssuerValidator fromHere = new JwtIssuerValidator(issuer.issuer().toString());
    accessTokens = decoder(published, new JOSEObjectType(ACCESS_TOKEN_TYPE));
    accessTokens.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), fromHere));
    // Expired ones as well: they only name the user to sign out.
    idTokens = decoder(published, JOSEObjectType.JWT);
    idTokens.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            fromHere, new JwtClaimValidator<Object>("azp", azp -> azp != null)));
  }

  /** Decodes access tokens alone. */
  public JwtDecoder accessTokenDecoder() {
    return accessTokens;
  }

  /** Whom an ID token names, expired or not; empty when it is none of this server's. */
  public Optional<String> subjectOfIdToken(String text) {
    return idToken(text).map(Jwt::getSubject);
  }

  Optional<Jwt> accessToken(String text) {
    return decode(accessTokens, text);
  }

  Optional<Jwt> idToken(String text) {
    return decode(idTokens, text);
  }

  private static Optional<Jwt> decode(JwtDecoder decoder, String text) {
    try {
      return Optional.of(decoder.decode(text));
    } catch (JwtException e) {
      return Optional.empty();
    }
  }

  private static NimbusJwtDecoder decoder(JWKSource<SecurityContext> keys, JOSEObjectType type) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(type));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    return new NimbusJwtDecoder(processor);
  }
}
