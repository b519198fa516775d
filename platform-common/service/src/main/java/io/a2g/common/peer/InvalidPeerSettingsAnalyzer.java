package io.a2g.common.peer;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the one line that matters instead of a stack trace. */
final class InvalidPeerSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidPeerSettings> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPeerSettings cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct the settings A2G_…_URL and A2G_CLIENT_SECRET; .env.internal.example explains them.",
        cause);
  }
}
