package io.a2g.admin;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the admin service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AdminServiceApplication {

  private static final ServiceIdentity SERVICE = ServiceIdentity.of("admin-service");

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(SERVICE, AdminServiceApplication.class, args);
  }

  @Bean
  static ServiceIdentity migratedService() {
    return SERVICE;
  }
}
