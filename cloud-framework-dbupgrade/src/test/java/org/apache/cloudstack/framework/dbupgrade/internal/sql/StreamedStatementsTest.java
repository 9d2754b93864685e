package org.apache.cloudstack.framework.dbupgrade.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The statements of a large script are those that it would have if it were held. */
class StreamedStatementsTest {

    private static final List<String> PIECES = List.of(
            "SELECT 1;\n",
            "SELECT 2; SELECT 3;",
            "\n-- a comment; here\n",
            "DELIMITER $$\nSELECT 4;5$$\nDELIMITER ;\n",
            "SET sql_mode = 'NO_BACKSLASH_ESCAPES';\nSELECT '\\';\nSET sql_mode = '';\n",
            "SELECT '\u00e4;\n\uD83D\uDE00';\n");

    @Test
    void inTheirOrderAndInAnyOther() {
        Random random = new Random(7);
        StringBuilder script = new StringBuilder("\n");
        for (int i = 0; i < 3_000; i++) {
            script.append(PIECES.get(random.nextInt(PIECES.size())));
            if (i % 500 == 0) {
                script.append("SELECT '").append("long; ".repeat(50_000)).append("';\n");
            }
            script.append(script.charAt(script.length() - 1) == ';' ? "\n" : "");
        }
        List<SqlStatement> held = ClientSplitter.split("V_410_A.sql", script.toString());

        List<SqlStatement> streamed = ClientSplitter.split("V_410_A.sql", "", large(script.toString()));

        assertThat(held).hasSizeGreaterThan(2_000);
        assertThat(new ArrayList<>(streamed)).isEqualTo(held);
        for (int i = 0; i < 200; i++) {
            int place = random.nextInt(held.size());
            assertThat(streamed.get(place)).isEqualTo(held.get(place));
        }
    }

    private static ScriptText large(String text) {
        return new ScriptText() {
            @Override
            public Reader open() {
                return new StringReader(text);
            }

            @Override
            public boolean isLarge() {
                return true;
            }
        };
    }
}
