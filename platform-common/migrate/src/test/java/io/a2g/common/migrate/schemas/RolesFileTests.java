package io.a2g.common.migrate.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.migrate.MigrationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesFileTests {

  private final List<String> made = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void completeWhenAbsentMakesPrivateFileWithRandomPasswords() throws IOException {
    Path file = folder.resolve("new/roles");

    var passwords = RolesFile.complete(file, List.of("users_app", "users_migrator"), made::add);

    assertThat(passwords).containsOnlyKeys("users_app", "users_migrator");
    assertThat(passwords.values())
        .doesNotHaveDuplicates()
        .allMatch(p -> p.matches("[A-Za-z0-9]{32}"));
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(made).containsExactly("passwords of 2 roles in " + file);
  }

  @Test
  void completeWhenRepeatedChangesNothing() throws IOException {
    Path file = folder.resolve("roles");
    var first = RolesFile.complete(file, List.of("users_app"), made::add);
    String content = Files.readString(file);
    made.clear();

    assertThat(RolesFile.complete(file, List.of("users_app"), made::add)).isEqualTo(first);
    assertThat(Files.readString(file)).isEqualTo(content);
    assertThat(made).isEmpty();
  }

  @Test
  void completeWhenLinesAreMissingAppendsThemAndKeepsTheOthers() throws IOException {
    Path file = folder.resolve("roles");
    Files.writeString(file, "# by hand\nUSERS_APP_PASSWORD=chosen=1\nOTHER=x\n");

    var passwords = RolesFile.complete(file, List.of("users_app", "chat_app"), made::add);

    assertThat(passwords).containsEntry("users_app", "chosen=1").containsKey("chat_app");
    assertThat(Files.readAllLines(file))
        .startsWith("# by hand", "USERS_APP_PASSWORD=chosen=1", "OTHER=x")
        .hasSize(4);
  }

  @Test
  void completeWhenOthersCanReadTheFileClosesIt() throws IOException {
    Path file = folder.resolve("roles");
    Files.writeString(file, "USERS_APP_PASSWORD=chosen\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    RolesFile.complete(file, List.of("users_app"), made::add);

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(made).containsExactly("only the owner can read " + file + " now");
  }

  @Test
  void completeWhenPasswordIsNotPlainSaysWhichWithoutShowingIt() throws IOException {
    Path file = folder.resolve("roles");
    Files.writeString(file, "USERS_APP_PASSWORD=gehéim\n");

    assertThatThrownBy(() -> RolesFile.complete(file, List.of("users_app"), made::add))
        .isInstanceOf(MigrationFailure.class)
        .hasMessageContaining("USERS_APP_PASSWORD")
        .hasMessageNotContaining("geh");
  }

  @Test
  void completeWhenPathIsAFolderSaysSo() {
    assertThatThrownBy(() -> RolesFile.complete(folder, List.of("users_app"), made::add))
        .isInstanceOf(MigrationFailure.class)
        .hasMessageContaining("cannot read or write the roles file");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
