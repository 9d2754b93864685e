package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.internal.license.VersionPrinter;
import org.flywaydb.database.mysql.MySQLDatabaseType;
import org.junit.jupiter.api.Test;

/** The plug-in extends internals of Flyway, which promises none of them. */
class FlywayVersionTest {

    @Test
    void flywayStillCallsWhatThePluginOverrides() {
        assertThat(brokenIn(UpgradeDatabaseType.class)).isEmpty();
    }

    @Test
    void aMethodThatFlywayNoLongerHasIsNamed() {
        assertThat(brokenIn(Outdated.class))
                .singleElement()
                .asString()
                .contains("Flyway 12.", "no longer has MySQLDatabaseType.doLockHistory()", "internal.flyway");
    }

    private static final class Outdated extends MySQLDatabaseType {
        @SuppressWarnings("unused")
        void doLockHistory() {}
    }

    private static List<String> brokenIn(Class<?> plugin) {
        return Stream.concat(Stream.of(plugin), Arrays.stream(plugin.getDeclaredClasses()))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> !isInherited(method))
                .map(FlywayVersionTest::sentence)
                .toList();
    }

    private static boolean isInherited(Method method) {
        Class<?> parent = method.getDeclaringClass().getSuperclass();
        Stream<Method> inherited = Arrays.stream(parent.getMethods());
        for (Class<?> type = parent; type != null; type = type.getSuperclass()) {
            inherited = Stream.concat(inherited, Arrays.stream(type.getDeclaredMethods()));
        }
        return inherited.anyMatch(each ->
                each.getName().equals(method.getName()) && each.getParameterCount() == method.getParameterCount());
    }

    private static String sentence(Method method) {
        return "Flyway %s no longer has %s.%s(), which %s overrides. Find what replaces it in Flyway's sources, and adapt the package internal.flyway."
                .formatted(
                        VersionPrinter.getVersion(),
                        method.getDeclaringClass().getSuperclass().getSimpleName(),
                        method.getName(),
                        method.getDeclaringClass().getSimpleName());
    }
}
