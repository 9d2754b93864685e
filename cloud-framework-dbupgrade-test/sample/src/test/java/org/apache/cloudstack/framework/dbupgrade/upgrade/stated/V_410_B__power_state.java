package org.apache.cloudstack.framework.dbupgrade.upgrade.stated;

import static org.apache.cloudstack.framework.dbupgrade.schema.Column.column;
import static org.apache.cloudstack.framework.dbupgrade.schema.DataTypes.varchar;

import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;
import org.apache.cloudstack.framework.dbupgrade.migration.SchemaMigration;
import org.apache.cloudstack.framework.dbupgrade.schema.Schema;

@MigrationOptions(phase = "expand", reason = "what the hypervisor reports")
public final class V_410_B__power_state implements SchemaMigration {

    @Override
    public void change(Schema schema) {
        schema.table("vm_instance").add(column("power_state", varchar(32)).nullable());
        schema.rows("UPDATE vm_instance SET power_state = 'PowerOn' WHERE state = 'Running'");
    }
}
