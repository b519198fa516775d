package io.a2g.chat.file;

import io.a2g.common.headers.ContentPolicy;
import io.a2g.common.purge.Purgeable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FileConfiguration {

  @Bean
  Purgeable deletedFiles() {
    return Purgeable.leaf("chat.file_uploads");
  }

  // Nothing that a user uploaded runs in a browser with our origin.
  @Bean
  ContentPolicy uploadedFiles() {
    return new ContentPolicy("/api/v1/files", ContentPolicy.DATA + "; sandbox");
  }

  @Bean
  FileStore fileStore(FileProperties properties) {
    return new DiskFileStore(properties.directory(), properties.maxSize());
  }
}
