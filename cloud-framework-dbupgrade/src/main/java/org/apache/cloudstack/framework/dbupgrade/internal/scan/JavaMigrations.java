package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Directives;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;

/** Turns classes and instances into migrations. */
public final class JavaMigrations {

    private final MigrationInstances instances;

    public JavaMigrations(MigrationInstances instances) {
        this.instances = instances;
    }

    /** A class of a migration location; empty when it is not a migration and does not claim to be one. */
    Optional<VersionedMigration> ofClass(String className, ClassLoader loader) throws RejectedException {
        Class<?> type = load(className, loader);
        boolean claims = type.getSimpleName().startsWith("V_");
        if (!JavaMigration.class.isAssignableFrom(type)) {
            if (claims) {
                throw new RejectedException(FindingCode.UNUSABLE_CLASS.about(
                        className, "it does not implement " + JavaMigration.class.getSimpleName()));
            }
            return Optional.empty();
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            if (claims) {
                throw new RejectedException(FindingCode.UNUSABLE_CLASS.about(className, "it is abstract"));
            }
            return Optional.empty();
        }
        Class<? extends JavaMigration> migration = type.asSubclass(JavaMigration.class);
        return Optional.of(migration(type.getSimpleName(), migration, () -> instantiate(migration)));
    }

    /** An instance made elsewhere, such as a bean. */
    public VersionedMigration ofInstance(String name, JavaMigration instance, Class<?> type) throws RejectedException {
        String simpleName = type.getSimpleName();
        return migration(simpleName.startsWith("V_") ? simpleName : name, type, () -> instance);
    }

    private static Class<?> load(String className, ClassLoader loader) throws RejectedException {
        try {
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new RejectedException(
                    FindingCode.UNUSABLE_CLASS.because(e.toString(), className, "it cannot be loaded"));
        }
    }

    private JavaMigration instantiate(Class<? extends JavaMigration> type) {
        try {
            return instances.create(type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make an instance of " + type.getName() + ": " + e, e);
        }
    }

    private static VersionedMigration migration(String name, Class<?> type, Supplier<JavaMigration> instance)
            throws RejectedException {
        JavaOptions options = new JavaOptions(type);
        MigrationName parsed = parse(name, type);
        if (SchemaMigration.class.isAssignableFrom(type)) {
            StatedChange stated = StatedChange.of(type, made(type, instance));
            Directives directives = stated.directives(options);
            return new VersionedMigration(parsed, name, stated.source(), stated.changeId(directives), directives);
        }
        Source source = new Source.Java(instance, type.getName(), options.reads(), options.writes());
        return new VersionedMigration(parsed, name, source, changeId(parsed, type, options), options.directives());
    }

    private static MigrationName parse(String name, Class<?> type) throws RejectedException {
        try {
            return NameRules.versioned(name);
        } catch (MalformedNameException e) {
            throw new RejectedException(FindingCode.MALFORMED_NAME.about(
                    type.getName(), e.problem(), e.example().replace('.', '_')));
        }
    }

    /** What is only stated is asked for at once, unlike what runs. */
    private static SchemaMigration made(Class<?> type, Supplier<JavaMigration> instance) throws RejectedException {
        try {
            return (SchemaMigration) instance.get();
        } catch (RuntimeException e) {
            throw new RejectedException(
                    FindingCode.UNUSABLE_CLASS.because(e.toString(), type.getName(), "no instance of it can be made"));
        }
    }

    private static ChangeId changeId(MigrationName name, Class<?> type, JavaOptions options) throws RejectedException {
        String identity = options.cutFrom().orElse(name.identity());
        if (!options.revision().isEmpty()) {
            return ChangeId.ofRevision(identity, options.revision());
        }
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new RejectedException(FindingCode.UNUSABLE_CLASS.about(
                        type.getName(), "it is no class of its own, so its content has no identity"));
            }
            return ChangeId.ofClass(identity, bytes.readAllBytes());
        } catch (IOException e) {
            throw new RejectedException(
                    FindingCode.UNUSABLE_CLASS.because(e.toString(), type.getName(), "its bytes cannot be read"));
        }
    }
}
