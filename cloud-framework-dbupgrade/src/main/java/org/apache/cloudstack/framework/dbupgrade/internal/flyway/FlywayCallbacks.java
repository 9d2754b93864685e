package org.apache.cloudstack.framework.dbupgrade.internal.flyway;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.migration.CallbackScript;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * What Flyway calls around migrations. What a callback changes is committed with the next record of the upgrade.
 *
 * @param beans callbacks in Java
 * @param scripts SQL callbacks, which lie beside the migrations
 */
public record FlywayCallbacks(List<Callback> beans, List<CallbackScript> scripts) {

    /** No callbacks. */
    public static final FlywayCallbacks NONE = new FlywayCallbacks(List.of(), List.of());

    public FlywayCallbacks {
        beans = List.copyOf(beans);
        scripts = List.copyOf(scripts);
    }

    boolean isEmpty() {
        return beans.isEmpty() && scripts.isEmpty();
    }

    FluentConfiguration addTo(FluentConfiguration configuration) {
        return configuration
                .callbacks(beans.toArray(Callback[]::new))
                .skipDefaultCallbacks(scripts.isEmpty())
                .resourceProvider(new CallbackFiles(scripts));
    }
}
