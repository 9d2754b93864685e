package org.apache.cloudstack.framework.dbupgrade.osc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTarget;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.RetryPolicy;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopier;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.TableCopierFactory;

/** Runs the {@code pt-online-schema-change} of this machine. */
public final class PtOnlineSchemaChangeFactory implements TableCopierFactory {

    private final Optional<DumpTarget> target;
    private final Optional<List<Path>> folders;

    /** Connects as the data source does, with the executable that is on the {@code PATH}. */
    public PtOnlineSchemaChangeFactory() {
        this.target = Optional.empty();
        this.folders = Optional.empty();
    }

    /**
     * Connects to the given server.
     *
     * @param target the same server as the data source's
     * @param folders where the executable is searched
     */
    public PtOnlineSchemaChangeFactory(DumpTarget target, List<Path> folders) {
        this.target = Optional.of(target);
        this.folders = Optional.of(List.copyOf(folders));
    }

    @Override
    public TableCopier create(DataSource dataSource, RetryPolicy locks, Duration lockWait) {
        return target.or(() -> CopyAccount.of(dataSource))
                .<TableCopier>map(server -> new PtOnlineSchemaChange(
                        server, folders.orElseGet(() -> DumpTools.onPath().folders()), locks, lockWait))
                .orElse(TableCopier.NONE);
    }
}
