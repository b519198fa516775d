package io.a2g.tracing;

import io.a2g.common.testkit.AccessRuleList;
import io.a2g.common.testkit.PlatformIT;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class AccessRulesIT extends PlatformIT {

  @Autowired private ApplicationContext service;

  @Test
  void everyEndpointHasTheCheckedInRule() throws IOException {
    new AccessRuleList(service).verify("tracing-service");
  }
}
