package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.FailureCatalogue.Advice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureCauseTest {

    private final FailureCauses causes = new FailureCauses();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1060 | 42S21 | Duplicate column name 'a' | COLUMN_THERE",
                "1005 | HY000 | Can't create table `a`.`b` (errno: 150 \"Foreign key constraint is incorrectly formed\") | FOREIGN_KEY_MISMATCH",
                "1005 | HY000 | Can't create table `a`.`b` (errno: 121 \"Duplicate key on write or update\") | KEY_THERE",
                "1290 | HY000 | The MySQL server is running with the --super-read-only option so it cannot | READ_ONLY",
                "1030 | HY000 | Got error 28 - 'No space left on device' from storage engine | DISK_FULL",
                "3 | HY000 | Error writing file './a' (OS errno 28 - No space left on device) | DISK_FULL",
                "4025 | 23000 | CONSTRAINT `c` failed for `a`.`b` | CHECK_FAILED",
                "1153 | 08S01 | Got a packet bigger than 'max_allowed_packet' bytes | PACKET_TOO_LARGE",
                "0 | 08S01 | Communications link failure | CONNECTION_LOST"
            })
    void anErrorIsToldByCodeThenByState(int code, String state, String text, FailureCause cause) {
        assertThat(causes.causeOf(new SQLException(text, state, code))).contains(cause);
        assertThat(causes.adviceFor(new SQLException(text, state, code)))
                .contains(new Advice(cause.cause(), cause.cure()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1005 | HY000 | Can't create table `a`.`b` (errno: 13 \"Permission denied\")",
                "1290 | HY000 | The MySQL server is running with the --secure-file-priv option so it cannot",
                "4025 | HY000 | AUTOEXTEND_SIZE value should be between 4M and 4096M",
                "1047 | HY000 | Unknown command",
                "9999 | HY000 | New"
            })
    void noCauseIsClaimedWhereNoneIsKnown(int code, String state, String text) {
        assertThat(causes.adviceFor(new SQLException(text, state, code))).isEmpty();
    }

    @Test
    void anErrorHasOneCause() {
        List<String> errors = Stream.of(FailureCause.values())
                .flatMap(cause -> Stream.of(cause.errors().split(", ")))
                .toList();

        assertThat(errors).doesNotHaveDuplicates().allMatch(error -> error.matches("(state )?\\d+( \\([^)]+\\))?"));
    }

    @ParameterizedTest
    @EnumSource
    void aCauseIsAPhraseAndACureIsSentences(FailureCause cause) {
        assertThat(cause.cause()).matches("[a-z].*[^.]");
        assertThat(cause.cure()).matches("(?s)[A-Z].*\\.");
    }
}
