package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.DdlOutcome;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether tables were renamed shows, also when a name was handed on from one to another. */
class RenamedTablesTest {

    private static final String HANDED_ON = "RENAME TABLE b TO gone, a TO b";
    private static final String EXCHANGED = "RENAME TABLE a TO tmp, b TO a, tmp TO b";

    @ParameterizedTest
    @EnumSource
    void aNameThatIsHandedOnSaysNothingAndTheOthersTell(TestedServer server) throws SQLException {
        try (TestDatabase database = TestDatabase.fresh(server.get());
                Connection connection = database.dataSource().getConnection()) {
            database.run("CREATE DATABASE cloud; CREATE TABLE cloud.a (id INT);"
                    + " CREATE VIEW cloud.b AS SELECT * FROM cloud.a");
            assertThat(effect(connection, HANDED_ON)).isEqualTo(DdlOutcome.NOT_DONE);
            assertThat(effect(connection, EXCHANGED)).isEqualTo(DdlOutcome.UNCLEAR);

            database.run("USE cloud; " + HANDED_ON);

            assertThat(effect(connection, HANDED_ON)).isEqualTo(DdlOutcome.DONE);
            database.run("DROP VIEW cloud.gone");
            assertThat(effect(connection, HANDED_ON)).isEqualTo(DdlOutcome.UNCLEAR);
        }
    }

    private static DdlOutcome effect(Connection connection, String statement) throws SQLException {
        return new DefinitionEffects("cloud")
                .lookUp(connection, List.of(new SqlStatement(1, 1, statement)))
                .effect();
    }
}
