package io.a2g.chat.file.web;

import io.a2g.chat.file.FileUploadService;
import io.a2g.chat.file.ReceivedFile;
import io.a2g.common.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Puts the bytes of an upload on the disk before the rest of the chain: an idempotency key opens a
 * transaction, and its connection would wait for the disk.
 */
@Component
class UploadIntake {

  /** The attribute of a request that holds its {@link ReceivedFile}. */
  static final String FILE = "io.a2g.chat.file.received";

  private final FileUploadService uploads;
  private final HandlerExceptionResolver problems;

  UploadIntake(
      FileUploadService uploads,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.uploads = uploads;
    this.problems = problems;
  }

  /** Whether a request with parts is an upload. */
  static boolean takes(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        && request.getServletPath().equals(FileController.PATH);
  }

  /** Answers an upload. What it left on the disk goes again when its row was not stored. */
  void serve(MultipartHttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ReceivedFile file;
    try {
      file = uploads.receive(caller(), UploadForm.of(request).upload());
    } catch (IOException | ServletException | RuntimeException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    try (file) {
      request.setAttribute(FILE, file);
      chain.doFilter(request, response);
    }
  }

  // Access rules have let it pass, so there is one.
  private static Caller caller() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return (Caller) Objects.requireNonNull(Objects.requireNonNull(authentication).getPrincipal());
  }
}
