package io.a2g.common.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformSchemaTests {

  // ReferenceTarget knows the schemas, so the schemas cannot ask it.
  @ParameterizedTest
  @EnumSource
  void auditorsAreThoseThatReferToTheSchema(PlatformSchema schema) {
    Set<PlatformSchema> holders =
        Arrays.stream(ReferenceTarget.values())
            .filter(target -> target.owner() == schema)
            .flatMap(target -> target.holders().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(PlatformSchema.class)));

    assertThat(schema.auditors()).isEqualTo(holders);
  }
}
