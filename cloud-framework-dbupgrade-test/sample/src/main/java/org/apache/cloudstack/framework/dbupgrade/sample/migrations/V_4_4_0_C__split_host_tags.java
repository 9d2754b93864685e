package org.apache.cloudstack.framework.dbupgrade.sample.migrations;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.migration.JavaMigration;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationContext;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationOptions;

/** Turns the list of tags at each host, separated by commas, into rows of {@code host_tags}. */
@MigrationOptions(revision = "V_4_4_0_C__split_host_tags/1")
public final class V_4_4_0_C__split_host_tags implements JavaMigration {

    private static final int PORTION = 20;

    @Override
    public void migrate(MigrationContext context) throws SQLException {
        List<Host> hosts = context.jdbc()
                .sql("SELECT id, name, tags FROM host h WHERE tags IS NOT NULL AND tags <> ''"
                        + " AND NOT EXISTS (SELECT 1 FROM host_tags t WHERE t.host_id = h.id) ORDER BY id")
                .query((row, number) -> new Host(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
        for (int done = 0; done < hosts.size(); done++) {
            split(context, hosts.get(done));
            if ((done + 1) % PORTION == 0) {
                context.connection().commit();
                context.progress(done + 1L, hosts.size());
            }
        }
        context.progress(hosts.size(), hosts.size());
    }

    private static void split(MigrationContext context, Host host) {
        List<String> tags = Arrays.stream(host.tags().split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
        List<String> distinct = tags.stream().distinct().toList();
        for (String tag : distinct) {
            context.jdbc()
                    .sql("INSERT INTO host_tags (host_id, tag) VALUES (?, ?)")
                    .params(host.id(), tag)
                    .update();
        }
        if (distinct.size() < tags.size()) {
            context.note("host " + host.name() + " had a tag twice: " + host.tags());
        }
    }

    private record Host(long id, String name, String tags) {}
}
