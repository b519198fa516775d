package io.a2g.common.filter;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/** In which order filters see a request; the first constant comes first. */
public enum FilterOrder {
  /** The trace id, which every answer names. */
  TRACE_CONTEXT(Ordered.HIGHEST_PRECEDENCE),
  /** Headers that every answer has, whatever refuses the request. */
  HEADERS(Ordered.HIGHEST_PRECEDENCE + 1),
  /** Answers browsers that ask for permission first. */
  CORS(-130),
  /** Refuses credentials in an address. */
  QUERY_CREDENTIALS(-125),
  /** Refuses bodies; the others are there, so that nothing below waits for one. */
  BODY(-120),
  /** Bounds what is worked on at a time, before anything asks the database. */
  CONCURRENCY(-110),
  /** Bounds requests without a valid credential by address, around Spring Security. */
  ADDRESS(-105),
  // Spring Security: -100.
  /** Bounds what is worked on for a user, who is known now. */
  USER_CONCURRENCY(-97),
  /** Bounds requests of a caller. */
  RATE(-96),
  /** Bounds multipart bodies, which only a known caller may send. */
  MULTIPART(-95),
  /** Repeats the stored answer; opens a transaction. */
  IDEMPOTENCY(-90);

  private final int order;

  FilterOrder(int order) {
    this.order = order;
  }

  /** Registers a filter at this place. */
  public <F extends Filter> FilterRegistrationBean<F> register(F filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
