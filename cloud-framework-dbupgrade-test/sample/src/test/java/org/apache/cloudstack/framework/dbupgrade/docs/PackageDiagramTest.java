package org.apache.cloudstack.framework.dbupgrade.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade;
import org.junit.jupiter.api.Test;

/** The picture of the packages is drawn from the compiled library; {@code mvn -Ppages} draws it again. */
class PackageDiagramTest {

    private static final String ROOT = DatabaseUpgrade.class.getPackageName();

    @Test
    void thePictureIsThatOfTheCode() throws IOException {
        Map<String, Set<String>> uses = uses();
        // the flow takes the settings of the root and returns its reports; drawn, that would be a circle
        uses.getOrDefault("internal.flow", Set.of()).remove("root");
        List<String> lines = new ArrayList<>(List.of("```mermaid", "flowchart TD"));
        uses.forEach((user, used) -> used.stream()
                .filter(one -> used.stream().noneMatch(other -> !other.equals(one) && leadsTo(other, one, uses)))
                .forEach(one -> lines.add("  " + user + " --> " + one)));
        lines.add("```");

        new GeneratedPart(Handbook.page("design/architecture.md"), "packages").isThatOf(lines);
    }

    /** The library alone: its package names are those of the tool and the kit too. */
    private static Map<String, Set<String>> uses() {
        Location library = Location.of(
                DatabaseUpgrade.class.getProtectionDomain().getCodeSource().getLocation());
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importLocations(List.of(library));
        Map<String, Set<String>> uses = new TreeMap<>();
        // packed as a jar, it has a parser of others in it
        for (JavaClass type : classes.that(resideInAnyPackage(ROOT + ".."))) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                if (target.startsWith(ROOT) && !name(target).equals(name(type.getPackageName()))) {
                    uses.computeIfAbsent(name(type.getPackageName()), any -> new TreeSet<>())
                            .add(name(target));
                }
            }
        }
        return uses;
    }

    private static boolean leadsTo(String from, String to, Map<String, Set<String>> uses) {
        Set<String> next = uses.getOrDefault(from, Set.of());
        return next.contains(to) || next.stream().anyMatch(each -> leadsTo(each, to, uses));
    }

    /** Below the root, and of packages within packages the outer one. */
    private static String name(String packageName) {
        String below = packageName.equals(ROOT) ? "root" : packageName.substring(ROOT.length() + 1);
        return below.replaceFirst("^((?:internal\\.)?\\w+).*", "$1");
    }
}
