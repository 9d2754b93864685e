package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a {@link PreflightCheck} looks at.
 *
 * @param jdbc a client whose current database is the first schema; for reading only. On a fresh install
 *     ({@link Plan#isFreshInstall()}) the schema may not exist yet.
 * @param plan what the upgrade is about to do
 * @param schemas the names of all databases of the upgrade
 */
public record PreflightContext(JdbcClient jdbc, Plan plan, List<String> schemas) {

    public PreflightContext {
        schemas = List.copyOf(schemas);
    }
}
