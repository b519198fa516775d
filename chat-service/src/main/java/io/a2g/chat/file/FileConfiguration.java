package io.a2g.chat.file;

import io.a2g.common.purge.Purgeable;
import io.a2g.common.reference.Reference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FileConfiguration {

  @Bean
  Purgeable deletedFiles() {
    return Purgeable.leaf("chat.file_uploads");
  }

  @Bean
  Reference fileUser() {
    return FileReferences.USER;
  }

  @Bean
  FileStore fileStore(FileProperties properties) {
    return new DiskFileStore(properties.directory(), properties.maxSize());
  }
}
