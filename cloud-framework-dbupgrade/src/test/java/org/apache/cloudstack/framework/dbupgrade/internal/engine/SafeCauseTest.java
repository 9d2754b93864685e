package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;

/** An exception can be logged with all its causes, and shows no value of a row. */
class SafeCauseTest {

    private static final String RAW = "Duplicate entry 'secret' for key 'vm.uuid'";

    private final SQLException error = new SQLIntegrityConstraintViolationException(RAW, "23000", 1062);

    @Test
    void anErrorOfTheServerKeepsCodeStateStackTraceAndTextWithoutValues() {
        SQLException safe = (SQLException) SafeCause.of(error);

        assertThat(safe.getMessage()).isEqualTo("Duplicate entry '…' for key 'vm.uuid'");
        assertThat(safe.getErrorCode()).isEqualTo(1062);
        assertThat(safe.getSQLState()).isEqualTo("23000");
        assertThat(safe.getStackTrace()).isEqualTo(error.getStackTrace());
    }

    @Test
    void anExceptionOfSpringKeepsItsClassOnly() {
        Throwable safe = SafeCause.of(new DuplicateKeyException("INSERT INTO vm VALUES ('secret'); " + RAW, error));

        assertThat(safe).hasMessage(DuplicateKeyException.class.getName()).hasCauseInstanceOf(SQLException.class);
        assertThat(printed(safe)).contains("'vm.uuid'").doesNotContain("secret");
        assertThat(SafeCause.tell(new EmptyResultDataAccessException("secret", 1)))
                .doesNotContain("secret");
    }

    @Test
    void anExceptionOfAMigrationKeepsItsOwnWords() {
        Throwable safe = SafeCause.of(new IllegalStateException("host 7 has two names", error));

        assertThat(safe).hasMessage("java.lang.IllegalStateException: host 7 has two names");
        assertThat(printed(safe)).contains("'vm.uuid'").doesNotContain("secret");
        assertThat(SafeCause.tell(new IllegalStateException("host 7 has two names", error)))
                .isEqualTo("java.lang.IllegalStateException: host 7 has two names; error 1062, SQL state 23000:"
                        + " Duplicate entry '…' for key 'vm.uuid'");
    }

    @Test
    void theWordsOfAnErrorAreNotRepeatedByWhatWrapsIt() {
        Exception wrapper = new IllegalStateException(new RuntimeException(error));

        assertThat(printed(SafeCause.of(wrapper)))
                .contains("IllegalStateException", "'vm.uuid'")
                .doesNotContain("secret");
        assertThat(SafeCause.tell(wrapper))
                .contains("IllegalStateException", "'vm.uuid'")
                .doesNotContain("secret");
    }

    @Test
    void ofWhatADriverPutsBehindItsErrorsOnlyTheNetworksWordsAreKept() {
        Exception conversion = new SQLException("It is no number", "S1009", new NumberFormatException("secret"));
        Exception refused = new SQLException(null, "08S01", new ConnectException("Connection refused"));

        assertThat(printed(SafeCause.of(conversion)))
                .contains("NumberFormatException")
                .doesNotContain("secret");
        assertThat(printed(SafeCause.of(new IllegalStateException("null pools", refused))))
                .contains("null pools", "ConnectException: Connection refused");
    }

    @Test
    void suppressedExceptionsAndCirclesAreCopiedToo() {
        SQLException batch = new BatchUpdateException(RAW, "23000", 1062, new int[0]);
        batch.setNextException(error);
        Exception wrapper = new IllegalStateException("rolled back", batch);
        wrapper.addSuppressed(new SQLException("Incorrect DATE value: 'secret'", "22007", 1525, wrapper));

        assertThat(printed(SafeCause.of(wrapper)))
                .contains("rolled back", "'vm.uuid'", "Incorrect DATE value: …")
                .doesNotContain("secret");
    }

    @Test
    void anExceptionThatHasNothingToDoWithADatabaseStaysAsItIs() {
        Exception own = new IllegalStateException("no such template", new RuntimeException("404"));

        assertThat(SafeCause.of(own)).isSameAs(own);
        assertThat(SafeCause.tell(own)).isEqualTo("java.lang.IllegalStateException: no such template");
    }

    private static String printed(Throwable exception) {
        StringWriter text = new StringWriter();
        // the text of the trace is what loggers write, and what is asserted
        exception.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
