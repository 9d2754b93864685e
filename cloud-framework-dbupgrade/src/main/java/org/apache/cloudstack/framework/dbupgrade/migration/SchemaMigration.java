package org.apache.cloudstack.framework.dbupgrade.migration;

import java.sql.Statement;
import org.apache.cloudstack.framework.dbupgrade.schema.Change;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;

/**
 * A migration that states a change of the schema instead of making it. It is found, named and ordered like any Java
 * migration; what it states runs like a script, statement by statement, with everything that goes for scripts. Its identity
 * is the text of its statements, so that compiling it again makes no other change of it.
 *
 * <pre>{@code
 * public final class V_1_1_0_C__cities implements SchemaMigration {
 *
 *     @Override
 *     public void change(Schema schema) {
 *         schema.table("customer").add(column("city", varchar(100)).nullable());
 *     }
 * }
 * }</pre>
 */
public interface SchemaMigration extends JavaMigration {

    /**
     * States the change. It is asked whenever migrations are read, before any database is, and must state the same each time.
     *
     * @param schema takes the change
     */
    void change(Schema schema);

    /** Makes the change in one go, for anyone who runs it without the upgrade. */
    @Override
    default void migrate(MigrationContext context) throws Exception {
        Schema schema = new Schema();
        change(schema);
        try (Statement statement = context.connection().createStatement()) {
            for (Change each : schema.changes()) {
                statement.execute(each.sql());
            }
        }
    }
}
