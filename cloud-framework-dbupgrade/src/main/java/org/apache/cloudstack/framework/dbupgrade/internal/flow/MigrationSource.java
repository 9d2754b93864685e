package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationFingerprint;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;

/** Where the migrations of an upgrade come from. */
public record MigrationSource(
        List<String> locations, ClassLoader loader, MigrationInstances instances, Map<String, JavaMigration> ready) {

    public ScanResult scan() {
        return MigrationScanner.scan(locations, loader, instances, ready);
    }

    /** Of all that the code brings, and of what else decides; empty when the migrations are not in jars alone. */
    public Optional<String> fingerprint(UpgradeSettings settings) {
        if (!ready.isEmpty()) {
            return Optional.empty();
        }
        String rest = String.join(",", settings.schemas())
                + settings.release().map(release -> " is " + release).orElse("")
                + settings.baseline().map(release -> " was " + release).orElse("");
        try {
            return MigrationFingerprint.of(locations, loader, rest);
        } catch (IOException e) {
            // the migrations themselves will be read, and report what is wrong
            return Optional.empty();
        }
    }
}
