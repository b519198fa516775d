package io.a2g.common.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.a2g.common.topology.PlatformSchema;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What the filter costs a request whose caller and whose issuer's keys are remembered. It waits for
 * nothing, so the time on its one thread is CPU time. Public because JMH's generated classes are in
 * another package; {@code scripts/bench/authentication.sh} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(1)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class AuthenticationBenchmark {

  private static final String ISSUER = "https://users.example";

  private final CountingDirectory directory = new CountingDirectory();
  private final MockHttpServletRequest keyRequest = new MockHttpServletRequest("GET", "/api/v1/x");
  private final MockHttpServletRequest tokenRequest =
      new MockHttpServletRequest("GET", "/api/v1/x");
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private int keyReads;
  private BearerAuthenticationFilter filter;

  /** The filter as a service has it, with both credentials known to it. */
  @Setup
  public void prepare() throws JOSEException, ServletException, IOException {
    RSAKey signing = new RSAKeyGenerator(2048).keyID("published").generate();
    List<String> published = List.of(signing.toPublicJWK().toJSONString());
    var tokens =
        new AccessTokenVerifier(
            PublishedKeys.remembered(() -> {
              keyReads++;
              return published;
            }),
            ISSUER);
    filter =
        new BearerAuthenticationFilter(
            new CachedCallerDirectory(directory, Duration.ofHours(1), 10_000),
            tokens,
            new ScopeRule(PlatformSchema.of("agents"), List.of()),
            (request, refused, handler, failure) -> {
              throw new IllegalStateException("refused", failure);
            });
    keyRequest.addHeader(HttpHeaders.AUTHORIZATION, "Bearer " + ApiKey.generate().text());
    tokenRequest.addHeader(HttpHeaders.AUTHORIZATION, "Bearer " + signed(signing));
    apiKey();
    accessToken();
  }

  @Benchmark
  public Authentication apiKey() throws ServletException, IOException {
    return authenticate(keyRequest);
  }

  @Benchmark
  public Authentication accessToken() throws ServletException, IOException {
    return authenticate(tokenRequest);
  }

  /** A cache that had gone cold would have made the figures those of something else. */
  @TearDown
  public void checkThatTheCacheWasWarm() {
    if (directory.questions != 2 || keyReads != 1) {
      throw new IllegalStateException(
          directory.questions + " questions for callers, " + keyReads + " for keys");
    }
  }

  private Authentication authenticate(MockHttpServletRequest request)
      throws ServletException, IOException {
    var chain = new Endpoint();
    filter.doFilter(request, response, chain);
    if (chain.seen == null) {
      throw new IllegalStateException("nobody was authenticated");
    }
    return chain.seen;
  }

  private static String signed(RSAKey key) throws JOSEException {
    Instant now = Instant.now();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject("7")
            .audience(AccessTokenVerifier.AUDIENCE)
            .jwtID("token-1")
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Duration.ofMinutes(15))))
            .claim("client_id", "some-client")
            .claim("sid", "grant-1")
            .claim("scope", "openid agents:read chat:write")
            .build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  /** The end of the chain: sees who is calling. */
  private static final class Endpoint implements FilterChain {

    private @Nullable Authentication seen;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
      seen = SecurityContextHolder.getContext().getAuthentication();
    }
  }

  /** Knows everybody, and counts how often it was asked. */
  private static final class CountingDirectory implements CallerDirectory {

    private int questions;

    @Override
    public Optional<Caller> find(ApiKey key) {
      questions++;
      return Optional.of(new Caller(7, Role.USER, "D1", 1L, Scopes.ALL));
    }

    @Override
    public Optional<Caller> find(AccessToken token) {
      questions++;
      return Optional.of(new Caller(token.userId(), Role.USER, "D1", null, token.scopes()));
    }
  }
}
