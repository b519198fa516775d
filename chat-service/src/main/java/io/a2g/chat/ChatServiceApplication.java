package io.a2g.chat;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the chat service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(ServiceIdentity.of("chat-service"), ChatServiceApplication.class, args);
  }
}
