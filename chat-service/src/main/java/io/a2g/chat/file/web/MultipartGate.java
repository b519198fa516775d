package io.a2g.chat.file.web;

import io.a2g.chat.file.StorageFull;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.StandardMultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Reads multipart requests before anything else does, so that everything that can be wrong with
 * them has one answer: whoever asks for the parts later (idempotency keys, the controller) finds
 * them read.
 */
class MultipartGate extends OncePerRequestFilter {

  private final HandlerExceptionResolver problems;

  MultipartGate(HandlerExceptionResolver problems) {
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
    HttpServletRequest parsed;
    try {
      parsed = parse(request);
    } catch (ProblemException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    chain.doFilter(parsed, response);
  }

  private static HttpServletRequest parse(HttpServletRequest request) {
    if (!mediaType(request).equals("multipart/form-data")) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Of multipart bodies only multipart/form-data is taken.");
    }
    try {
      return new StandardMultipartHttpServletRequest(request);
    } catch (MaxUploadSizeExceededException e) {
      throw new ProblemException(
          ProblemType.CONTENT_TOO_LARGE, "The upload is larger than the limit.");
    } catch (MultipartException e) {
      throw diskFailed(e)
          ? new StorageFull()
          : new ProblemException(ProblemType.INVALID_REQUEST, "The multipart body cannot be read.");
    }
  }

  // The server keeps large parts in temporary files, and Java tells a full disk by its text alone.
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
