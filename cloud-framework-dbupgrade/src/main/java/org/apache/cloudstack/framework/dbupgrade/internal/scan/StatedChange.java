package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Directives;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;

/**
 * The script that a schema migration stands for.
 *
 * @param type its class
 * @param sql the text of all it states
 * @param half the phase, when it is a half of a rename
 * @param copyWith the executable that it asks for
 */
record StatedChange(Class<?> type, String sql, Optional<Phase> half, Optional<CopyTool> copyWith) {

    /** Asks an instance what it states. */
    static StatedChange of(Class<?> type, SchemaMigration instance) throws RejectedException {
        Schema schema = new Schema();
        try {
            instance.change(schema);
        } catch (RuntimeException e) {
            throw new RejectedException(
                    FindingCode.IMPOSSIBLE_CHANGE.about(type.getName(), String.valueOf(e.getMessage())));
        }
        if (schema.changes().isEmpty()) {
            throw new RejectedException(FindingCode.IMPOSSIBLE_CHANGE.about(type.getName(), "it states none"));
        }
        return new StatedChange(type, schema.sql(), schema.half(), schema.copyWith());
    }

    Source source() {
        return new Source.Script(sql, type.getName());
    }

    /** That of a script with the same text. */
    ChangeId changeId(Directives directives) {
        return ChangeId.ofScript(directives, sql);
    }

    /** Its definitions are refused where servers could not go on using the table, unless it says otherwise of one. */
    Directives directives(JavaOptions options) throws RejectedException {
        options.refuseCode();
        Directives directives = options.directivesOfStated(half, copyWith);
        Optional<String> mode = directives.sqlMode().filter(text -> text.contains("NO_BACKSLASH_ESCAPES"));
        if (mode.isPresent()) {
            throw new RejectedException(FindingCode.UNUSABLE_CLASS.about(
                    type.getName(), "its strings would be others under its sql_mode " + mode.get()));
        }
        return directives;
    }
}
