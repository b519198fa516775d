package io.a2g.chat;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the chat service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    SpringApplication.run(ChatServiceApplication.class, args);
  }
}
