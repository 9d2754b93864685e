package org.apache.cloudstack.framework.dbupgrade;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.apache.cloudstack.framework.dbupgrade.preflight.Preflight;
import org.jspecify.annotations.Nullable;

/**
 * The databases of an upgrade: those that the settings name, or else the one that the URL of the data source names, which is
 * asked for once, when it is first needed.
 */
final class UpgradeTarget {

    /** Stands for the current database where no server is asked what it is called. */
    private static final String UNNAMED = "database";

    private final DatabaseUpgradeBuilder builder;
    private final UpgradeSettings stated;
    private final UpgradeListener listener;
    private @Nullable Named named;

    UpgradeTarget(DatabaseUpgradeBuilder builder, UpgradeListener listener) {
        this.builder = builder;
        this.stated = builder.settings;
        this.listener = listener;
    }

    private record Named(
            UpgradeSettings settings, Connections connections, UpgradePreconditions checks, Nodes servers) {}

    /** The settings as they were stated, which may name no database. */
    UpgradeSettings stated() {
        return stated;
    }

    /** The current database of migrations, for reading them without a server. */
    String firstStated() {
        return stated.schemas().stream().findFirst().orElse(UNNAMED);
    }

    UpgradeSettings settings() {
        return named().settings();
    }

    Connections connections() {
        return named().connections();
    }

    UpgradePreconditions checks() {
        return named().checks();
    }

    Nodes servers() {
        return named().servers();
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
                new Connections(builder.dataSource, settings.schemas()),
                new UpgradePreconditions(settings, new Preflight(builder.checks()), listener),
                Nodes.of(settings, builder.registries));
    }

    private String ofUrl() {
        return new Connections(builder.dataSource, List.of()).with(connection -> {
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
