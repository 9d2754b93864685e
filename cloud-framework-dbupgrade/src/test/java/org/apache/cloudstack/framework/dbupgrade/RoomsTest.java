package org.apache.cloudstack.framework.dbupgrade;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Callback;

/** Which room may use which, and which library belongs to which room. */
@AnalyzeClasses(
        packages = "org.apache.cloudstack.framework.dbupgrade",
        importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    private static final String ROOT = "org.apache.cloudstack.framework.dbupgrade";

    /** A script is a stream of characters. */
    private static final Class<?>[] READING = {
        Reader.class, BufferedReader.class, StringReader.class, IOException.class, UncheckedIOException.class
    };

    @ArchTest
    static final ArchRule findingUsesNoRoom = mayUse("finding");

    @ArchTest
    static final ArchRule releaseUsesNoRoom = mayUse("release");

    @ArchTest
    static final ArchRule sqlUsesNoRoom = mayUse("sql");

    @ArchTest
    static final ArchRule schemaUses = mayUse("schema", "sql");

    @ArchTest
    static final ArchRule migrationUses = mayUse("migration", "release", "schema", "sql", "finding");

    @ArchTest
    static final ArchRule planUses = mayUse("plan", "release", "migration", "sql", "finding");

    @ArchTest
    static final ArchRule preflightUses = mayUse("preflight", "plan", "preview", "finding");

    @ArchTest
    static final ArchRule checksUse =
            mayUse("checks", "preflight", "preview", "plan", "migration", "mysql", "sql", "release");

    @ArchTest
    static final ArchRule executeUses = mayUse("execute", "plan", "migration", "release", "sql", "finding");

    @ArchTest
    static final ArchRule batchUses = mayUse("batch", "migration", "execute", "mysql", "sql");

    @ArchTest
    static final ArchRule throttleUses = mayUse("throttle", "execute", "mysql");

    @ArchTest
    static final ArchRule flywayUses = mayUse("flyway", "execute", "plan", "migration", "sql", "finding");

    @ArchTest
    static final ArchRule mysqlUses = mayUse("mysql", "sql", "execute", "release", "finding");

    @ArchTest
    static final ArchRule leaseUses = mayUse("lease", "mysql", "execute", "release", "sql");

    @ArchTest
    static final ArchRule clusterUses = mayUse("cluster", "plan", "mysql", "release", "sql");

    @ArchTest
    static final ArchRule verifyUses = mayUse("verify", "release", "mysql", "sql");

    @ArchTest
    static final ArchRule previewUses = mayUse("preview", "plan", "execute", "mysql", "migration", "release", "sql");

    @ArchTest
    static final ArchRule rootIsNotABackDoor = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".spring..", ROOT + ".cli..")
            .because("front ends use the front door, never the other way round");

    @ArchTest
    static final ArchRule arrowsGoOneWay =
            SlicesRuleDefinition.slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule flywayIsKnownInOneRoom = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".flyway..")
            .and(not(resideInAPackage(ROOT + ".spring..").and(simpleNameContaining("Flyway"))))
            .should()
            .dependOnClassesThat(resideInAPackage("org.flywaydb..").and(not(type(Callback.class))))
            .because(
                    "Spring Boot looks for a bean of the type Flyway, and applications give callbacks; nothing else needs"
                            + " to know it");

    @ArchTest
    static final ArchRule theInsidesOfFlywayAreKnownInOneRoom = onlyIn("flyway", "org.flywaydb.core.internal..");

    @ArchTest
    static final ArchRule theSqlParserIsKnownInOneRoom = onlyIn("sql.analysis", "com.alibaba.druid..");

    @ArchTest
    static final ArchRule jsonIsKnownWhereItIsWritten = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".verify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..")
            .because("snapshots are JSON, and nothing else is");

    @ArchTest
    static final ArchRule springBootIsKnownInOneRoom =
            onlyIn("spring", "org.springframework.boot..", "org.springframework.context..", "io.micrometer..");

    @ArchTest
    static final ArchRule planningKnowsOnlyTheJdk = classes()
            .that()
            .resideInAnyPackage(
                    ROOT + ".finding..", ROOT + ".release..", ROOT + ".plan..", ROOT + ".schema..", ROOT + ".sql..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "com.alibaba.druid", "com.alibaba.druid.sql..", ROOT + "..")
            .because("a pure function has no I/O, no clock and no logger");

    @ArchTest
    static final ArchRule planningAsksNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".finding..", ROOT + ".release..", ROOT + ".plan..", ROOT + ".schema..", ROOT + ".sql..")
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

    private static ArchRule mayUse(String room, String... others) {
        String[] allowed = Stream.concat(
                        Stream.of(ROOT + "." + room + ".."),
                        Arrays.stream(others).map(other -> ROOT + "." + other + ".."))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .because("the table of rooms lets " + room + " use only " + Arrays.toString(others));
    }

    private static ArchRule onlyIn(String room, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }
}
