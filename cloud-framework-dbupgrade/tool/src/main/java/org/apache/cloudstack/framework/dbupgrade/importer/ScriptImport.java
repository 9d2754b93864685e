package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ClientSplitter;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.UnreadableScriptException;

/**
 * Writes one script so that the splitter finds the statements which CloudStack's runner sent. Whatever does so already
 * keeps its bytes; the rest is written in the first form that does.
 */
final class ScriptImport {

    private static final String NEVER_RUN = "the file ends without a semicolon, so that this was never run";
    private static final String EMPTY = "there is no statement here, and servers refuse an empty one";
    private static final String ONE_MORE = "SELECT 0;\n";
    private static final String BYTE_ORDER_MARK = "a byte order mark is no part of a statement";
    private static final String MARK = "\uFEFF";

    private final String file;
    private final List<NormalizedSql> expected = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final StringBuilder written = new StringBuilder();
    private final List<Rewrite> rewrites = new ArrayList<>();
    private Optional<UnterminatedTail> tail = Optional.empty();

    private ScriptImport(String file) {
        this.file = file;
    }

    /**
     * Imports one script.
     *
     * @param file its path below the tree, for messages
     * @param script its whole text
     */
    static ImportedScript of(String file, String script) {
        ScriptImport read = new ScriptImport(file);
        List<LegacyLine> lines = new ArrayList<>(LegacyLine.of(script));
        if (script.startsWith(MARK)) {
            LegacyLine first = lines.get(0).with(lines.get(0).text().substring(1));
            lines.set(0, first);
            read.rewrites.add(
                    new Rewrite(file, 1, script.lines().findFirst().orElse(""), first.text(), BYTE_ORDER_MARK));
        }
        read.readAll(lines);
        read.checkWhole();
        return new ImportedScript(read.written.toString(), read.rewrites, read.tail, read.problems);
    }

    private void readAll(List<LegacyLine> lines) {
        int at = 0;
        while (at < lines.size()) {
            if (lines.get(at).isSkipped()) {
                add(Form.ofSkipped(file, lines.get(at++)));
                continue;
            }
            int end = at;
            while (end < lines.size() - 1 && !lines.get(end).endsStatement()) {
                end++;
            }
            LegacyStatement statement = new LegacyStatement(lines.subList(at, end + 1));
            at = end + 1;
            if (statement.isEnded()) {
                read(statement);
            } else {
                leaveOut(statement);
            }
        }
    }

    private void add(Form form) {
        written.append(form.text());
        rewrites.addAll(form.rewrites());
    }

    private void leaveOut(LegacyStatement rest) {
        StringBuilder text = new StringBuilder();
        rest.lines().forEach(line -> text.append(line.text()).append(line.end()));
        if (NormalizedSql.of(text.toString()).isEmpty()) {
            rest.lines()
                    .forEach(line -> add(line.isSkipped() ? Form.ofSkipped(file, line) : Form.asItStands(file, line)));
            return;
        }
        tail = Optional.of(new UnterminatedTail(
                file, rest.first().number(), text.toString().stripTrailing()));
        add(new Form(new StatementForms(file, rest).asComments(NEVER_RUN).text(), List.of()));
    }

    private void read(LegacyStatement statement) {
        NormalizedSql bare = statement.bare();
        if (statement.delimiterLine().isPresent()) {
            refuse(
                    statement.delimiterLine().get(),
                    "DELIMITER is a word for the mysql client; the old runner sent it to the server as part of a statement");
        } else if (bare.open()) {
            refuse(statement.last(), "the old runner ended a statement here, inside of a quote or comment");
        } else if (bare.isEmpty()) {
            add(new StatementForms(file, statement).asComments(EMPTY));
        } else {
            write(statement, bare);
        }
    }

    private void write(LegacyStatement statement, NormalizedSql bare) {
        Optional<List<String>> pieces = cut(statement.sent().strip() + "\n;");
        boolean isRoutine = LegacyStatement.isRoutine(bare);
        if (LegacyStatement.isRoutineRest(bare)
                || pieces.isEmpty() && isRoutine && !LegacyStatement.endsRoutine(bare)
                || !isRoutine && pieces.isPresent() && breaksRoutine(pieces.get())) {
            refuse(statement.last(), "the old runner ended a statement here, inside of a routine");
            return;
        }
        StatementForms forms = new StatementForms(file, statement);
        if (pieces.isPresent() && isSeveral(bare, bare(pieces.get())) && !(isRoutine && breaksRoutine(pieces.get()))) {
            accept(statement, forms.oneByOne(pieces.get()), bare(pieces.get()));
            return;
        }
        Optional<Form> form = forms.inOne()
                .filter(each -> isCutInto(List.of(bare), each.text()))
                .findFirst();
        form.ifPresentOrElse(found -> accept(statement, found, List.of(bare)), () -> refuseForm(statement));
    }

    private void accept(LegacyStatement statement, Form form, List<NormalizedSql> statements) {
        if (isCutInto(statements, form.text())) {
            add(form);
            expected.addAll(statements);
        } else {
            refuseForm(statement);
        }
    }

    /** Forms are tried alone; after comments, and in a row, they must come to the same. */
    private void checkWhole() {
        if (problems.isEmpty() && !isCutInto(expected, written.toString())) {
            problems.add("its statements cannot be written so that they are found again");
        }
    }

    /** One more statement after shows that the last one really ends. */
    private boolean isCutInto(List<NormalizedSql> statements, String text) {
        List<NormalizedSql> all = new ArrayList<>(statements);
        all.add(NormalizedSql.of(ONE_MORE));
        return cut(text + "\n" + ONE_MORE).map(ScriptImport::bare).equals(Optional.of(all));
    }

    /** Whether the pieces are all that was sent, apart from semicolons between them, and not the same in one. */
    private static boolean isSeveral(NormalizedSql sent, List<NormalizedSql> pieces) {
        String all = pieces.stream().map(NormalizedSql::text).collect(Collectors.joining());
        return !pieces.equals(List.of(sent)) && signs(all).equals(signs(sent.text()));
    }

    private static String signs(String text) {
        return text.replaceAll("[;\\s]", "");
    }

    private Optional<List<String>> cut(String text) {
        try {
            return Optional.of(ClientSplitter.split(file, text).stream()
                    .map(SqlStatement::text)
                    .filter(each -> !NormalizedSql.of(each).isEmpty())
                    .toList());
        } catch (UnreadableScriptException e) {
            return Optional.empty();
        }
    }

    private static List<NormalizedSql> bare(List<String> statements) {
        return statements.stream().map(NormalizedSql::of).toList();
    }

    private static boolean breaksRoutine(List<String> pieces) {
        List<NormalizedSql> all = bare(pieces);
        return all.stream().anyMatch(LegacyStatement::isRoutineRest)
                || all.stream()
                        .limit(all.size() - 1L)
                        .anyMatch(each -> LegacyStatement.isRoutine(each) && !LegacyStatement.endsRoutine(each));
    }

    private void refuse(LegacyLine line, String problem) {
        problems.add("line " + line.number() + ": " + problem);
    }

    private void refuseForm(LegacyStatement statement) {
        refuse(statement.first(), "this statement cannot be written so that the same is sent");
    }
}
