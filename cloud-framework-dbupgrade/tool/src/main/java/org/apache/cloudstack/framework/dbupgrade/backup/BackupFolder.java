package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The directory of a backup that is being taken. It has another name until everything is on the disk, so that nobody takes a
 * half-done backup for one.
 */
final class BackupFolder {

    static final String MANIFEST = "manifest.json";
    static final String SUMS = "SHA256SUMS";

    private static final String UNFINISHED = ".unfinished";

    private final Path unfinished;
    private final Path finished;
    private final Dump.FileOpener opener;

    private BackupFolder(Path unfinished, Path finished, Dump.FileOpener opener) {
        this.unfinished = unfinished;
        this.finished = finished;
        this.opener = opener;
    }

    static BackupFolder begin(Path parent, String name, Dump.FileOpener opener, Cleanup cleanup) throws IOException {
        Path unfinished = parent.resolve(name + UNFINISHED);
        Path finished = parent.resolve(name);
        if (Files.exists(finished)) {
            throw new FileAlreadyExistsException(finished.toString());
        }
        PrivateFiles.createFolder(unfinished);
        cleanup.add(() -> PrivateFiles.delete(unfinished));
        return new BackupFolder(unfinished, finished, opener);
    }

    Path unfinished() {
        return unfinished;
    }

    /** Writes the manifest, last of all the sums that guard it, and gives the directory its name. */
    Backup finish(BackupManifest manifest) throws IOException {
        BackupManifest.StoredFile written = write(MANIFEST, new ManifestJson().write(manifest));
        StringBuilder sums = new StringBuilder();
        manifest.files().forEach(file -> sums.append(line(file)));
        sums.append(line(written));
        write(SUMS, sums.toString().getBytes(StandardCharsets.UTF_8));
        for (BackupManifest.StoredFile file : manifest.files()) {
            PrivateFiles.sync(unfinished.resolve(file.name()));
        }
        PrivateFiles.sync(unfinished.resolve(MANIFEST));
        PrivateFiles.sync(unfinished.resolve(SUMS));
        Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
        return new Backup(finished, manifest);
    }

    /** What a directory says of itself, where it is a complete backup. */
    static Optional<BackupManifest> manifest(Path folder) {
        if (folder.toString().endsWith(UNFINISHED)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ManifestJson().read(Files.readAllBytes(folder.resolve(MANIFEST))));
        } catch (IOException | ManifestJson.UnreadableManifestException e) {
            // whatever it is, it is no backup
            return Optional.empty();
        }
    }

    /** As {@code sha256sum --check} reads it. */
    static String line(BackupManifest.StoredFile file) {
        return file.sha256() + "  " + file.name() + "\n";
    }

    private BackupManifest.StoredFile write(String name, byte[] content) throws IOException {
        StoredOutput output = new StoredOutput(opener.create(unfinished.resolve(name)));
        try (OutputStream out = output) {
            out.write(content);
        }
        return output.stored(name);
    }
}
