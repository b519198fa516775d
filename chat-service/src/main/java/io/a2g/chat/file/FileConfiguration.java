package io.a2g.chat.file;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FileConfiguration {

  @Bean
  FileStore fileStore(FileProperties properties) {
    return new DiskFileStore(properties.directory(), properties.maxSize());
  }
}
