package io.a2g.common;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.a2g.common.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.a2g.common", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest static final ArchTests shared = ArchTests.in(ArchitectureRules.class);

  @Test
  void plantedCycleIsFound() {
    var planted = new ClassFileImporter().importPackages("io.a2g.common.cycle");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ArchitectureRules.packagesAreFreeOfCycles.check(planted))
        .withMessageContaining("Cycle detected")
        .withMessageContaining("io.a2g.common.cycle.web");
  }
}
