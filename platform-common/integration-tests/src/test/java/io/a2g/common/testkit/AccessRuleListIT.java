package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows that the list of rules finds an endpoint that was forgotten. */
class AccessRuleListIT {

  @Test
  void endpointWithoutARuleIsFound() {
    var settings = Map.of("spring.main.sources", Forgetful.class.getName());
    try (PeerNode node =
        PeerNode.start(PlatformSchema.USERS, TestDatabase.get().migrated(), settings)) {
      AccessRuleList rules = node.bean(AccessRuleList.class);

      List<String> lines = rules.lines();

      assertThat(lines)
          .contains("/forgotten/{id}  GET  NO RULE", "/kept  GET  method: hasRole('ADMIN')")
          .anyMatch(line -> line.matches("/api/v1/forgotten  GET  .*ROLE_USER.*"))
          .anyMatch(line -> line.matches("/actuator/health  GET  everybody"))
          .anyMatch(line -> line.matches("/actuator/metrics  GET  .*ROLE_ADMIN.*"))
          .contains("/internal/callers  POST  services of the platform");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> rules.verify("user-service"))
          .withMessageContaining("/forgotten/{id}");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Forgetful {

    @Bean
    AccessRuleList rules(ApplicationContext service) {
      return new AccessRuleList(service);
    }

    @Bean
    ForgottenController forgottenController() {
      return new ForgottenController();
    }
  }

  @RestController
  static class ForgottenController {

    @GetMapping({"/forgotten/{id}", "/api/v1/forgotten"})
    String forgotten() {
      return "";
    }

    @GetMapping("/kept")
    @PreAuthorize("hasRole('ADMIN')")
    String kept() {
      return "";
    }
  }
}
