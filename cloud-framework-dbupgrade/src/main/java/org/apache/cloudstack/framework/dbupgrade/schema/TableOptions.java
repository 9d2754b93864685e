package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Literal;

/** Options of a table; what is not said stays as the server has it. Immutable. */
public final class TableOptions implements TablePart {

    private static final String ENGINE = "engine";
    private static final String CHARSET = "charset";
    private static final String COLLATE = "collate";
    private static final String COMMENT = "comment";
    private static final String ROW_FORMAT = "row_format";
    private static final String AUTO_INCREMENT = "auto_increment";

    private final Map<String, String> values;

    private TableOptions(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** No options yet. */
    public static TableOptions options() {
        return new TableOptions(Map.of());
    }

    /** The storage engine, such as {@code InnoDB}. */
    public TableOptions engine(String engine) {
        return with(ENGINE, engine);
    }

    /** The character set of columns that state none. */
    public TableOptions charset(String charset) {
        return with(CHARSET, charset);
    }

    /** The collation of columns that state none. */
    public TableOptions collation(String collation) {
        return with(COLLATE, collation);
    }

    /** What the table is for. */
    public TableOptions comment(String comment) {
        return with(COMMENT, comment);
    }

    /** The row format, such as {@code DYNAMIC}. */
    public TableOptions rowFormat(String format) {
        return with(ROW_FORMAT, format);
    }

    /** The next number that the server counts. */
    public TableOptions autoIncrement(long next) {
        return with(AUTO_INCREMENT, Long.toString(next));
    }

    /** The options by the names that the parser gives them. */
    Map<String, String> values() {
        return values;
    }

    Optional<String> objection() {
        return values.entrySet().stream()
                .filter(option -> !option.getKey().equals(COMMENT))
                .flatMap(option -> DatabaseNames.objectionToWord(option.getValue()).stream())
                .findFirst();
    }

    /** In an order of its own, since the text is the identity of the change. */
    String sql() {
        List<String> words = new ArrayList<>();
        add(words, ENGINE, "ENGINE=");
        add(words, CHARSET, "DEFAULT CHARACTER SET ");
        add(words, COLLATE, values.containsKey(CHARSET) ? "COLLATE " : "DEFAULT COLLATE ");
        add(words, ROW_FORMAT, "ROW_FORMAT=");
        add(words, AUTO_INCREMENT, "AUTO_INCREMENT=");
        if (values.containsKey(COMMENT)) {
            words.add("COMMENT=" + Literal.quote(values.getOrDefault(COMMENT, "")));
        }
        return String.join(" ", words);
    }

    private void add(List<String> words, String option, String word) {
        if (values.containsKey(option)) {
            words.add(word + values.get(option));
        }
    }

    private TableOptions with(String option, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(option, value);
        return new TableOptions(more);
    }
}
