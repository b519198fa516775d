package io.a2g.common.testkit.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom a test server runs: PostgreSQL refuses to run as root.
 *
 * @param prefix what stands before each of its commands; empty for everybody but root
 */
record ServerUser(List<String> prefix) {

  /**
   * Chooses for the programs in this folder, and gives the other user the data folder where there
   * must be one.
   */
  static ServerUser of(Path bin, Path folder) throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new ServerUser(List.of());
    }
    // In a user namespace of its own nobody is root, and the files stay ours. Some containers
    // forbid that.
    var namespace = new ServerUser(List.of("unshare", "-U"));
    if (namespace.works(bin)) {
      return namespace;
    }
    for (String user : List.of("postgres", "nobody")) {
      var other = new ServerUser(List.of("runuser", "-u", user, "--"));
      if (giveTo(user, folder) && other.works(bin)) {
        return other;
      }
    }
    throw new IOException("PostgreSQL refuses to run as root, and there is no other user for it");
  }

  /** The command as that user runs it. */
  List<String> command(List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  private boolean works(Path bin) throws InterruptedException {
    try {
      return new ProcessBuilder(command(List.of(bin.resolve("postgres").toString(), "--version")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean giveTo(String user, Path folder) throws IOException {
    try {
      var lookup = folder.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(folder, lookup.lookupPrincipalByName(user));
      return true;
    } catch (UserPrincipalNotFoundException e) {
      return false;
    }
  }
}
