package io.a2g.admin;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.a2g.common.testkit.ArchitectureRules;

@AnalyzeClasses(packages = "io.a2g", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest static final ArchTests shared = ArchTests.in(ArchitectureRules.class);
}
