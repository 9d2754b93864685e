package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.InterruptionReading;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.KeptTables;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.StatementPhase;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnDefinition;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowSelection;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;
import org.apache.cloudstack.framework.dbupgrade.lint.LintFinding;
import org.apache.cloudstack.framework.dbupgrade.lint.LintRule;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;

/**
 * Rules about single statements, checked in the order in which a fresh install runs them: what an earlier one created is
 * known to the later ones.
 */
final class StatementRules {

    private final Set<String> procedures = new HashSet<>();
    /** Tables whose ids the server does not count up, so that it gives none of them to a row of an operator. */
    private final Set<String> idsByHand = new HashSet<>();

    private final Set<String> tablesOfRelease = new HashSet<>();
    private final List<LintFinding> findings = new ArrayList<>();
    /** No server is asked, so these are the engines with transactions that servers are known to have. */
    private final InterruptionReading interruptions =
            new InterruptionReading(new KeptTables(Set.of("innodb", "ndb", "ndbcluster", "rocksdb", "tokudb")), false);

    List<LintFinding> findings() {
        return findings;
    }

    /** Tables created in a release hold no rows of operators until it ships. */
    void beginRelease() {
        tablesOfRelease.clear();
    }

    void check(MigrationReading reading) {
        for (Analysis statement : reading.statements()) {
            check(reading.migration(), statement);
            statement.operations().forEach(this::remember);
        }
        checkPhase(reading);
        checkInterruptions(reading);
    }

    private void checkInterruptions(MigrationReading reading) {
        List<InterruptionReading.Left> left = interruptions.read(reading.statements());
        // a repeatable starts again from its first statement
        if (reading.migration() instanceof VersionedMigration versioned) {
            left.forEach(each -> findings.add(new LintFinding(
                    each.reason() == InterruptionReading.Reason.SESSION
                            ? LintRule.SESSION_STRETCH
                            : LintRule.KEEPS_ROWS,
                    versioned.script(),
                    each.line(),
                    each.problem())));
        }
    }

    private void check(Migration migration, Analysis statement) {
        for (String reason : statement.nonDeterministic()) {
            add(LintRule.NON_DETERMINISTIC, migration, statement, reason);
        }
        AllColumnsRule.problems(statement)
                .forEach(problem -> add(LintRule.VIEW_OF_ALL_COLUMNS, migration, statement, problem));
        CollationRule.problems(statement)
                .forEach(problem -> add(LintRule.CHARSET_WITHOUT_COLLATION, migration, statement, problem));
        statement.dependsOnRows().ifPresent(reason -> add(LintRule.DEPENDS_ON_ROWS, migration, statement, reason));
        for (Analysis.LiteralId id : statement.literalIds()) {
            if (!tablesOfRelease.contains(key(id.table())) && !idsByHand.contains(key(id.table()))) {
                add(
                        LintRule.LITERAL_ID,
                        migration,
                        statement,
                        "a new row of " + id.table() + " gets the id " + id.value());
            }
        }
        for (ObjectName procedure : statement.calls()) {
            if (!procedures.contains(key(procedure))) {
                add(LintRule.CALL_BEFORE_CREATION, migration, statement, "nothing before creates " + procedure);
            }
        }
        boolean isKnownCall = !statement.calls().isEmpty()
                && statement.calls().stream().allMatch(procedure -> procedures.contains(key(procedure)))
                && statement.operations().stream().allMatch(UndecidedOperation.CallProcedure.class::isInstance);
        if (!isKnownCall) {
            statement.unknown().ifPresent(reason -> add(LintRule.UNKNOWN_EFFECT, migration, statement, reason));
        }
    }

    private void remember(Operation operation) {
        if (operation instanceof ObjectOperation.CreateRoutine created) {
            procedures.add(key(created.name()));
        } else if (operation instanceof ObjectOperation.DropRoutine dropped) {
            procedures.remove(key(dropped.name()));
        } else if (operation instanceof TableOperation.CreateTable created) {
            tablesOfRelease.add(key(created.table()));
            created.columns().forEach(column -> rememberId(created.table(), column));
        } else if (operation instanceof ColumnOperation.ChangeColumn change) {
            rememberId(change.table(), change.definition());
        } else if (operation instanceof ColumnOperation.AddColumn add) {
            rememberId(add.table(), add.definition());
        }
    }

    private void rememberId(ObjectName table, ColumnDefinition column) {
        if (!column.name().equalsIgnoreCase(RowSelection.ID)) {
            return;
        }
        if (column.autoIncrement()) {
            idsByHand.remove(key(table));
        } else {
            idsByHand.add(key(table));
        }
    }

    private void checkPhase(MigrationReading reading) {
        Optional<Phase> declared = reading.migration().directives().phase();
        Optional<StatementPhase> contract = reading.firstContract();
        if (declared.isEmpty()) {
            return;
        }
        if (declared.get() != Phase.CONTRACT && contract.isPresent()) {
            add(
                    LintRule.PHASE_CONTRADICTED,
                    reading.migration(),
                    contract.get().statement(),
                    "it is declared " + text(declared.get()) + ", and this takes something away: "
                            + contract.get().reason());
        }
        if (declared.get() == Phase.MIGRATE && reading.firstDefinition().isPresent() && contract.isEmpty()) {
            add(
                    LintRule.PHASE_CONTRADICTED,
                    reading.migration(),
                    reading.firstDefinition().get(),
                    "it is declared migrate, and this changes a definition");
        }
        if (declared.get() == Phase.CONTRACT && addsOnly(reading)) {
            add(
                    LintRule.PHASE_CONTRADICTED,
                    reading.migration(),
                    reading.statements().get(0),
                    "it is declared contract, and no statement takes anything away");
        }
    }

    /** Rows may be so that older nodes cannot do without them, which their author knows. */
    private static boolean addsOnly(MigrationReading reading) {
        return reading.phases().first(Phase.EXPAND).isPresent()
                && reading.phases().first(Phase.CONTRACT).isEmpty()
                && reading.phases().first(Phase.MIGRATE).isEmpty();
    }

    private static String text(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private void add(LintRule rule, Migration migration, Analysis statement, String problem) {
        findings.add(
                new LintFinding(rule, migration.script(), statement.statement().line(), problem));
    }

    private static String key(ObjectName name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
