package io.a2g.chat;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the chat service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatServiceApplication {

  private static final ServiceIdentity SERVICE = ServiceIdentity.of("chat-service");

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(SERVICE, ChatServiceApplication.class, args);
  }

  @Bean
  static ServiceIdentity migratedService() {
    return SERVICE;
  }
}
