package org.apache.cloudstack.framework.dbupgrade;

import java.util.List;
import java.util.Map;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.migration.ScanResult;

/** Where the migrations of an upgrade come from. */
record MigrationSource(
        List<String> locations, ClassLoader loader, MigrationInstances instances, Map<String, JavaMigration> ready) {

    ScanResult scan() {
        return MigrationScanner.scan(locations, loader, instances, ready);
    }
}
