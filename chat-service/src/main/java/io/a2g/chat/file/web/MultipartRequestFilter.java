package io.a2g.chat.file.web;

import io.a2g.chat.file.StorageFull;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.support.StandardMultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Reads multipart requests before anything else does, so that everything that can be wrong with
 * them has one answer: idempotency keys and the controller find the parts read.
 */
class MultipartRequestFilter extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(MultipartRequestFilter.class);

  // A refused upload is read on this far beyond the limit: most clients look at the answer only
  // after they have sent everything, and would see a broken connection instead.
  private static final int DRAIN_FACTOR = 4;
  private static final int BUFFER = 64 * 1024;

  private final long maxBytes;
  private final UploadIntake uploads;
  private final HandlerExceptionResolver problems;

  /**
   * @param maxBytes of a whole request
   */
  MultipartRequestFilter(long maxBytes, UploadIntake uploads, HandlerExceptionResolver problems) {
    this.maxBytes = maxBytes;
    this.uploads = uploads;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !mediaType(request).startsWith("multipart/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    MultipartHttpServletRequest parsed;
    try {
      parsed = parse(request);
    } catch (ProblemException e) {
      drain(request);
      // What is left of the body makes the connection useless for another request.
      response.setHeader(HttpHeaders.CONNECTION, "close");
      problems.resolveException(request, response, null, e);
      return;
    }
    if (UploadIntake.takes(parsed)) {
      uploads.serve(parsed, response, chain);
    } else {
      chain.doFilter(parsed, response);
    }
  }

  private MultipartHttpServletRequest parse(HttpServletRequest request) {
    if (!mediaType(request).equals("multipart/form-data")) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Of multipart bodies only multipart/form-data is taken.");
    }
    if (request.getContentLengthLong() > maxBytes) {
      throw tooLarge();
    }
    try {
      return new StandardMultipartHttpServletRequest(request);
    } catch (MaxUploadSizeExceededException e) {
      throw tooLarge();
    } catch (MultipartException e) {
      throw explain(e);
    }
  }

  private static ProblemException explain(MultipartException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return problem;
      }
    }
    if (diskFailed(failure)) {
      log.error(
          "The temporary file of an upload cannot be written: {}",
          failure.getMostSpecificCause().toString());
      return new StorageFull();
    }
    return new ProblemException(ProblemType.INVALID_REQUEST, "The multipart body cannot be read.");
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.CONTENT_TOO_LARGE, "The upload is larger than the limit.");
  }

  private void drain(HttpServletRequest request) {
    // A client that waits for 100 Continue has sent nothing yet.
    if (request.getHeader(HttpHeaders.EXPECT) != null) {
      return;
    }
    try (InputStream body = request.getInputStream()) {
      byte[] buffer = new byte[BUFFER];
      long left = DRAIN_FACTOR * maxBytes;
      while (left > 0) {
        int read = body.read(buffer);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException | RuntimeException e) {
      log.debug("The rest of a refused upload cannot be read", e);
    }
  }

  // The server keeps parts in temporary files, and Java tells a full disk by its text alone.
  private static boolean diskFailed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof FileSystemException
          || message.contains("No space left")
          || message.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  private static String mediaType(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
