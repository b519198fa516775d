package io.a2g.agent;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the agent service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AgentServiceApplication {

  static final ServiceIdentity SERVICE =
      ServiceIdentity.of("agent-service")
          .withSessionSettings(Map.of("a2g.embedding_dimension", "EMBEDDING_DIMENSION"));

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(SERVICE, AgentServiceApplication.class, args);
  }

  @Bean
  static ServiceIdentity serviceIdentity() {
    return SERVICE;
  }
}
