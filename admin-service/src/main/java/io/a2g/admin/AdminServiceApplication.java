package io.a2g.admin;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the admin service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AdminServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(
        ServiceIdentity.of("admin-service"), AdminServiceApplication.class, args);
  }
}
