package org.apache.cloudstack.framework.dbupgrade.internal.lint;

import java.util.List;
import java.util.Locale;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis.Analysis;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;

/** A view keeps the columns that its tables had when it was created, whatever {@code *} would mean later. */
final class AllColumnsRule {

    private AllColumnsRule() {}

    /** One problem for each view of a statement that selects all columns of something. */
    static List<String> problems(Analysis statement) {
        return statement.operations().stream()
                .filter(ObjectOperation.CreateView.class::isInstance)
                .map(ObjectOperation.CreateView.class::cast)
                .filter(view -> !allOf(view.reads()).isEmpty())
                .map(view ->
                        "the view " + view.name() + " selects all columns of " + String.join(", ", allOf(view.reads())))
                .toList();
    }

    private static List<String> allOf(Reads reads) {
        return reads.columns().stream()
                .filter(column -> column.name().equals(Reads.ALL_COLUMNS))
                .map(column -> column.table().toString().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
    }
}
