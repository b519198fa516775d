package io.a2g.common.migrate.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateSchemasTests {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void runWhenHelpIsAskedExplains() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("--roles-file", "DATABASE_URL", "Exit code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--single-user",
        "--url postgresql://u:s3cr3t@h/d",
        "--url postgresql://u:s3cr3t@h/d --single-user --roles-file f",
        "--url postgresql://u:s3cr3t@h --single-user",
        "--single-user --url",
        "postgresql://u:s3cr3t@h/d"
      })
  void runWhenArgumentsAreWrongIsAWrongUsage(String arguments) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("--help explains").doesNotContain("s3cr3t");
  }

  @Test
  void runWhenNothingListensIsUnreachableInOneLine() throws IOException {
    String url = "postgresql://u:s3cr3t@127.0.0.1:%d/a2g".formatted(closedPort());

    assertThat(run("--url", url, "--single-user")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .contains("cannot connect to 127.0.0.1");
    assertThat(err.toString(UTF_8)).doesNotContain("s3cr3t");
  }

  @Test
  void runWhenServerAcceptsButNeverAnswersGivesUp() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "postgresql://u:s3cr3t@127.0.0.1:%d/a2g".formatted(silent.getLocalPort());

      assertThat(run("--url", url, "--single-user")).isEqualTo(ExitCode.UNREACHABLE);
    }
  }

  private ExitCode run(String... arguments) {
    return CreateSchemas.run(
        arguments, Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
