package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.sample.SystemVmTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the system VM templates that the operator registered in the place of the old ones. */
@MigrationOptions(revision = "V_420_C__system_vm_templates/1")
public final class V_420_C__system_vm_templates implements JavaMigration {

    /** The day of the release, not the day of the upgrade: two upgrades of one database end alike. */
    private static final String REMOVED = "2013-10-01 00:00:00";

    @Override
    public void migrate(MigrationContext context) {
        List<SystemVmTemplate> inUse = SystemVmTemplate.inUse(context.jdbc());
        SystemVmTemplate[] all = SystemVmTemplate.values();
        for (int done = 0; done < all.length; done++) {
            if (inUse.contains(all[done])) {
                replace(context, all[done]);
            } else {
                updateAddress(context.jdbc(), all[done]);
            }
            context.progress(done + 1L, all.length);
        }
        set(context.jdbc(), "minreq.sysvmtemplate.version", "4.2.0");
    }

    private static void replace(MigrationContext context, SystemVmTemplate template) {
        JdbcClient jdbc = context.jdbc();
        long id = template.registered(jdbc)
                .orElseThrow(() -> new IllegalStateException("Hypervisor " + template.hypervisor()
                        + " is in use and template '" + template.templateName() + "' is not registered"));
        jdbc.sql("UPDATE vm_template SET removed = ?"
                        + " WHERE type = 'SYSTEM' AND hypervisor_type = ? AND removed IS NULL AND id <> ?")
                .params(REMOVED, template.hypervisor(), id)
                .update();
        jdbc.sql("UPDATE vm_template SET type = 'SYSTEM' WHERE id = ?")
                .param(id)
                .update();
        int systemVms = jdbc.sql("UPDATE vm_instance SET vm_template_id = ? WHERE hypervisor_type = ?"
                        + " AND type IN ('ConsoleProxy', 'SecondaryStorageVm', 'DomainRouter') AND removed IS NULL")
                .params(id, template.hypervisor())
                .update();
        set(jdbc, template.setting(), template.templateName());
        context.note(systemVms + " system VMs on " + template.hypervisor() + " now use template "
                + template.templateName() + " (id " + id + ")");
    }

    private static void updateAddress(JdbcClient jdbc, SystemVmTemplate template) {
        jdbc.sql("UPDATE vm_template SET url = ?, checksum = ? WHERE type = 'SYSTEM' AND hypervisor_type = ?"
                        + " AND removed IS NULL ORDER BY id DESC LIMIT 1")
                .params(template.url(), template.checksum(), template.hypervisor())
                .update();
    }

    private static void set(JdbcClient jdbc, String name, String value) {
        jdbc.sql("INSERT INTO configuration (category, instance, component, name, value)"
                        + " VALUES ('Advanced', 'DEFAULT', 'management-server', ?, ?)"
                        + " ON DUPLICATE KEY UPDATE value = ?")
                .params(name, value, value)
                .update();
    }
}
