package io.a2g.tracing;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the tracing service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TracingServiceApplication {

  private static final ServiceIdentity SERVICE = ServiceIdentity.of("tracing-service");

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(SERVICE, TracingServiceApplication.class, args);
  }

  @Bean
  static ServiceIdentity migratedService() {
    return SERVICE;
  }
}
