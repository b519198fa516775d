package io.a2g.common.environment;

import io.a2g.common.secret.InvalidSecretFile;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the one line that matters instead of a stack trace. */
final class InvalidSecretFileAnalyzer extends AbstractFailureAnalyzer<InvalidSecretFile> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSecretFile cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct the setting that ends in _FILE, or the rights of its file; .env.internal.example explains them.",
        cause);
  }
}
