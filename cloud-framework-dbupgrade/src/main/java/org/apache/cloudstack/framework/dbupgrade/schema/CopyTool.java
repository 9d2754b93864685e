package org.apache.cloudstack.framework.dbupgrade.schema;

import java.util.Optional;
import java.util.stream.Stream;

/** An executable that changes a table by a copy, while others use the table. */
public enum CopyTool {
    /** Of the Percona Toolkit. */
    PT_ONLINE_SCHEMA_CHANGE("pt-online-schema-change");

    private final String program;

    CopyTool(String program) {
        this.program = program;
    }

    /** The name of the executable, which is what a script calls it by. */
    public String program() {
        return program;
    }

    /** The tool of this executable. */
    public static Optional<CopyTool> named(String program) {
        return Stream.of(values()).filter(tool -> tool.program.equals(program)).findFirst();
    }
}
