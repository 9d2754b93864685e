package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.List;
import java.util.function.Supplier;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ScriptText;

/** What a migration runs. */
public sealed interface Source {

    /**
     * A script.
     *
     * @param content its text
     * @param origin where it was found, for messages
     */
    record Script(ScriptText content, String origin) implements Source {

        /** A script that is held. */
        public Script(String text, String origin) {
            this(ScriptText.of(text), origin);
        }

        /** Its whole text. */
        public String text() {
            return content.whole();
        }
    }

    /**
     * A Java class.
     *
     * @param instance makes or looks up the instance; called once per run
     * @param origin the class's name
     * @param reads what it says it reads; empty together with {@code writes} when it says nothing
     * @param writes what it says it writes
     */
    record Java(Supplier<JavaMigration> instance, String origin, List<String> reads, List<String> writes)
            implements Source {

        public Java {
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }
    }
}
