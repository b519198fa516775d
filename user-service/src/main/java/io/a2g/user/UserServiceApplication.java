package io.a2g.user;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the user service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class UserServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    SpringApplication.run(UserServiceApplication.class, args);
  }
}
