package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.cloudstack.framework.dbupgrade.backup.content.DumpContent;
import org.apache.cloudstack.framework.dbupgrade.backup.content.RefusedContentException;

/** What is in the files of a backup, all of which is read: a restore may only do what a restore needs. */
final class BackupContent {

    private static final int BUFFER = 1 << 16;

    private BackupContent() {}

    /**
     * Requires that each statement is one that a restore needs, on the databases of the backup only.
     *
     * @return the accounts with whose rights views and stored programs run
     */
    static List<String> check(
            Path folder, List<BackupManifest.Database> databases, List<BackupManifest.StoredFile> files)
            throws IOException, RefusedContentException {
        for (BackupManifest.Database database : databases) {
            DumpContent.requireCreation(database.name(), database.creation());
        }
        List<String> names =
                databases.stream().map(BackupManifest.Database::name).toList();
        DumpContent content = new DumpContent(names);
        for (BackupManifest.StoredFile file : files) {
            String database = file.database().orElse(null);
            DumpContent.requireKnown(database, Set.copyOf(names));
            try (InputStream text = new GZIPInputStream(Files.newInputStream(folder.resolve(file.name())), BUFFER)) {
                content.check(file.name(), database, text);
            }
        }
        return content.definers();
    }
}
