package io.a2g.chat.file;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where uploads are kept and how much they may take ({@code platform.files}).
 *
 * @param directory folder of the disk store, made when absent; relative to the working folder;
 *     {@code .local/files} when not set
 * @param maxSize largest upload; 20 MB when not set
 * @param userQuota what the files of one user may take together, deleted ones too until the purge
 *     removes them; 2 GB when not set
 * @param totalQuota what the files of all may take; 100 GB when not set
 */
@ConfigurationProperties("platform.files")
record FileProperties(
    @DefaultValue(".local/files") Path directory,
    @DefaultValue("20MB") DataSize maxSize,
    @DefaultValue("2GB") DataSize userQuota,
    @DefaultValue("100GB") DataSize totalQuota) {

  FileProperties {
    if (directory.toString().isBlank()) {
      throw new IllegalArgumentException("FILE_STORAGE_DIR is empty; name a folder for uploads");
    }
    requirePositive("FILE_MAX_SIZE", maxSize);
    requirePositive("FILE_USER_QUOTA", userQuota);
    requirePositive("FILE_TOTAL_QUOTA", totalQuota);
  }

  private static void requirePositive(String name, DataSize size) {
    if (size.toBytes() <= 0) {
      throw new IllegalArgumentException(name + " must be more than nothing");
    }
  }
}
