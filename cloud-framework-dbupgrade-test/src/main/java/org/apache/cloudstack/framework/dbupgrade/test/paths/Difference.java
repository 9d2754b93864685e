package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference;
import org.apache.cloudstack.framework.dbupgrade.verify.SchemaKind;

/**
 * One thing in which two databases differ.
 *
 * @param what the kind of thing
 * @param name its name
 * @param expected how it should be
 * @param found how it is
 */
record Difference(String what, String name, String expected, String found) {

    static Difference of(SchemaDifference difference) {
        SchemaDifference brief = difference.brief();
        return new Difference(brief.kind().toString(), brief.object(), brief.expected(), brief.found());
    }

    /** About a row, whose values may be long. */
    static Difference ofRow(String name, String expected, String found) {
        SchemaDifference brief = new SchemaDifference(SchemaKind.TABLE, name, expected, found).brief();
        return new Difference("row", name, brief.expected(), brief.found());
    }

    /** All of them side by side. */
    static String table(List<Difference> differences, String expected, String found) {
        List<List<String>> rows = differences.stream()
                .map(each -> List.of(each.what, each.name, each.expected, each.found))
                .toList();
        return String.join("\n", new TextTable(List.of("what", "name", expected, found), rows).lines());
    }
}
