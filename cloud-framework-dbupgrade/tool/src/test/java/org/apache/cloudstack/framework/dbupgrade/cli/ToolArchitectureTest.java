package org.apache.cloudstack.framework.dbupgrade.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Which packages of the tool may use which, and which library belongs to which package. */
@AnalyzeClasses(
        packages = "org.apache.cloudstack.framework.dbupgrade",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ToolArchitectureTest {

    private static final String ROOT = "org.apache.cloudstack.framework.dbupgrade";

    @ArchTest
    static final ArchRule backupUses =
            mayUse("backup", "preflight", "plan", "internal.mysql", "internal.sql", "release", "finding");

    @ArchTest
    static final ArchRule oscUses = mayUse("osc", "backup", "internal.engine", "internal.mysql", "internal.sql");

    @ArchTest
    static final ArchRule reportUses = mayUse("report", "release", "finding", "internal.text");

    @ArchTest
    static final ArchRule releasesUses = mayUse("releases", "release", "migration", "finding", "internal.scan");

    @ArchTest
    static final ArchRule importerUses =
            mayUse("importer", "releases", "release", "migration", "internal.scan", "internal.sql", "finding");

    @ArchTest
    static final ArchRule scratchUses = mayUse("scratch", "internal.mysql", "internal.sql");

    @ArchTest
    static final ArchRule nothingUsesTheFrontEnd = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".cli..");

    @ArchTest
    static final ArchRule theCommandLineIsKnownInOnePackage = onlyIn("cli", "picocli..");

    @ArchTest
    static final ArchRule gitIsKnownInOnePackage = onlyIn("releases", "org.eclipse.jgit..");

    private static ArchRule mayUse(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name), Arrays.stream(others))
                .map(each -> ROOT + "." + each + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))));
    }

    private static ArchRule onlyIn(String name, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }
}
