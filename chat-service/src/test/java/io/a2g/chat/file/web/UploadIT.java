package io.a2g.chat.file.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.chat.ChatIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the tests of uploads share. */
abstract class UploadIT extends ChatIT {

  static final String FILES = "/api/v1/files";

  static final Path STORE = Path.of("target/test-files");

  Answer upload(TestUser user, Multipart form, String... headers) {
    return as(user).send("POST", FILES, form.body(), headers);
  }

  // A file that is not needed any more goes when the answer is on its way already.
  void awaitStoredFiles(long count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(storedFiles()).isEqualTo(count));
  }

  /** Files on disk, drafts included. */
  long storedFiles() {
    try (var paths = Files.walk(Files.createDirectories(STORE))) {
      return paths.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
