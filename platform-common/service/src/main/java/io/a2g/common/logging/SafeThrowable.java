package io.a2g.common.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A throwable whose messages, its causes' included, are fit for a log. */
record SafeThrowable(IThrowableProxy proxy) implements IThrowableProxy {

  static @Nullable IThrowableProxy of(@Nullable IThrowableProxy proxy) {
    return proxy == null ? null : new SafeThrowable(proxy);
  }

  @Override
  public @Nullable String getMessage() {
    return LogText.line(proxy.getMessage());
  }

  @Override
  public @Nullable String getOverridingMessage() {
    return LogText.line(proxy.getOverridingMessage());
  }

  @Override
  public String getClassName() {
    return proxy.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return proxy.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return proxy.getCommonFrames();
  }

  @Override
  public @Nullable IThrowableProxy getCause() {
    return of(proxy.getCause());
  }

  @Override
  public IThrowableProxy @Nullable [] getSuppressed() {
    IThrowableProxy[] suppressed = proxy.getSuppressed();
    return suppressed == null
        ? null
        : Arrays.stream(suppressed).map(SafeThrowable::new).toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return proxy.isCyclic();
  }
}
