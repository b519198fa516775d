package io.a2g.common.migrate;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Lists files and folders in a folder of the class path, be it classes on disk or a service's jar.
 */
final class PackagedFiles {

  private PackagedFiles() {}

  static List<String> names(String folder) throws IOException {
    var names = new TreeSet<String>();
    ClassLoader loader = PackagedFiles.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources(folder))) {
      URLConnection connection = url.openConnection();
      if (connection instanceof JarURLConnection jar) {
        names.addAll(entries(jar));
      } else {
        names.addAll(FileFolder.namesIn(Path.of(URI.create(url.toString()))));
      }
    }
    return List.copyOf(names);
  }

  private static List<String> entries(JarURLConnection connection) throws IOException {
    String entry = String.valueOf(connection.getEntryName());
    String prefix = entry.endsWith("/") ? entry : entry + "/";
    return connection.getJarFile().stream()
        .map(file -> file.getName())
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .map(name -> name.replaceFirst("/.*", ""))
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
