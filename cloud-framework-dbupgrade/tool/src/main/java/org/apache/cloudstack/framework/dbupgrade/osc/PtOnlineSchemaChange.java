package org.apache.cloudstack.framework.dbupgrade.osc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.backup.TlsMode;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopier;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.Schemas.TableName;

/**
 * Lets pt-online-schema-change of the Percona Toolkit make a copy of a table and keep it in step by triggers, and puts the copy
 * in the table's place. The executable is asked only where it does what the server would do; the copy has to be like an empty one
 * that the server changed itself.
 */
public final class PtOnlineSchemaChange implements TableCopier {

    private static final String NAME = "pt-online-schema-change";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$-]+");
    private static final int DIGITS_IN_NAMES = 16;

    private final DumpTarget target;
    private final List<Path> folders;
    private final RetryPolicy locks;
    private final Duration lockWait;

    /**
     * The executable of the first of these directories that has it.
     *
     * @param target the server, and the account of the upgrade
     * @param locks how long to try for the lock in which the copy takes the table's place
     * @param lockWait how long each try waits, while others wait after it
     */
    public PtOnlineSchemaChange(DumpTarget target, List<Path> folders, RetryPolicy locks, Duration lockWait) {
        this.target = target;
        this.folders = List.copyOf(folders);
        this.locks = locks;
        this.lockWait = lockWait;
    }

    @Override
    public Optional<String> copy(Connection connection, Copying copying) throws SQLException {
        removeRemains(connection, copying);
        TableCopy copy = copyFor(copying);
        Optional<Path> program = program();
        Optional<String> objection = program.isEmpty() ? Optional.of(NAME + " is not on the PATH") : objection(copy);
        if (objection.isEmpty()) {
            objection = CopyObstacles.of(connection, copy.table());
        }
        connection.commit();
        if (objection.isPresent()) {
            return objection;
        }
        PtOscRun run = new PtOscRun(connection, copying, copy, locks);
        Trial trial = trial(connection, copying, copy);
        return trial.objection().isPresent()
                ? trial.objection()
                : run.run(program.orElseThrow(), target, lockWait.toSeconds(), trial.shape());
    }

    /**
     * What the server made of an empty copy.
     *
     * @param shape what it is like
     * @param objection why no executable is to make it
     */
    private record Trial(TableShape shape, Optional<String> objection) {}

    private static Trial trial(Connection connection, Copying copying, TableCopy copy) throws SQLException {
        try {
            copy.begin(connection);
            copy.alter(connection, copying.alteration());
            TableShape shape = TableShape.of(connection, copy.copied());
            Optional<String> objection = CopyObstacles.ofConstraints(connection, copy.copied());
            return new Trial(
                    shape,
                    objection.isPresent()
                            ? objection
                            : new PtOscEligibility(TableShape.of(connection, copy.table()), shape).objection());
        } finally {
            copy.remove(connection);
            connection.commit();
        }
    }

    private Optional<String> objection(TableCopy copy) {
        if (target.tls() != TlsMode.PREFERRED && target.tls() != TlsMode.DISABLED) {
            return Optional.of("the URL asks for TLS, which " + NAME + " cannot be held to");
        }
        TableName table = copy.table();
        return PLAIN.matcher(table.schema() + table.name()).matches()
                ? Optional.empty()
                : Optional.of(NAME + " takes no names with other characters than letters, digits, _, $ and -");
    }

    private Optional<Path> program() {
        return folders.stream()
                .map(folder -> folder.resolve(NAME))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    @Override
    public void removeRemains(Connection connection, Copying copying) throws SQLException {
        new PtOscRun(connection, copying, copyFor(copying), locks).removeRemains();
    }

    private static TableCopy copyFor(Copying copying) {
        String schema = copying.alteration().schema().orElseThrow();
        byte[] statement = (schema + "#" + copying.key()).getBytes(StandardCharsets.UTF_8);
        String id = HexFormat.of().formatHex(sha256().digest(statement)).substring(0, DIGITS_IN_NAMES);
        return new TableCopy(
                new TableName(schema, copying.alteration().table()), "_dbupgrade_new_" + id, "_dbupgrade_old_" + id);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
