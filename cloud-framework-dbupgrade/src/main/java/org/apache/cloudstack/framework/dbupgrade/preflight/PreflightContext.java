package org.apache.cloudstack.framework.dbupgrade.preflight;

import java.sql.Connection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.plan.Plan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What a {@link PreflightCheck} looks at.
 *
 * @param connection a connection whose current database is the first schema; for reading only. On a fresh install
 *     ({@link Plan#isFreshInstall()}) the schema may not exist yet.
 * @param plan what the upgrade is about to do
 * @param schemas the names of all databases of the upgrade
 * @param impact what each step means; it is made when a check asks for it, which reads every pending script
 */
public record PreflightContext(Connection connection, Plan plan, List<String> schemas, Supplier<PlanImpact> impact) {

    public PreflightContext {
        schemas = List.copyOf(schemas);
    }

    /** A client for the connection. */
    public JdbcClient jdbc() {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }
}
