package io.a2g.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;

class SqlProblemsTests {

  private final SqlProblems problems = new SqlProblems(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", // the connection is gone
        "25006", // the server became a standby
        "25P03", // it ended an idle transaction
        "25P04", // it ended a long transaction
        "53300", // too many connections
        "54000", // a limit of the server
        "55P03", // a lock is taken
        "57014", // cancelled
        "57P01", // the server stops
        "58030" // its disk fails
      })
  void whatTheServerCannotDoNowIsForLater(String state) {
    assertThat(problems.explain(wrapped(state)))
        .get()
        .isInstanceOf(RetryLater.class)
        .extracting(ProblemException::type)
        .isEqualTo(ProblemType.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"25P02", "42601", "XX000"})
  void ourOwnMistakeIsNoProblemOfTheCaller(String state) {
    assertThat(problems.explain(wrapped(state))).isEmpty();
  }

  private static Exception wrapped(String state) {
    return new DataAccessResourceFailureException("x", new SQLException("x", state));
  }
}
