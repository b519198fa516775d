package io.a2g.common.testkit;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The documents in {@code docs/api} are what the service does. */
public abstract class ApiContractIT extends PlatformIT {

  @Autowired private ApplicationContext service;

  @Test
  void publishedDocumentIsTheCheckedInOne() throws IOException {
    OpenApiDocument.verify(anonymous(), ServiceUnderTest.name());
  }

  @Test
  void everyEndpointHasTheCheckedInRule() throws IOException {
    new AccessRuleList(service).verify(ServiceUnderTest.name());
  }
}
