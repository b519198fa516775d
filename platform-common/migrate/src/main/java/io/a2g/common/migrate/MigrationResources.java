package io.a2g.common.migrate;

import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Shows Flyway the files as everything else here sees them: those of several folders, filled in.
 */
final class MigrationResources implements ResourceProvider {

  private final MigrationFiles files;

  MigrationResources(MigrationFiles files) {
    this.files = files;
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return files.migration(name).map(text -> new Text(name, text)).orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.names(MigrationFiles.MIGRATION).stream()
        .filter(name -> name.startsWith(prefix))
        .filter(name -> Stream.of(suffixes).anyMatch(name::endsWith))
        .<LoadableResource>map(name -> new Text(name, files.migration(name).orElse("")))
        .toList();
  }

  private static final class Text extends LoadableResource {

    private final String name;
    private final String text;

    Text(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
