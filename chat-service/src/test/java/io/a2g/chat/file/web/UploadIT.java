package io.a2g.chat.file.web;

import io.a2g.chat.ChatIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests of uploads share. */
abstract class UploadIT extends ChatIT {

  static final String FILES = "/api/v1/files";

  static final Path STORE = Path.of("target/test-files");

  Answer upload(TestUser user, Multipart form, String... headers) {
    return as(user).send("POST", FILES, form.body(), headers);
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
