package org.apache.cloudstack.framework.dbupgrade.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Puts the parts of a picture together, schema by schema. */
final class SnapshotReader {

    private SnapshotReader() {}

    static SchemaSnapshot read(Connection connection, List<String> schemas) throws SQLException {
        Catalog catalog = new Catalog(connection);
        boolean mariaDb = catalog.isMariaDb();
        SchemaSnapshotBuilder picture =
                new SchemaSnapshotBuilder(mariaDb, new LogicalNames(schemas, catalog.isCaseSensitive()));
        for (String schema : schemas) {
            new TableCatalog(catalog, mariaDb, picture).read(schema);
            new ConstraintCatalog(catalog, mariaDb, picture).read(schema);
            new CodeCatalog(catalog, picture).read(schema);
        }
        return picture.toSnapshot();
    }
}
