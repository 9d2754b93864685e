package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.UpgradeListener;
import org.apache.cloudstack.framework.dbupgrade.UpgradeRefusedException;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.cluster.NodeRegistry;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.cluster.Leases;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.internal.preflight.Preflight;
import org.jspecify.annotations.Nullable;

/**
 * The databases of an upgrade: those that the settings name, or else the one that the URL of the data source names, which is
 * asked for once, when it is first needed.
 */
public final class UpgradeTarget {

    /** Stands for the current database where no server is asked what it is called. */
    private static final String UNNAMED = "database";

    private final DataSource dataSource;
    private final UpgradeSettings stated;
    private final Preflight preflight;
    private final List<NodeRegistry> registries;
    private final UpgradeListener listener;
    private @Nullable Named named;

    /**
     * The databases of a data source.
     *
     * @param stated the settings as they were stated, which may name no database
     * @param registries who knows nodes, in addition to the library's own table and CloudStack's
     */
    public UpgradeTarget(
            DataSource dataSource,
            UpgradeSettings stated,
            Preflight preflight,
            List<NodeRegistry> registries,
            UpgradeListener listener) {
        this.dataSource = dataSource;
        this.stated = stated;
        this.preflight = preflight;
        this.registries = List.copyOf(registries);
        this.listener = listener;
    }

    private record Named(
            UpgradeSettings settings, Connections connections, UpgradePreconditions checks, Nodes servers) {}

    /** The settings as they were stated, which may name no database. */
    public UpgradeSettings stated() {
        return stated;
    }

    /** The current database of migrations, for reading them without a server. */
    public String firstStated() {
        return stated.schemas().stream().findFirst().orElse(UNNAMED);
    }

    public UpgradeSettings settings() {
        return named().settings();
    }

    public Connections connections() {
        return named().connections();
    }

    public UpgradePreconditions checks() {
        return named().checks();
    }

    public Nodes servers() {
        return named().servers();
    }

    /** Who upgrades these databases. */
    public Leases leases() {
        return new Leases(settings().schemas().get(0), settings().waits().leaseDuration());
    }

    private synchronized Named named() {
        if (named == null) {
            named = named(stated.schemas().isEmpty() ? stated.withSchemas(ofUrl()) : stated);
        }
        return named;
    }

    private Named named(UpgradeSettings settings) {
        return new Named(
                settings,
                new Connections(dataSource, settings.schemas()),
                new UpgradePreconditions(settings, preflight, listener),
                Nodes.of(settings, registries));
    }

    private String ofUrl() {
        return new Connections(dataSource, List.of()).with(connection -> {
            Optional<String> current = current(connection);
            if (current.isEmpty()) {
                throw new UpgradeRefusedException(
                        List.of(FindingCode.NO_DATABASE_NAMED.about(ServerErrors.address(connection))), null);
            }
            return current.get();
        });
    }

    /** The drivers' own answers differ with their settings. */
    private static Optional<String> current(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT DATABASE()")) {
            answer.next();
            return Optional.ofNullable(answer.getString(1));
        }
    }
}
