package io.a2g.agent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the agent service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AgentServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    SpringApplication.run(AgentServiceApplication.class, args);
  }
}
