package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.migration.Migration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.migration.VersionedMigration;

/**
 * Migrations that add one new table or column each, and so may be journalled as a series: started together and done together,
 * which costs a fraction of a journal for each. Whether the table or column is there shows how far a series came that was cut
 * off. They are known by their text, for to parse thousands of scripts would take longer than is won.
 */
public final class BatchableMigrations {

    /** The most migrations in a series. */
    public static final int MOST = 50;

    private static final String NAME = "(?:`[^`]+`|[\\w$]+)";
    private static final String TABLE = "(?:" + NAME + "\\s*\\.\\s*)?(?<table>" + NAME + ")";
    private static final Pattern NEW_TABLE =
            Pattern.compile("CREATE\\s+TABLE\\s+" + TABLE + "\\s*\\(", Pattern.CASE_INSENSITIVE);
    private static final Pattern NEW_COLUMN = Pattern.compile(
            "ALTER\\s+TABLE\\s+" + TABLE + "\\s+ADD\\s+COLUMN\\s+(?<column>" + NAME
                    + ")\\s+\\w+(\\(\\d+\\))?([\\w\\s]*)",
            Pattern.CASE_INSENSITIVE);
    // Rows or a shape from elsewhere; a word in a comment or a name is taken for it, which only costs time.
    private static final Pattern MAY_DO_MORE =
            Pattern.compile("/\\*|\\b(SELECT|TABLE|VALUES|LIKE|AS)\\b", Pattern.CASE_INSENSITIVE);

    private final Function<Migration, List<SqlStatement>> statements;

    /** Reads migrations by their statements. */
    public BatchableMigrations(Function<Migration, List<SqlStatement>> statements) {
        this.statements = statements;
    }

    /** How many of the first migrations make a series: each adds something, and no two add the same. */
    public int lengthOf(List<Migration> migrations) {
        Set<String> added = new HashSet<>();
        for (Migration migration : migrations) {
            Optional<String> addition = addedBy(migration);
            if (added.size() == MOST || addition.isEmpty() || !added.add(addition.get())) {
                break;
            }
        }
        return added.size();
    }

    private Optional<String> addedBy(Migration migration) {
        List<SqlStatement> all = statements.apply(migration);
        boolean isOneStatement = migration instanceof VersionedMigration
                && migration.source() instanceof Source.Script
                && migration.directives().copyWith().isEmpty()
                && all.size() == 1;
        return isOneStatement ? addedBy(all.get(0).text()) : Optional.empty();
    }

    private static Optional<String> addedBy(String text) {
        Matcher table = NEW_TABLE.matcher(text);
        if (table.lookingAt()) {
            boolean mayDoMore = MAY_DO_MORE.matcher(text).find(table.end());
            return mayDoMore ? Optional.empty() : Optional.of(plain(table.group("table")));
        }
        Matcher column = NEW_COLUMN.matcher(text);
        return column.matches()
                ? Optional.of(plain(column.group("table")) + "." + plain(column.group("column")))
                : Optional.empty();
    }

    private static String plain(String name) {
        return name.replace("`", "").toLowerCase(Locale.ROOT);
    }
}
