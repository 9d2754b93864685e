package org.apache.cloudstack.framework.dbupgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.migration.Routine;
import org.apache.cloudstack.framework.dbupgrade.migration.ScanResult;
import org.apache.cloudstack.framework.dbupgrade.migration.Source;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.UnreadableScriptException;

/** Where the migrations of an upgrade come from; every script is read to its end before one is run. */
record MigrationSource(
        List<String> locations,
        ClassLoader loader,
        MigrationInstances instances,
        Map<String, JavaMigration> ready,
        ScriptSplitter splitter) {

    ScanResult scan() {
        ScanResult scanned = MigrationScanner.scan(locations, loader, instances, ready);
        List<Finding> findings = new ArrayList<>(scanned.findings());
        Stream.<Routine>concat(scanned.migrations().versioned().stream(), scanned.migrations().repeatables().stream())
                .forEach(routine -> addIfUnreadable(routine, findings));
        return new ScanResult(scanned.migrations(), findings);
    }

    private void addIfUnreadable(Routine routine, List<Finding> findings) {
        if (routine.source() instanceof Source.Script script) {
            try {
                splitter.split(routine.script(), script.text());
            } catch (UnreadableScriptException e) {
                findings.add(FindingCode.UNREADABLE_SCRIPT.about(routine.script(), String.valueOf(e.getMessage())));
            }
        }
    }
}
