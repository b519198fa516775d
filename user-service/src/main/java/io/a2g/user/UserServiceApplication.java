package io.a2g.user;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the user service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class UserServiceApplication {

  private static final ServiceIdentity SERVICE = ServiceIdentity.of("user-service");

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(SERVICE, UserServiceApplication.class, args);
  }

  @Bean
  static ServiceIdentity migratedService() {
    return SERVICE;
  }
}
