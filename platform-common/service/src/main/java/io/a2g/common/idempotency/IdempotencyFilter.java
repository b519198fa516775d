package io.a2g.common.idempotency;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes every POST repeatable. The effect and the stored answer commit in one transaction, which
 * the request's own transactions join, and the answer leaves only after the commit: whatever
 * breaks, a repeat either finds the answer or finds nothing done. Failures are not stored, so a
 * repeat tries again.
 */
class IdempotencyFilter extends HttpFilter {

  private final StoredAnswers answers;
  private final TransactionTemplate transaction;
  private final HandlerExceptionResolver problems;

  IdempotencyFilter(
      StoredAnswers answers, TransactionTemplate transaction, HandlerExceptionResolver problems) {
    this.answers = answers;
    this.transaction = transaction;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isRepeatable(request)) {
      chain.doFilter(request, response);
      return;
    }
    try {
      serve(request, response, chain);
    } catch (Unchecked e) {
      throw e.rethrow();
    } catch (RuntimeException e) {
      // A failed commit takes back what the handler said about the new row.
      response.setHeader(HttpHeaders.LOCATION, null);
      response.setHeader(HttpHeaders.ETAG, null);
      problems.resolveException(request, response, null, e);
    }
  }

  private static boolean isRepeatable(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getHeader(IdempotencyKey.HEADER) != null;
  }

  private void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    IdempotencyKey key = keyOf(request);
    boolean multipart = StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/");
    byte[] body = multipart ? new byte[0] : request.getInputStream().readAllBytes();
    byte[] content = multipart ? Fingerprint.ofParts(request) : Fingerprint.sha256(body);
    byte[] hash = Fingerprint.withQuery(request.getQueryString(), content);
    HttpServletRequest repeatable = multipart ? request : new CachedBodyRequest(request, body);
    String credential = credential(key);

    var buffered = new ContentCachingResponseWrapper(response);
    Optional<StoredAnswer> known =
        transaction.execute(status -> {
          Optional<StoredAnswer> stored = claim(key, hash);
          if (stored.isEmpty()) {
            run(chain, repeatable, buffered, status, answer -> save(key, hash, credential, answer));
          }
          return stored;
        });
    if (known.isPresent()) {
      replay(known.get(), key, credential, response);
    } else {
      buffered.copyBodyToResponse();
    }
  }

  private Optional<StoredAnswer> claim(IdempotencyKey key, byte[] hash) {
    if (!answers.tryLock(key)) {
      throw new ProblemException(
          ProblemType.IDEMPOTENCY_CONFLICT, "The first request with this key is still running.");
    }
    Optional<StoredAnswer> stored = answers.find(key);
    if (stored.isPresent() && !MessageDigest.isEqual(stored.get().requestHash(), hash)) {
      throw new ProblemException(
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was sent with another body or query; use a new one.");
    }
    return stored;
  }

  private static void run(
      FilterChain chain,
      HttpServletRequest request,
      ContentCachingResponseWrapper response,
      TransactionStatus status,
      Consumer<ContentCachingResponseWrapper> onSuccess) {
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException e) {
      throw new Unchecked(e);
    }
    if (HttpStatus.valueOf(response.getStatus()).is2xxSuccessful()) {
      onSuccess.accept(response);
    } else {
      status.setRollbackOnly();
    }
  }

  private void save(
      IdempotencyKey key, byte[] hash, String credential, ContentCachingResponseWrapper response) {
    byte[] body = response.getContentAsByteArray();
    // Exactly this value: Spring Security puts a longer one on every answer.
    boolean secret = "no-store".equals(response.getHeader(HttpHeaders.CACHE_CONTROL));
    answers.store(
        key,
        new StoredAnswer(
            hash,
            response.getStatus(),
            response.getContentType(),
            response.getHeader(HttpHeaders.LOCATION),
            response.getHeader(HttpHeaders.ETAG),
            secret,
            secret ? SealedBody.seal(body, credential, key) : body));
  }

  private static void replay(
      StoredAnswer answer, IdempotencyKey key, String credential, HttpServletResponse response)
      throws IOException {
    byte[] body =
        answer.sealed()
            ? SealedBody.open(answer.body(), credential, key).orElseThrow(IdempotencyFilter::sealed)
            : answer.body();
    response.setStatus(answer.status());
    setHeader(response, HttpHeaders.CONTENT_TYPE, answer.contentType());
    setHeader(response, HttpHeaders.LOCATION, answer.location());
    setHeader(response, HttpHeaders.ETAG, answer.etag());
    setHeader(response, "Idempotency-Replayed", "true");
    if (answer.sealed()) {
      setHeader(response, HttpHeaders.CACHE_CONTROL, "no-store");
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static ProblemException sealed() {
    return new ProblemException(
        ProblemType.IDEMPOTENCY_CONFLICT,
        "The first answer held a secret and is repeated only to the credential that asked for it.");
  }

  private static void setHeader(HttpServletResponse response, String name, @Nullable String value) {
    if (value != null) {
      response.setHeader(name, value);
    }
  }

  private static IdempotencyKey keyOf(HttpServletRequest request) {
    @Nullable Caller caller = caller();
    return IdempotencyKey.parse(
        caller == null ? IdempotencyKey.STRANGER : caller.userId(),
        request.getMethod() + " " + request.getRequestURI(),
        request.getHeader(IdempotencyKey.HEADER));
  }

  private static @Nullable Caller caller() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
      return caller;
    }
    return null;
  }

  /** What authenticated the request, in whichever header it came; of a stranger the key itself. */
  private static String credential(IdempotencyKey key) {
    if (caller() == null) {
      return key.text();
    }
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    Object credential = authentication == null ? null : authentication.getCredentials();
    return (String) Objects.requireNonNull(credential, "nothing to seal a secret with");
  }

  /** Carries a checked exception of the filter chain through the transaction, which rolls back. */
  private static final class Unchecked extends RuntimeException {

    Unchecked(Exception cause) {
      super(cause);
    }

    ServletException rethrow() throws IOException {
      if (getCause() instanceof IOException io) {
        throw io;
      }
      return new ServletException(getCause());
    }
  }
}
