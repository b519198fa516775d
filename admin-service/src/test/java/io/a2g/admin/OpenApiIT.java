package io.a2g.admin;

import io.a2g.common.testkit.OpenApiDocument;
import io.a2g.common.testkit.PlatformIT;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenApiIT extends PlatformIT {

  @Test
  void publishedDocumentIsTheCheckedInOne() throws IOException {
    OpenApiDocument.verify(anonymous(), "admin-service");
  }
}
