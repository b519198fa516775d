package io.a2g.chat.file.web;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The file has no such bytes (416); Content-Range says how many it has. */
class RangeNotSatisfiable extends ProblemException {

  private final long size;

  /**
   * @param size of the file in bytes
   */
  RangeNotSatisfiable(long size) {
    super(
        ProblemType.of(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE),
        "The file has no such range of bytes.");
    this.size = size;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
  }
}
