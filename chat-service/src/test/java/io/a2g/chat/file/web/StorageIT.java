package io.a2g.chat.file.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service with settings of its own: a small limit, and a folder that nothing can be put in. */
class StorageIT extends UploadIT {

  @TempDir private static Path folder;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("FILE_MAX_SIZE", () -> "10KB");
    registry.add("platform.files.directory", () -> folder.resolve("a-file/files"));
  }

  @Test
  void folderThatCannotBeWrittenIs507AndStoresNothing() throws IOException {
    TestUser user = users().user();
    Files.writeString(folder.resolve("a-file"), "in the way");
    var form = Multipart.file("a.txt", "x".repeat(10 * 1024));

    upload(user, form).expectProblem(507, "insufficient_storage");
    upload(user, form, "Idempotency-Key", "full").expectProblem(507, "insufficient_storage");
    Files.delete(folder.resolve("a-file"));

    assertThat(idsOf(user, FILES + "?limit=200")).isEmpty();
    upload(user, form, "Idempotency-Key", "full").expect(201);
  }

  @Test
  void limitFollowsItsOneVariable() {
    TestUser user = users().user();

    upload(user, Multipart.file("a.txt", "x".repeat(10 * 1024 + 1)))
        .expectProblem(413, "content_too_large");
    upload(user, Multipart.file("a.txt", "x".repeat(100 * 1024)))
        .expectProblem(413, "content_too_large");
    assertThat(idsOf(user, FILES + "?limit=200")).isEmpty();
  }
}
