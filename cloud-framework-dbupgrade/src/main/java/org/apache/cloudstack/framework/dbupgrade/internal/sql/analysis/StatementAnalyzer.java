package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableAddColumn;
import com.alibaba.druid.sql.ast.statement.SQLAlterTableStatement;
import com.alibaba.druid.sql.ast.statement.SQLColumnDefinition;
import com.alibaba.druid.sql.dialect.mysql.parser.MySqlStatementParser;
import com.alibaba.druid.sql.parser.ParserException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.LongScript;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ColumnOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.RowOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.SessionOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.UndecidedOperation;

/**
 * Reports what the statements of a script do, read and write. A statement that cannot be read, or whose effect it does
 * not show, comes back as unknown with the reason; none is dropped, and no statement makes this fail: whatever the parser
 * throws, an error of the JVM too, says no more than that the parser cannot read it.
 */
public final class StatementAnalyzer {

    private static final Pattern ABOUT_PROCEDURES = Pattern.compile("(?i)\\bPROCEDURE\\b|\\s*USE\\b");
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+), token (.*)$", Pattern.DOTALL);

    private final KnownProcedures procedures;

    /** An analysis of scripts that call no procedures but their own. */
    public StatementAnalyzer() {
        this(KnownProcedures.NONE);
    }

    /** An analysis of a script that finds the given procedures when it starts. */
    public StatementAnalyzer(KnownProcedures procedures) {
        this.procedures = procedures;
    }

    /**
     * The procedures that are known when a script has run.
     *
     * @param currentSchema the database that is current when the script starts
     */
    public KnownProcedures after(List<SqlStatement> statements, String currentSchema) {
        Script script = new Script(new Names(currentSchema), procedures);
        statements.stream()
                .filter(statement -> ABOUT_PROCEDURES.matcher(statement.text()).find())
                .forEach(script::analyze);
        return script.procedures;
    }

    /**
     * The text that the last of some statements runs, which is prepared; empty when it runs none, or that is not known.
     *
     * @param currentSchema the database that is current when the script starts
     */
    public Optional<String> executed(List<SqlStatement> statements, String currentSchema) {
        Script script = new Script(new Names(currentSchema), procedures);
        statements.subList(0, statements.size() - 1).forEach(script::analyze);
        SqlStatement last = statements.get(statements.size() - 1);
        try {
            SQLStatement parsed = parse(ReadableText.of(last.withoutSettings()).sql());
            return new Dynamic(script.procedures, script.names, script.values).executed(parsed);
        } catch (ParserException | Undecided e) {
            return Optional.empty();
        }
    }

    /**
     * Analyzes a script. Names without a database belong to the current one, which {@code USE} changes on the way.
     *
     * @param currentSchema the database that is current when the script starts; empty when there is none
     */
    public List<Analysis> analyze(List<SqlStatement> statements, String currentSchema) {
        Script script = new Script(new Names(currentSchema), procedures);
        return LongScript.representatives(statements).stream()
                .map(script::analyze)
                .toList();
    }

    /** What earlier statements of a script say about later ones. */
    private static final class Script {

        private final UserVariables variables = new UserVariables();
        private final KnownValues values = new KnownValues();
        private KnownProcedures procedures;
        private Names names;

        Script(Names names, KnownProcedures procedures) {
            this.names = names;
            this.procedures = procedures;
        }

        Analysis analyze(SqlStatement statement) {
            try {
                ReadableText text = ReadableText.of(statement.withoutSettings());
                return text.isBlank() ? Analysis.decided(statement, List.of()) : analyze(statement, text);
            } catch (Exception | Error e) {
                return Analysis.unknown(statement, reason(e, statement.line()));
            }
        }

        private Analysis analyze(SqlStatement statement, ReadableText text) {
            try {
                return analyze(statement, text, parse(text.sql()));
            } catch (Exception | Error e) {
                values.forget();
                // what a stored program does matters when it is called, not when it is created
                Optional<ObjectOperation.CreateRoutine> created = StoredProgramHeader.of(text.sql(), names);
                created.ifPresent(routine -> procedures = procedures.without(routine.name()));
                return created.map(migration -> Analysis.decided(statement, List.of(migration)))
                        .orElseGet(() -> Analysis.unknown(statement, reason(e, statement.line())));
            }
        }

        private Analysis analyze(SqlStatement statement, ReadableText text, SQLStatement parsed) {
            List<Operation> written = new StatementReader(names, text, Set.of()).read(parsed);
            variables.follow(parsed, names);
            Dynamic dynamic = new Dynamic(procedures, names, values);
            ProcedureRun.Effect effect = dynamic.effect(parsed, written);
            List<Operation> operations = effect.operations();
            procedures = dynamic.proceduresAfter(parsed, operations);
            StoredProgramBody.Reading body = StoredProgramBody.of(parsed, names);
            for (Operation operation : operations) {
                if (operation instanceof SessionOperation.UseDatabase use) {
                    names = new Names(use.schema());
                }
            }
            return new Analysis(
                    statement,
                    operations,
                    Analysis.footprintOf(operations),
                    operations.stream()
                            .map(this::unknown)
                            .flatMap(Optional::stream)
                            .findFirst(),
                    changesRows(operations) ? runDependence(parsed) : List.of(),
                    dependsOnRows(written, body.definesByData() || effect.definesByData()),
                    body.footprint());
        }

        private Optional<String> unknown(Operation operation) {
            if (operation instanceof UndecidedOperation.CallProcedure call) {
                return Optional.of("what the procedure " + call.procedure() + " does is not known");
            }
            if (operation instanceof UndecidedOperation.ExecutePrepared execute) {
                return Optional.of("it runs dynamic SQL: " + variables.sourceOf(execute.name()));
            }
            if (operation instanceof UndecidedOperation.Other other) {
                return Optional.of(other.what() + " is not looked into");
            }
            return functions(operation).stream()
                    .findFirst()
                    .map(function -> "what the function " + function + " does is not known");
        }

        private Optional<String> dependsOnRows(List<Operation> operations, boolean definesByData) {
            if (definesByData) {
                return Optional.of("it changes definitions under a condition");
            }
            return operations.stream()
                    .filter(UndecidedOperation.ExecutePrepared.class::isInstance)
                    .map(execute -> ((UndecidedOperation.ExecutePrepared) execute).name())
                    .filter(variables::dependsOnRows)
                    .map(name -> "it runs " + variables.sourceOf(name) + ", which depends on a query")
                    .findFirst();
        }
    }

    static Set<ObjectName> functions(Operation operation) {
        if (operation instanceof RowOperation rows) {
            return rows.reads().functions();
        }
        if (operation instanceof SessionOperation.SetVariables set) {
            return set.reads().functions();
        }
        return operation instanceof TableOperation.CreateTableAsSelect create
                ? create.reads().functions()
                : Set.of();
    }

    static SQLStatement parse(String sql) {
        List<SQLStatement> parsed = new MySqlStatementParser(sql).parseStatementList();
        if (parsed.size() != 1) {
            throw new Undecided("the parser takes it for " + parsed.size() + " statements");
        }
        return parsed.get(0);
    }

    private static boolean changesRows(List<Operation> operations) {
        return operations.stream()
                .anyMatch(operation ->
                        (operation instanceof RowOperation && !(operation instanceof RowOperation.ReadRows))
                                || operation instanceof ColumnOperation.AddColumn
                                || operation instanceof TableOperation.CreateTableAsSelect
                                || operation instanceof SessionOperation.SetVariables
                                || operation instanceof UndecidedOperation.CallProcedure);
    }

    /** Of ALTER TABLE, only defaults of new columns fill rows. */
    private static List<String> runDependence(SQLStatement statement) {
        if (!(statement instanceof SQLAlterTableStatement alter)) {
            return RunDependence.of(statement);
        }
        Set<String> reasons = new LinkedHashSet<>();
        alter.getItems().stream()
                .filter(SQLAlterTableAddColumn.class::isInstance)
                .flatMap(add -> ((SQLAlterTableAddColumn) add).getColumns().stream())
                .map(SQLColumnDefinition::getDefaultExpr)
                .filter(Objects::nonNull)
                .forEach(value -> reasons.addAll(RunDependence.of(value)));
        return new ArrayList<>(reasons);
    }

    private static String reason(Throwable problem, int firstLine) {
        if (problem instanceof Undecided undecided) {
            return undecided.reason();
        }
        if (!(problem instanceof ParserException)) {
            return "the parser fails with " + problem.getClass().getSimpleName();
        }
        String message = String.valueOf(problem.getMessage());
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return "the parser cannot read it";
        }
        int line = firstLine - 1 + Integer.parseInt(place.group(1));
        String token = place.group(3).lines().findFirst().orElse("").strip();
        return "the parser stops at line " + line + ", column " + place.group(2) + ", before " + token;
    }
}
