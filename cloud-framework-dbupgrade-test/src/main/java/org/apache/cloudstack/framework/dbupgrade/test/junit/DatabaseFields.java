package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The fields of a test class that get a database. */
record DatabaseFields(Class<?> testClass, boolean isClassAnnotated) {

    /** The fields, those of superclasses first. */
    List<Field> find(boolean isStatic) {
        return ReflectionSupport.findFields(testClass, this::isOne, HierarchyTraversalMode.TOP_DOWN).stream()
                .filter(field -> Modifier.isStatic(field.getModifiers()) == isStatic)
                .peek(DatabaseFields::requireFitting)
                .toList();
    }

    private boolean isOne(Field field) {
        // one that a class makes itself is its own
        return own(field).isPresent()
                || isClassAnnotated
                        && field.getType() == MigratedDatabase.class
                        && !Modifier.isFinal(field.getModifiers());
    }

    static Optional<UpgradeDatabase> own(Field field) {
        return AnnotationSupport.findAnnotation(field, UpgradeDatabase.class);
    }

    static String describe(Field field) {
        return "field " + field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    private static void requireFitting(Field field) {
        if (field.getType() != MigratedDatabase.class) {
            throw new ExtensionConfigurationException("@UpgradeDatabase is on " + describe(field) + ", whose type is "
                    + field.getType().getName() + ". Make it a " + MigratedDatabase.class.getSimpleName() + ".");
        }
        if (Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException("@UpgradeDatabase is on " + describe(field)
                    + ", which is final, so that nothing can be written to it. Take the final away.");
        }
    }

    /** Writes a field, a private one too. */
    static void set(Field field, Object instance, MigratedDatabase database) {
        try {
            field.setAccessible(true);
            field.set(Modifier.isStatic(field.getModifiers()) ? null : instance, database);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new ExtensionConfigurationException(
                    "Nothing can be written to " + describe(field) + ". Open its package to the test kit.", e);
        }
    }
}
