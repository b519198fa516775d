package io.a2g.common.migrate.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The passwords of the login roles: a file only its owner can read, one {@code
 * USERS_APP_PASSWORD=…} per line. Lines it does not know stay as they are.
 */
final class RolesFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  // Letters and digits only: they need no encoding in a URL and no quoting in a shell.
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int PASSWORD_LENGTH = 32;

  // SCRAM normalises other characters; refusing them keeps file, verifier and client in step.
  private static final Pattern PASSWORD = Pattern.compile("[\\x21-\\x7e]+");

  private RolesFile() {}

  /**
   * Reads the passwords of the roles and first adds, at random, those that are missing.
   *
   * @return role → password, for exactly the given roles
   */
  static Map<String, String> complete(Path file, List<String> roles, Consumer<String> made) {
    try {
      var lines = new ArrayList<>(lines(file));
      var missing =
          roles.stream().filter(role -> !passwords(lines).containsKey(key(role))).toList();
      if (!missing.isEmpty()) {
        missing.forEach(role -> lines.add(key(role) + "=" + randomPassword()));
        replace(file, lines);
        made.accept("passwords of %d roles in %s".formatted(missing.size(), file));
      } else if (makePrivate(file)) {
        made.accept("only the owner can read " + file + " now");
      }
      return select(passwords(lines), roles, file);
    } catch (IOException e) {
      throw new MigrationFailure(
          ExitCode.FAILED, "cannot read or write the roles file: " + describe(e), e);
    }
  }

  private static Map<String, String> select(
      Map<String, String> passwords, List<String> roles, Path file) {
    var selected = new TreeMap<String, String>();
    for (String role : roles) {
      String password = passwords.getOrDefault(key(role), "");
      if (!PASSWORD.matcher(password).matches()) {
        throw new MigrationFailure(
            ExitCode.FAILED,
            "%s: the value of %s must be visible ASCII characters without blanks"
                .formatted(file, key(role)));
      }
      selected.put(role, password);
    }
    return selected;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Map<String, String> passwords(List<String> lines) {
    var passwords = new TreeMap<String, String>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        passwords.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return passwords;
  }

  /**
   * A reader sees the old file or the new one, never half of it, and other users never see either.
   */
  private static void replace(Path file, List<String> lines) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new FileSystemException(file.toString(), null, "is a folder");
    }
    Files.createDirectories(folder);
    // Temporary files are made readable by their owner only.
    Path temporary = Files.createTempFile(folder, ".roles", ".tmp");
    try {
      Files.writeString(temporary, String.join("\n", lines) + "\n", UTF_8);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean makePrivate(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")
        || OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      return false;
    }
    Files.setPosixFilePermissions(file, OWNER_ONLY);
    return true;
  }

  private static String randomPassword() {
    var random = new SecureRandom();
    var password = new StringBuilder(PASSWORD_LENGTH);
    random
        .ints(PASSWORD_LENGTH, 0, ALPHABET.length())
        .forEach(i -> password.append(ALPHABET.charAt(i)));
    return password.toString();
  }

  private static String key(String role) {
    return role.toUpperCase(Locale.ROOT) + "_PASSWORD";
  }

  private static String describe(IOException e) {
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? kind : kind + " " + e.getMessage();
  }
}
