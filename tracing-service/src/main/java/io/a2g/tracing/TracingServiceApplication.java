package io.a2g.tracing;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the tracing service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TracingServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(
        ServiceIdentity.of("tracing-service"), TracingServiceApplication.class, args);
  }
}
