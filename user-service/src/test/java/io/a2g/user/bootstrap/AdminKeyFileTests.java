package io.a2g.user.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.security.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminKeyFileTests {

  @TempDir Path folder;

  @Test
  void readOrMakeWithoutFileMakesOneForTheOwnerAlone() throws IOException {
    Path path = folder.resolve("new/admin-api-key");

    ApiKey key = new AdminKeyFile(path).readOrMake();

    assertThat(Files.readString(path)).isEqualTo(key.text() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (var files = Files.list(path.getParent())) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void readOrMakeWithFileKeepsItsKey() throws IOException {
    AdminKeyFile file = new AdminKeyFile(folder.resolve("admin-api-key"));

    assertThat(file.readOrMake()).isEqualTo(file.readOrMake());
  }

  @Test
  void readOrMakeWithSomethingElseInTheFileSaysWhatToDo() throws IOException {
    Path path = folder.resolve("admin-api-key");
    Files.writeString(path, "hello");

    assertThatThrownBy(new AdminKeyFile(path)::readOrMake)
        .hasMessage(path + " does not hold an API key; remove it and start again.");
  }
}
