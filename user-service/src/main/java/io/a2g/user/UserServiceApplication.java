package io.a2g.user;

import io.a2g.common.PlatformApplication;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the user service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class UserServiceApplication {

  /** Runs the service until it is stopped. */
  public static void main(String[] args) {
    PlatformApplication.run(ServiceIdentity.of("user-service"), UserServiceApplication.class, args);
  }
}
