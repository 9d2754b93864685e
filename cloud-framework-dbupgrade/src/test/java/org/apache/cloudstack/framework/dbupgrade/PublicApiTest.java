package org.apache.cloudstack.framework.dbupgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is public outside {@code internal} is a promise: it is small, and stands on nothing that is none. */
class PublicApiTest {

    private static final String ROOT = "org.apache.cloudstack.framework.dbupgrade";
    private static final int MOST_TYPES = 107;
    private static final int MOST_PARAMETERS = 6;

    /** The text of a script may be too large to be held, and what copies tables comes with the tool: neither is for others. */
    private static final Set<String> OF_THE_LIBRARY =
            Set.of("migration.Migration", "migration.Source$Script", "DatabaseUpgradeBuilder");

    /** The settings and reports that are not parted by subject yet. */
    private static final Set<String> LONG = Set.of("UpgradeSettings", "UpgradeStatus", "UpgradeReport", "Verification");

    private final JavaClasses library = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void itIsSmall() {
        assertThat(promised(library).filter(JavaClass::isTopLevelClass)).hasSizeLessThanOrEqualTo(MOST_TYPES);
    }

    @Test
    void noSignatureMentionsWhatIsInternal() {
        assertThat(promised(library)
                        .filter(type -> !mentionsOfInternals(type).isEmpty())
                        .map(PublicApiTest::name))
                .containsExactlyInAnyOrderElementsOf(OF_THE_LIBRARY);
    }

    @Test
    void constructorsAreShort() {
        assertThat(promised(library).filter(PublicApiTest::hasLongConstructor).map(PublicApiTest::name))
                .containsExactlyInAnyOrderElementsOf(LONG);
    }

    @Test
    void noMethodTakesAnOptional() {
        assertThat(promised(library).filter(PublicApiTest::takesOptional).map(PublicApiTest::name))
                .isEmpty();
    }

    @Test
    void aTypeThatBreaksTheRulesIsFound() {
        JavaClasses classes = new ClassFileImporter().importClasses(BrokenApi.class);
        JavaClass broken = classes.get(BrokenApi.class);

        assertThat(promised(classes)).containsExactly(broken);
        assertThat(mentionsOfInternals(broken)).hasSize(3);
        assertThat(hasLongConstructor(broken)).isTrue();
        assertThat(takesOptional(broken)).isTrue();
    }

    private static Stream<JavaClass> promised(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getPackageName().startsWith(ROOT))
                .filter(type -> !type.getPackageName().startsWith(ROOT + ".internal"))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(PublicApiTest::isSeen);
    }

    private static boolean isSeen(JavaClass type) {
        boolean isPublic = type.getModifiers().contains(JavaModifier.PUBLIC);
        return isPublic && type.getEnclosingClass().map(PublicApiTest::isSeen).orElse(true);
    }

    private static List<String> mentionsOfInternals(JavaClass type) {
        Stream<String> units = type.getCodeUnits().stream()
                .filter(unit -> isPromised(unit.getModifiers()))
                .filter(unit -> signature(unit).anyMatch(PublicApiTest::isInternal))
                .map(JavaCodeUnit::getFullName);
        Stream<String> fields = type.getFields().stream()
                .filter(field -> isPromised(field.getModifiers()))
                .filter(field -> isInternal(field.getType()))
                .map(JavaField::getFullName);
        return Stream.concat(units, fields).toList();
    }

    private static Stream<JavaType> signature(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
    }

    private static boolean isInternal(JavaType type) {
        return type.getAllInvolvedRawTypes().stream()
                .anyMatch(raw -> raw.getBaseComponentType().getPackageName().startsWith(ROOT + ".internal"));
    }

    private static boolean hasLongConstructor(JavaClass type) {
        return type.getConstructors().stream()
                .filter(each -> isPromised(each.getModifiers()))
                .map(JavaConstructor::getRawParameterTypes)
                .anyMatch(parameters -> parameters.size() > MOST_PARAMETERS);
    }

    private static boolean takesOptional(JavaClass type) {
        return type.getMethods().stream()
                .filter(each -> isPromised(each.getModifiers()))
                .map(JavaMethod::getRawParameterTypes)
                .flatMap(List::stream)
                .anyMatch(parameter -> parameter.isEquivalentTo(Optional.class));
    }

    private static boolean isPromised(Set<JavaModifier> modifiers) {
        boolean isSeen = modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
        return isSeen && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static String name(JavaClass type) {
        return type.getName().substring(ROOT.length() + 1);
    }
}
