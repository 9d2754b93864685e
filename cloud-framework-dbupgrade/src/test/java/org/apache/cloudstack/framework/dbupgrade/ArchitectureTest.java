package org.apache.cloudstack.framework.dbupgrade;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;

/** Which package may use which, and which library belongs to which package. */
@AnalyzeClasses(
        packages = "org.apache.cloudstack.framework.dbupgrade",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.apache.cloudstack.framework.dbupgrade";

    private static final int MOST_IN_ROOT = 20;

    /** A script is a stream of characters. */
    private static final Class<?>[] READING = {
        Reader.class, BufferedReader.class, StringReader.class, IOException.class, UncheckedIOException.class
    };

    @ArchTest
    static final ArchRule text = mayUse("internal.text");

    @ArchTest
    static final ArchRule change = mayUse("change");

    @ArchTest
    static final ArchRule release = mayUse("release");

    @ArchTest
    static final ArchRule finding = mayUse("finding", "internal.text");

    @ArchTest
    static final ArchRule cluster = mayUse("cluster", "release");

    @ArchTest
    static final ArchRule sql = mayUse("internal.sql", "change");

    @ArchTest
    static final ArchRule schema = mayUse("schema", "change", "internal.sql");

    @ArchTest
    static final ArchRule migration = mayUse("migration", "release", "change", "schema", "internal.sql");

    @ArchTest
    static final ArchRule scan =
            mayUse("internal.scan", "migration", "release", "change", "schema", "finding", "internal.sql");

    @ArchTest
    static final ArchRule plan = mayUse("plan", "release", "migration", "change", "finding", "cluster");

    @ArchTest
    static final ArchRule planner =
            mayUse("internal.plan", "plan", "release", "migration", "change", "finding", "cluster", "internal.sql");

    @ArchTest
    static final ArchRule preflight = mayUse("preflight", "plan", "migration", "release", "change");

    @ArchTest
    static final ArchRule checks = mayUse(
            "internal.preflight",
            "preflight",
            "plan",
            "migration",
            "release",
            "change",
            "finding",
            "internal.plan",
            "internal.engine",
            "internal.mysql",
            "internal.sql");

    @ArchTest
    static final ArchRule lint = mayUse("lint");

    @ArchTest
    static final ArchRule linter = mayUse(
            "internal.lint",
            "lint",
            "migration",
            "release",
            "change",
            "finding",
            "internal.scan",
            "internal.plan",
            "internal.engine",
            "internal.sql");

    @ArchTest
    static final ArchRule engine = mayUse(
            "internal.engine",
            "plan",
            "migration",
            "release",
            "change",
            "schema",
            "finding",
            "internal.text",
            "internal.sql");

    @ArchTest
    static final ArchRule batch = mayUse("batch", "migration", "internal.engine", "internal.mysql", "internal.sql");

    @ArchTest
    static final ArchRule flyway =
            mayUse("internal.flyway", "plan", "migration", "finding", "internal.engine", "internal.sql");

    @ArchTest
    static final ArchRule mysql =
            mayUse("internal.mysql", "migration", "release", "finding", "internal.engine", "internal.sql");

    @ArchTest
    static final ArchRule nodes = mayUse(
            "internal.cluster", "cluster", "plan", "release", "internal.engine", "internal.mysql", "internal.sql");

    @ArchTest
    static final ArchRule verify = mayUse("verify", "release", "internal.mysql", "internal.sql");

    @ArchTest
    static final ArchRule rootIsNotABackDoor = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".spring..", ROOT + ".cli..")
            .because("front ends use the front door, never the other way round");

    @ArchTest
    static final ArchRule theRootIsPromised = classes()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .bePublic()
            .because("what runs an upgrade lies below internal");

    @ArchTest
    static void theRootIsSmall(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(type -> type.getPackageName().equals(ROOT) && type.isTopLevelClass())
                        .filter(type -> !type.getSimpleName().equals("package-info")))
                .hasSizeLessThanOrEqualTo(MOST_IN_ROOT);
    }

    @ArchTest
    static final ArchRule arrowsGoOneWay =
            SlicesRuleDefinition.slices().assignedFrom(new Packages()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule flywayIsKnownInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".internal.flyway..")
            .and(not(resideInAPackage(ROOT + ".spring..").and(simpleNameContaining("Flyway"))))
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.flywaydb..").and(not(belongToAnyOf(Callback.class, Flyway.class))))
            .because("applications give callbacks and get a Flyway over the timeline; nothing else needs to know it");

    @ArchTest
    static final ArchRule theInsidesOfFlywayAreKnownInOnePackage =
            onlyIn("internal.flyway", "org.flywaydb.core.internal..");

    @ArchTest
    static final ArchRule theSqlParserIsKnownInOnePackage = onlyIn("internal.sql.analysis", "com.alibaba.druid..");

    @ArchTest
    static final ArchRule jsonIsKnownWhereItIsWritten = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".verify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..")
            .because("snapshots are JSON, and nothing else is");

    @ArchTest
    static final ArchRule springBootIsKnownInOnePackage =
            onlyIn("spring", "org.springframework.boot..", "org.springframework.context..", "io.micrometer..");

    @ArchTest
    static final ArchRule planningKnowsOnlyTheJdk = classes()
            .that()
            .resideInAnyPackage(
                    ROOT + ".finding..",
                    ROOT + ".release..",
                    ROOT + ".plan..",
                    ROOT + ".internal.plan..",
                    ROOT + ".change..",
                    ROOT + ".schema..",
                    ROOT + ".internal.sql..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "com.alibaba.druid", "com.alibaba.druid.sql..", ROOT + "..")
            .because("a pure function has no I/O, no clock and no logger");

    @ArchTest
    static final ArchRule planningAsksNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".finding..",
                    ROOT + ".release..",
                    ROOT + ".plan..",
                    ROOT + ".internal.plan..",
                    ROOT + ".change..",
                    ROOT + ".schema..",
                    ROOT + ".internal.sql..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "java.io..", "java.nio.file..", "java.net..")
                    .and(not(belongToAnyOf(READING))))
            .because("scripts are read from what opens them, and nothing else is");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule nobodyPrints = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    private static ArchRule mayUse(String name, String... others) {
        String[] allowed = Stream.concat(
                        Stream.of(ROOT + "." + name + ".."),
                        Arrays.stream(others).map(other -> ROOT + "." + other + ".."))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .because("the table of packages lets " + name + " use only " + Arrays.toString(others));
    }

    private static ArchRule onlyIn(String name, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    /** Those below the root, and below {@code internal}. */
    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!type.getPackageName().startsWith(ROOT + ".")) {
                return SliceIdentifier.ignore();
            }
            String below = type.getPackageName().substring(ROOT.length() + 1).replaceFirst("^internal\\.", "");
            return SliceIdentifier.of(below.replaceFirst("\\..*", ""));
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
