package io.a2g.common.environment;

import io.a2g.common.secret.InvalidMasterKeys;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the one line that matters instead of a stack trace. */
final class InvalidMasterKeysAnalyzer extends AbstractFailureAnalyzer<InvalidMasterKeys> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidMasterKeys cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct A2G_MASTER_KEYS, or the file that A2G_MASTER_KEYS_FILE names; docs/security.md explains them.",
        cause);
  }
}
