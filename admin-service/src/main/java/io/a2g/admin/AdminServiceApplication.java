package io.a2g.admin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the admin service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AdminServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    SpringApplication.run(AdminServiceApplication.class, args);
  }
}
