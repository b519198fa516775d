package io.a2g.common.idempotency;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.support.StandardMultipartHttpServletRequest;

/** SHA-256 of what a request asks for. */
final class Fingerprint {

  private Fingerprint() {}

  static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] sha256(byte[] bytes) {
    return digest().digest(bytes);
  }

  /**
   * Of the parts, not the bytes: a client draws a new boundary for every attempt.
   *
   * @throws org.springframework.web.multipart.MultipartException when the parts cannot be read or
   *     are too large
   */
  static byte[] ofParts(HttpServletRequest request) throws IOException, ServletException {
    // Reads all parts, and says in Spring's terms what is wrong with them.
    var multipart = new StandardMultipartHttpServletRequest(request);
    MessageDigest digest = digest();
    try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Part part : multipart.getRequest().getParts()) {
        String head =
            part.getName() + "\n" + part.getSubmittedFileName() + "\n" + part.getContentType();
        sink.write(sha256(head));
        try (InputStream content = part.getInputStream()) {
          content.transferTo(sink);
        }
      }
    }
    return digest.digest();
  }

  /**
   * Of the content and of what stands behind the path; without that it is the content's own.
   *
   * @param query as it was sent; null: none
   * @param content SHA-256 of the body or its parts
   */
  static byte[] withQuery(@Nullable String query, byte[] content) {
    return query == null ? content : sha256(query + "\n" + HexFormat.of().formatHex(content));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
