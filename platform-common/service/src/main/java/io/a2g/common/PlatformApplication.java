package io.a2g.common;

import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.topology.ServiceIdentity;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;

/** The main method of every service: the service itself, or its migration tool. */
public final class PlatformApplication {

  private PlatformApplication() {}

  /**
   * Runs the service until it is stopped; {@code migrate <command>} runs the migration tool
   * instead, without Spring and without a web server.
   */
  public static void run(ServiceIdentity service, Class<?> application, String... args) {
    if (args.length > 0 && args[0].equals("migrate")) {
      MigrateTool.main(service, Arrays.copyOfRange(args, 1, args.length));
    } else {
      SpringApplication.run(application, args);
    }
  }
}
