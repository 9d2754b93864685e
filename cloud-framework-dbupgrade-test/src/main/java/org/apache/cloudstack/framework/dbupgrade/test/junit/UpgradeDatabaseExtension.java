package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests what {@link UpgradeDatabase} asks for. That annotation registers it, so that a test needs no more than
 * {@code @UpgradeDatabase(at = "4.5.2")}.
 */
public final class UpgradeDatabaseExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    /** The configuration parameter that says how long a test waits for a server. */
    public static final String WAIT = "dbupgrade.test.wait";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Namespace NAMESPACE = Namespace.create(UpgradeDatabaseExtension.class);
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";
    private static final String LAST = "last";
    private static final String OF_ANOTHER = "another extension gives it";

    // Servers are one per JVM by nature, and so is what they keep.
    private static final States STATES = new States();

    /** Made by JUnit. */
    public UpgradeDatabaseExtension() {}

    /** So that the parameter of a constructor belongs to the test that the instance is made for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** Fills static fields. */
    @Override
    public void beforeAll(ExtensionContext context) {
        fill(context, context.getRequiredTestClass(), true, context);
    }

    /** Fills the fields of the test's instance, and of those around it. */
    @Override
    public void beforeEach(ExtensionContext context) {
        requireOneAtATime(context);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            fill(context, instance.getClass(), false, instance);
        }
    }

    private static void fill(ExtensionContext context, Class<?> testClass, boolean isStatic, Object instance) {
        for (Field field :
                new DatabaseFields(testClass, !classAnnotations(context).isEmpty()).find(isStatic)) {
            // a static field of a superclass is filled for the class that is run
            MigratedDatabase database = give(context, DatabaseFields.own(field), DatabaseFields.describe(field));
            DatabaseFields.set(field, instance, database);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        boolean isOne = parameter.getParameter().getType() == MigratedDatabase.class;
        if (!isOne && parameter.isAnnotated(UpgradeDatabase.class)) {
            throw new ExtensionConfigurationException(
                    "@UpgradeDatabase is on " + describe(parameter) + ", whose type is "
                            + parameter.getParameter().getType().getName() + ". Make it a "
                            + MigratedDatabase.class.getSimpleName() + ".");
        }
        return isOne && context.getStore(NAMESPACE).get(OF_ANOTHER) == null;
    }

    /** Lets another extension give the parameters of these tests, also where their class is annotated. */
    public static void leaveParametersOf(ExtensionContext tests) {
        tests.getStore(NAMESPACE).put(OF_ANOTHER, true);
    }

    /** The databases and migrations that the annotations around a test ask for; those of its application unless they do. */
    public static UpgradeSettings settingsAround(ExtensionContext test) {
        return request(test, Optional.empty()).settings();
    }

    private static PauseFlag request(ExtensionContext context, Optional<UpgradeDatabase> own) {
        return PauseFlag.of(
                context.getRequiredTestClass(),
                Stream.of(classAnnotations(context).stream(), methodAnnotation(context).stream(), own.stream())
                        .flatMap(annotations -> annotations));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return give(context, parameter.findAnnotation(UpgradeDatabase.class), describe(parameter));
    }

    private static String describe(ParameterContext context) {
        Parameter parameter = context.getParameter();
        return "parameter " + parameter.getName() + " of "
                + context.getDeclaringExecutable().getDeclaringClass().getSimpleName() + "."
                + context.getDeclaringExecutable().getName();
    }

    private static MigratedDatabase give(ExtensionContext context, Optional<UpgradeDatabase> own, String owner) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        Optional<UpgradeDatabase> ofMethod = methodAnnotation(context);
        LeasedDatabase last = store.get(LAST, LeasedDatabase.class);
        if (last != null && own.isEmpty() && (ofMethod.isEmpty() || !last.isOfClass())) {
            return last.database();
        }
        PauseFlag request = request(context, own);
        String server = kind(request);
        LeasedDatabase present = store.get(server, LeasedDatabase.class);
        if (present != null) {
            if (present.request().equals(request) && !(own.isPresent() && present.isOwn())) {
                return present.database();
            }
            throw second(context, owner, request, present);
        }
        LeasedDatabase taken = LeasedDatabase.take(
                request, owner, own.isPresent(), context.getTestMethod().isEmpty(), longestWait(context), STATES);
        store.put(server, taken);
        store.put(LAST, taken);
        return taken.database();
    }

    private static ExtensionConfigurationException second(
            ExtensionContext context, String owner, PauseFlag request, LeasedDatabase present) {
        return new ExtensionConfigurationException("In " + context.getDisplayName() + ", " + owner
                + " asks for a second database (" + request + ") on the server where " + present.owner() + " has one ("
                + present.request() + "). Scripts name their databases, so a test has one on each server: use that one,"
                + " name another server, or make another test"
                + (present.isOfClass() ? "; a field that is not static is filled for each test again." : "."));
    }

    private static String kind(PauseFlag request) {
        try {
            return TestServers.kind(request.server());
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException("@UpgradeDatabase: " + e.getMessage(), e);
        }
    }

    /** The annotations of the classes around the test and of its own, the outermost first. */
    private static List<UpgradeDatabase> classAnnotations(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        context.getTestClass().ifPresent(classes::add);
        return classes.stream()
                .flatMap(each -> AnnotationSupport.findAnnotation(each, UpgradeDatabase.class).stream())
                .toList();
    }

    private static Optional<UpgradeDatabase> methodAnnotation(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, UpgradeDatabase.class));
    }

    /** Tests that run at the same time cannot have one database together. */
    private static void requireOneAtATime(ExtensionContext context) {
        boolean isParallel = context.getExecutionMode() == ExecutionMode.CONCURRENT
                && context.getConfigurationParameter(PARALLEL, Boolean::valueOf).orElse(false);
        LeasedDatabase last = context.getStore(NAMESPACE).get(LAST, LeasedDatabase.class);
        if (isParallel && last != null && last.isOfClass()) {
            throw new ExtensionConfigurationException(
                    "All tests of " + context.getRequiredTestClass().getSimpleName()
                            + " have the database of " + last.owner()
                            + ", and may run at the same time. Annotate the class with"
                            + " @Execution(ExecutionMode.SAME_THREAD), or give each test its own: with a field that is not static,"
                            + " or a parameter.");
        }
    }

    /** How long a test waits for a server, as {@value #WAIT} says. */
    public static Duration longestWait(ExtensionContext context) {
        return context.getConfigurationParameter(WAIT, Duration::parse).orElse(LONGEST_WAIT);
    }
}
