package io.a2g.tracing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the tracing service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TracingServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    SpringApplication.run(TracingServiceApplication.class, args);
  }
}
