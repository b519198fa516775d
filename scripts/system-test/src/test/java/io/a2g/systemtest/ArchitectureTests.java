package io.a2g.systemtest;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.a2g.common.testkit.ArchitectureRules;

// Of the rules only this one: programs for a terminal print, and nothing of them is a service.
@AnalyzeClasses(
    packages = "io.a2g.systemtest",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

  @ArchTest static final ArchRule cycles = ArchitectureRules.packagesAreFreeOfCycles;
}
