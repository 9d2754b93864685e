package org.apache.cloudstack.framework.dbupgrade.backup;

import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;
import org.jspecify.annotations.Nullable;

/** The executable that reads the databases. */
public enum BackupTool {
    /** The one of the server's own product; that of the other product is refused, since it leaves things out. */
    AUTO(null),
    /** MariaDB's, under whichever name. */
    MARIADB_DUMP(ServerProduct.MARIADB),
    /** MySQL's. */
    MYSQLDUMP(ServerProduct.MYSQL),
    /** mydumper for the rows, several tables at once; the executable of the server's own product for everything else. */
    MYDUMPER(null);

    private final @Nullable ServerProduct product;

    BackupTool(@Nullable ServerProduct product) {
        this.product = product;
    }

    /** Whose executable it is, for a server of the given product. */
    ServerProduct productFor(ServerProduct server) {
        return Optional.ofNullable(product).orElse(server);
    }
}
