package io.a2g.agent;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the agent service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AgentServiceApplication {

  private static final ServiceIdentity SERVICE =
      new ServiceIdentity(
          "agent-service",
          PlatformSchema.AGENTS,
          Map.of("a2g.embedding_dimension", "EMBEDDING_DIMENSION"));

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(SERVICE, AgentServiceApplication.class, args);
  }

  @Bean
  static ServiceIdentity migratedService() {
    return SERVICE;
  }
}
