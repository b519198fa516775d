package io.a2g.chat.file;

import io.a2g.common.headers.ContentPolicy;
import io.a2g.common.job.PlatformJob;
import io.a2g.common.purge.Purgeable;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class FileConfiguration {

  @Bean
  Purgeable deletedFiles() {
    return Purgeable.leaf("chat.file_uploads");
  }

  // An upload never runs in a browser under the platform's origin.
  @Bean
  ContentPolicy uploadedFiles() {
    return new ContentPolicy("/api/v1/files", ContentPolicy.DATA + "; sandbox");
  }

  @Bean
  PlatformJob fileCleanup(FileStore store, StorageBinding binding, JdbcClient jdbc, Clock clock) {
    var cleanup = new FileCleanup(store, binding, jdbc, clock);
    return new PlatformJob("file-cleanup", Duration.ofDays(1), cleanup::run);
  }

  @Bean
  FileStore fileStore(FileProperties properties) {
    return new DiskFileStore(properties.directory(), properties.maxSize());
  }
}
