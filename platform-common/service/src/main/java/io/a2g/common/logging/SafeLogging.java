package io.a2g.common.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Puts the safe encoder around every encoder that Spring Boot configured, as soon as it has. A
 * pattern of one's own or JSON lines cannot forget it.
 */
public class SafeLogging
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context
          .getLoggerList()
          .forEach(logger -> logger.iteratorForAppenders().forEachRemaining(SafeLogging::protect));
    }
  }

  private static void protect(Appender<ILoggingEvent> appender) {
    if (appender instanceof OutputStreamAppender<ILoggingEvent> writing
        && !(writing.getEncoder() instanceof SafeEncoder)) {
      SafeEncoder safe = new SafeEncoder(writing.getEncoder());
      safe.setContext(writing.getContext());
      safe.start();
      writing.setEncoder(safe);
    }
  }

  /** After the listener that configures the log. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
