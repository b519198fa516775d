package io.a2g.chat.file;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where uploads are kept and how large they may be ({@code platform.files}).
 *
 * @param directory folder of the disk store, made when absent; relative to the working folder;
 *     {@code .local/files} when not set
 * @param maxSize largest upload; 20 MB when not set
 */
@ConfigurationProperties("platform.files")
record FileProperties(
    @DefaultValue(".local/files") Path directory, @DefaultValue("20MB") DataSize maxSize) {

  FileProperties {
    if (directory.toString().isBlank()) {
      throw new IllegalArgumentException("FILE_STORAGE_DIR is empty; name a folder for uploads");
    }
    if (maxSize.toBytes() <= 0) {
      throw new IllegalArgumentException("FILE_MAX_SIZE must be more than nothing");
    }
  }
}
