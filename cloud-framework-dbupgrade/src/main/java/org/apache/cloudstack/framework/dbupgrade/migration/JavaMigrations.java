package org.apache.cloudstack.framework.dbupgrade.migration;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.sql.footprint.DeclaredFootprint;

/** Turns classes and instances into migrations. */
final class JavaMigrations {

    private final MigrationInstances instances;

    JavaMigrations(MigrationInstances instances) {
        this.instances = instances;
    }

    /** A class of a migration location; empty when it is not a migration and does not claim to be one. */
    Optional<Migration> ofClass(String className, ClassLoader loader) throws RejectedException {
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
    Migration ofInstance(String name, JavaMigration instance, Class<?> type) throws RejectedException {
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

    private static Migration migration(String name, Class<?> type, Supplier<JavaMigration> instance)
            throws RejectedException {
        try {
            MigrationName parsed = NameRules.versioned(name);
            return new Migration(parsed, name, source(type, instance), changeId(type), directives(type));
        } catch (MalformedNameException e) {
            throw new RejectedException(FindingCode.MALFORMED_NAME.about(
                    type.getName(), e.problem(), e.example().replace('.', '_')));
        }
    }

    private static Source source(Class<?> type, Supplier<JavaMigration> instance) throws RejectedException {
        MigrationOptions options = type.getAnnotation(MigrationOptions.class);
        List<String> reads = options == null ? List.of() : List.of(options.reads());
        List<String> writes = options == null ? List.of() : List.of(options.writes());
        for (String name : Stream.concat(reads.stream(), writes.stream()).toList()) {
            if (!DeclaredFootprint.isName(name)) {
                throw new RejectedException(FindingCode.UNUSABLE_CLASS.about(
                        type.getName(), "'" + name + "' in its reads or writes is not table or table.column"));
            }
        }
        return new Source.Java(instance, type.getName(), reads, writes);
    }

    private static ChangeId changeId(Class<?> type) throws RejectedException {
        MigrationOptions options = type.getAnnotation(MigrationOptions.class);
        if (options != null && !options.revision().isEmpty()) {
            return ChangeId.ofRevision(options.revision());
        }
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new RejectedException(FindingCode.UNUSABLE_CLASS.about(
                        type.getName(), "it is no class of its own, so its content has no identity"));
            }
            return ChangeId.ofBytes(bytes.readAllBytes());
        } catch (IOException e) {
            throw new RejectedException(
                    FindingCode.UNUSABLE_CLASS.because(e.toString(), type.getName(), "its bytes cannot be read"));
        }
    }

    private static Directives directives(Class<?> type) throws RejectedException {
        MigrationOptions options = type.getAnnotation(MigrationOptions.class);
        DirectiveRules rules = new DirectiveRules(DirectiveRules.Subject.CLASS);
        if (options != null) {
            accept(type, rules, "sql_mode", options.sqlMode());
            accept(type, rules, "phase", options.phase());
            accept(type, rules, "reason", options.reason());
            accept(type, rules, "supersedes", options.supersedes());
            accept(type, rules, "commutes-with", options.commutesWith());
            accept(type, rules, "resolves", options.resolves());
            accept(type, rules, "waive", options.waive());
        }
        return rules.directives();
    }

    private static void accept(Class<?> type, DirectiveRules rules, String key, String... values)
            throws RejectedException {
        for (String value : values) {
            if (!value.isEmpty() && !rules.accept(key, value)) {
                throw new RejectedException(FindingCode.UNUSABLE_CLASS.about(
                        type.getName(),
                        "its option " + key + "=" + value + " is not one of: " + rules.possibilities()));
            }
        }
    }
}
