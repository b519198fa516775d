package io.a2g.common.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * The rules every module keeps, each with its reason. A module's {@code ArchitectureTests} includes
 * them by {@code ArchTests.in(ArchitectureRules.class)}.
 */
public final class ArchitectureRules {

  private ArchitectureRules() {}

  @ArchTest
  public static final ArchRule servicesDoNotDependOnEachOther =
      slices()
          .matching("io.a2g.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              JavaClass.Predicates.resideInAPackage("io.a2g.."),
              JavaClass.Predicates.resideInAPackage("io.a2g.common.."))
          .because(
              "each service is deployed, restored and moved alone; it keeps its own view of a"
                  + " foreign service");

  @ArchTest
  public static final ArchRule packagesAreFreeOfCycles =
      slices()
          .assignedFrom(packages())
          .should()
          .beFreeOfCycles()
          .because(
              "packages in a circle can only be understood, tested and changed together; move what"
                  + " both need into a third");

  @ArchTest
  public static final ArchRule commonKnowsNoService =
      noClasses()
          .that()
          .resideInAPackage("io.a2g.common..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("io.a2g..")
                  .and(JavaClass.Predicates.resideOutsideOfPackage("io.a2g.common..")))
          .because("platform-common holds technique; dependencies run from services to it");

  @ArchTest
  public static final ArchRule featuresDoNotReachIntoANeighboursWeb =
      classes()
          .that()
          .resideInAPackage("io.a2g.*.*.web..")
          .should(onlyBeUsedByTheirOwnFeature())
          .because(
              "HTTP is the outermost layer of a feature; neighbours talk through the feature's"
                  + " root package or an event");

  @ArchTest
  public static final ArchRule controllersStayInWeb =
      classes()
          .that()
          .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
          .and()
          .resideOutsideOfPackage("io.a2g.common..")
          .should()
          .resideInAPackage("..web..")
          .andShould()
          .bePackagePrivate()
          .allowEmptyShould(true)
          .because("nobody calls a controller but Spring MVC");

  @ArchTest
  public static final ArchRule endpointsNeverTakeOrReturnEntities =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
          .should()
          .notHaveRawReturnType(annotatedAsEntity())
          .allowEmptyShould(true)
          .because("an entity as a body lets callers write and read columns that are not theirs");

  @ArchTest
  public static final ArchRule noFieldInjection =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .haveSimpleNameNotEndingWith("IT")
          .should()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
          .orShould()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
          .allowEmptyShould(true)
          .because(
              "constructors show what a class needs, and settings have @ConfigurationProperties");

  @ArchTest
  public static final ArchRule loggersAreStatic =
      fields()
          .that()
          .haveRawType("org.slf4j.Logger")
          .should()
          .beStatic()
          .andShould()
          .beFinal()
          .allowEmptyShould(true)
          .because("one logger per class is enough");

  @ArchTest
  public static final ArchRule noUtilityClasses =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .because("a name that says nothing collects everything");

  @ArchTest
  public static final ArchRule noStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.a2g.common.migrate.schemas..",
              "io.a2g.common.migrate.cli..",
              "io.a2g.common.testkit..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("services log; only command-line tools print");

  private static SliceAssignment packages() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        // What Spring's ahead-of-time processing writes knows beans of all packages.
        return type.getPackageName().startsWith("io.a2g") && !type.getName().contains("__")
            ? SliceIdentifier.of(type.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }

  private static DescribedPredicate<JavaClass> annotatedAsEntity() {
    return DescribedPredicate.describe(
        "an entity", type -> type.isAnnotatedWith("jakarta.persistence.Entity"));
  }

  private static ArchCondition<JavaClass> onlyBeUsedByTheirOwnFeature() {
    return new ArchCondition<>("only be used by their own feature") {
      @Override
      public void check(JavaClass target, ConditionEvents events) {
        String packageName = target.getPackageName();
        String feature = packageName.substring(0, packageName.indexOf(".web"));
        target.getDirectDependenciesToSelf().stream()
            .filter(use -> !use.getOriginClass().getPackageName().startsWith(feature))
            // What Spring's ahead-of-time processing writes registers every bean from one place.
            .filter(use -> !use.getOriginClass().getName().contains("__"))
            .forEach(
                use -> events.add(SimpleConditionEvent.violated(target, use.getDescription())));
      }
    };
  }
}
