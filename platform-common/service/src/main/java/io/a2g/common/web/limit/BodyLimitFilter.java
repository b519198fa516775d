package io.a2g.common.web.limit;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses bodies over the limit with 413, by their declared length or, when none is declared, as
 * soon as they pass it. Uploads have limits of their own (multipart).
 */
public class BodyLimitFilter extends HttpFilter {

  private static final DataSize DISCARDED = DataSize.ofMegabytes(8);

  private final DataSize limit;
  private final HandlerExceptionResolver problems;

  /** Answers through {@code problems}, so that the refusal has the shape of all others. */
  public BodyLimitFilter(DataSize limit, HandlerExceptionResolver problems) {
    this.limit = limit;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!hasBody(request) || isUpload(request)) {
      chain.doFilter(request, response);
      return;
    }
    if (request.getContentLengthLong() > limit.toBytes()) {
      discardBody(request);
      response.setHeader(HttpHeaders.CONNECTION, "close");
      problems.resolveException(request, response, null, tooLarge());
      return;
    }
    chain.doFilter(new LimitedRequest(request), response);
  }

  // As TimedBodyHandler asks. A wrapped request makes everything slower that is asked of it later.
  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  private static boolean isUpload(HttpServletRequest request) {
    return StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/");
  }

  // Most clients send the whole body before they read the answer; a connection closed under them
  // looks like a crash. What is far too long is not worth that courtesy.
  private static void discardBody(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() <= DISCARDED.toBytes()) {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.CONTENT_TOO_LARGE, "The body may have at most " + limit.toBytes() + " bytes.");
  }

  private final class LimitedRequest extends HttpServletRequestWrapper {

    LimitedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream());
    }
  }

  private final class LimitedStream extends ServletInputStream {

    private final ServletInputStream body;
    private long left = limit.toBytes();

    LimitedStream(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = body.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
      } catch (IOException e) {
        throw problemIn(e);
      }
    }

    // What ended the body (TimedBodyRequest) is the answer, whoever reads it.
    private static IOException problemIn(IOException failure) {
      for (Throwable t = failure; t != null; t = t.getCause()) {
        if (t instanceof ProblemException problem) {
          throw problem;
        }
      }
      return failure;
    }

    private void count(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw tooLarge();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
