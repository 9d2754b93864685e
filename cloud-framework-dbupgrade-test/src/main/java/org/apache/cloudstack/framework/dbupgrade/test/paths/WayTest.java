package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One test: what is checked by itself, then the method at the end of the way. */
final class WayTest implements TestTemplateInvocationContext, InvocationInterceptor, ParameterResolver {

    private final String name;
    private final LazyJourney journey;
    private final Optional<UpgradePath> way;
    private final Runnable check;

    /** The test of a way that has to be there. */
    WayTest(String name, LazyJourney journey, UpgradePath way) {
        this(name, journey, Optional.of(way), () -> journey.check(way).arrives(way));
    }

    /** Another test, after which the method is not called. */
    WayTest(String name, LazyJourney journey, Runnable check) {
        this(name, journey, Optional.empty(), check);
    }

    private WayTest(String name, LazyJourney journey, Optional<UpgradePath> way, Runnable check) {
        this.name = name;
        this.journey = journey;
        this.way = way;
        this.check = check;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext extensionContext)
            throws Throwable {
        check.run();
        if (way.isEmpty()) {
            invocation.skip();
        } else if (invocationContext.getArguments().isEmpty()) {
            invocation.proceed();
        } else {
            journey.get().go(way.get());
            invocation.proceed();
            // the method may have changed what it was given
            journey.get().leave();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == MigratedDatabase.class || type == UpgradePath.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == UpgradePath.class
                ? way.orElse(null)
                : journey.get().database();
    }
}
