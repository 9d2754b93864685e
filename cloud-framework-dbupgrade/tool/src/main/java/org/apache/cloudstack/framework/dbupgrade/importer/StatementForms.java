package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways in which one statement may be written, those that change less first. */
final class StatementForms {

    private static final List<String> DELIMITERS = List.of("$$", "@@", "%%", "||", "^^", "~~");
    private static final String DASHES =
            "the old runner took everything after two dashes for a comment, which others do only with a blank after them";
    private static final String LAST_SEMICOLON =
            "for the old runner a semicolon at the end of a line ended the statement, also in a comment";
    private static final String ONE_LINE =
            "the old runner joined the lines with a blank, also in quotes, and cut them at two dashes";
    private static final String DELIMITED = "the old runner sent this in one, whatever semicolons stand inside a line";
    private static final String SEVERAL =
            "the old runner sent several statements in one text; here each is a statement of its own";

    private final String file;
    private final LegacyStatement statement;
    private final String lineEnd;

    StatementForms(String file, LegacyStatement statement) {
        this.file = file;
        this.statement = statement;
        this.lineEnd = statement.first().end().equals("\r\n") ? "\r\n" : "\n";
    }

    /** The ways to send all of it in one. */
    Stream<Form> inOne() {
        return Stream.concat(
                Stream.of(lines(false, false), lines(true, false), lines(true, true), oneLine()),
                DELIMITERS.stream()
                        .filter(sign -> !text().contains(sign))
                        .limit(1)
                        .map(this::delimited));
    }

    /** Each statement on its own line. */
    Form oneByOne(List<String> statements) {
        StringBuilder text = new StringBuilder();
        for (String each : statements) {
            text.append(ended(each.strip()));
        }
        return whole(text.toString(), SEVERAL);
    }

    /** The same as comments, for a statement that is not sent. */
    Form asComments(String reason) {
        return Form.joined(statement.lines().stream()
                .map(line -> line.isSkipped() ? Form.ofSkipped(file, line) : asComment(line, reason))
                .toList());
    }

    private Form asComment(LegacyLine line, String reason) {
        String comment = "-- " + line.text();
        return Form.rewritten(file, line, Form.commentOf(comment).orElse(comment), reason);
    }

    private Form lines(boolean dashes, boolean semicolonBehind) {
        return Form.joined(statement.lines().stream()
                .map(line -> line.isSkipped()
                        ? Form.ofSkipped(file, line)
                        : line.endsStatement() ? last(line, semicolonBehind) : between(line, dashes))
                .toList());
    }

    private Form between(LegacyLine line, boolean dashes) {
        Optional<String> comment = dashes ? Form.commentOf(line.cutOff()) : Optional.empty();
        return comment.map(after -> Form.rewritten(file, line, line.text().substring(0, line.cut()) + after, DASHES))
                .orElseGet(() -> Form.asItStands(file, line));
    }

    private Form last(LegacyLine line, boolean semicolonBehind) {
        int semicolon = line.text().lastIndexOf(';');
        return semicolonBehind
                ? Form.rewritten(
                        file,
                        line,
                        line.text().substring(0, semicolon)
                                + lineEnd
                                + line.text().substring(semicolon),
                        LAST_SEMICOLON)
                : Form.asItStands(file, line);
    }

    private Form oneLine() {
        return whole(ended(statement.sent().strip()), ONE_LINE);
    }

    /** A comment at the end would take the semicolon in. */
    private String ended(String text) {
        boolean endsInComment = NormalizedSql.of(text + " 0").equals(NormalizedSql.of(text));
        return text + (endsInComment ? lineEnd : "") + ";" + lineEnd;
    }

    private Form delimited(String sign) {
        return whole(
                "DELIMITER " + sign + lineEnd + statement.sent().strip() + lineEnd + sign + lineEnd + "DELIMITER ;"
                        + lineEnd,
                DELIMITED);
    }

    /** All lines as one rewrite; the comments between and after them are put before. */
    private Form whole(String after, String reason) {
        StringBuilder text = new StringBuilder();
        for (LegacyLine line : statement.lines()) {
            String comment = line.isComment() ? line.text() : line.cutOff();
            if (!line.isSkipped() && comment.isEmpty() || line.trimmed().isEmpty()) {
                continue;
            }
            text.append(Form.commentOf(comment).orElse(comment)).append(lineEnd);
        }
        String all = text.append(after).toString();
        String inner = all.substring(0, all.length() - lineEnd.length());
        return new Form(
                inner + statement.last().end(),
                List.of(new Rewrite(file, statement.first().number(), text().stripTrailing(), inner, reason)));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        statement.lines().forEach(line -> text.append(line.text()).append(line.end()));
        return text.toString();
    }
}
