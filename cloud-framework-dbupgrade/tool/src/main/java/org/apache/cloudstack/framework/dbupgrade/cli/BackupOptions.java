package org.apache.cloudstack.framework.dbupgrade.cli;

import org.apache.cloudstack.framework.dbupgrade.backup.BackupTool;
import org.apache.cloudstack.framework.dbupgrade.backup.DumpTools;
import picocli.CommandLine.Option;

/** How a backup is taken. */
final class BackupOptions extends DumpOptions {

    @Option(
            names = "--tool",
            paramLabel = "<executable>",
            description =
                    "What reads the databases: auto, the executable of the server's own product, or mydumper, which"
                            + " reads several tables at once and needs the privilege RELOAD; auto unless given.")
    private BackupTool tool = BackupTool.AUTO;

    @Override
    DumpTools tools(CommandContext workplace) {
        return super.tools(workplace).using(tool);
    }
}
