package io.a2g.common.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The issuer's public keys, as the users schema or its service publishes them. */
final class PublishedKeys implements JWKSetSource<SecurityContext> {

  // A key that was taken back must be refused within the 30 s that count for every revocation.
  private static final Duration CACHE_TIME = Duration.ofSeconds(20);
  // One load; others wait for it no longer.
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(5);
  // A token with an unknown key makes the keys be read again, so strangers could have it done
  // often.
  private static final Duration LOAD_INTERVAL = Duration.ofSeconds(10);
  // Keys that cannot be read are used on: they are public, and lost ones are the issuer's to take
  // away.
  private static final Duration OUTAGE = Duration.ofHours(1);

  private final Supplier<List<String>> keys;

  private PublishedKeys(Supplier<List<String>> keys) {
    this.keys = keys;
  }

  /**
   * The keys, remembered.
   *
   * @param keys reads them, each a JSON Web Key (RFC 7517)
   */
  static JWKSource<SecurityContext> remembered(Supplier<List<String>> keys) {
    return JWKSourceBuilder.create(new PublishedKeys(keys))
        .cache(CACHE_TIME.toMillis(), LOAD_TIMEOUT.toMillis())
        .refreshAheadCache(false)
        .rateLimited(LOAD_INTERVAL.toMillis())
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long currentTime, SecurityContext context)
      throws JWKSetUnavailableException, JWKSetParseException {
    List<JWK> read = new ArrayList<>();
    try {
      for (String key : keys.get()) {
        read.add(JWK.parse(key));
      }
    } catch (ParseException e) {
      throw new JWKSetParseException("a published key is no JSON Web Key", e);
    } catch (RuntimeException e) {
      throw new JWKSetUnavailableException("the published keys cannot be read", e);
    }
    return new JWKSet(read);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
