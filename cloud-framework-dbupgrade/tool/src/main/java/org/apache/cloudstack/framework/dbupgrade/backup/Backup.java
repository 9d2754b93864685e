package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/**
 * A complete backup.
 *
 * @param folder where it is
 * @param manifest what it is of
 */
public record Backup(Path folder, BackupManifest manifest) {

    private static final Pattern FILE = Pattern.compile("[a-z][a-z0-9-]*\\.sql\\.gz");
    private static final long LARGEST_MANIFEST = 64L << 20;

    /**
     * Opens a backup, and verifies it: every byte is read.
     *
     * @throws BackupException when it is damaged, incomplete or none of ours
     */
    public static Backup open(Path folder) {
        try {
            byte[] json = small(folder, BackupFolder.MANIFEST);
            BackupManifest manifest = new ManifestJson().read(json);
            String sums = new String(small(folder, BackupFolder.SUMS), StandardCharsets.UTF_8);
            requireOwnNames(folder, manifest);
            StringBuilder expected = new StringBuilder();
            for (BackupManifest.StoredFile file : manifest.files()) {
                verify(folder, file);
                expected.append(BackupFolder.line(file));
            }
            expected.append(BackupFolder.line(new BackupManifest.StoredFile(
                    BackupFolder.MANIFEST,
                    json.length,
                    HexFormat.of().formatHex(StoredOutput.sha256().digest(json)))));
            if (!sums.equals(expected.toString())) {
                throw damaged(folder, BackupFolder.MANIFEST + " is not the one that " + BackupFolder.SUMS + " reports");
            }
            return new Backup(folder, manifest);
        } catch (ManifestJson.UnreadableManifestException e) {
            throw new BackupException(FindingCode.BACKUP_FOREIGN.about(
                    folder.toString(), e.reason(), "Name the directory of a backup that this library took."));
        } catch (IOException e) {
            throw new BackupException(
                    FindingCode.BACKUP_DAMAGED.because(e.toString(), folder.toString(), "it cannot be read"), e);
        }
    }

    /**
     * The manifest of the newest complete backup of just these databases, of those whose directories are in the given one. Its
     * files are not looked at.
     *
     * @throws UncheckedIOException when the directory cannot be read
     */
    public static Optional<BackupManifest> newestIn(Path folder, List<String> schemas) {
        List<String> wanted = schemas.stream().sorted().toList();
        try (Stream<Path> folders = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return folders.flatMap(each -> BackupFolder.manifest(each).stream())
                    .filter(manifest ->
                            manifest.names().stream().sorted().toList().equals(wanted))
                    .max(Comparator.comparing(BackupManifest::taken));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void verify(Path folder, BackupManifest.StoredFile file) throws IOException {
        Path path = required(folder, file.name());
        long size = Files.size(path);
        if (size != file.size()) {
            throw damaged(folder, file.name() + " has " + size + " bytes instead of " + file.size());
        }
        MessageDigest digest = StoredOutput.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            throw damaged(folder, file.name() + " has another content than it was written with");
        }
    }

    /** The names that a backup gets here; others could lead out of the directory. */
    private static void requireOwnNames(Path folder, BackupManifest manifest) {
        List<String> files =
                manifest.files().stream().map(BackupManifest.StoredFile::name).toList();
        if (!files.stream().allMatch(name -> FILE.matcher(name).matches())) {
            throw damaged(folder, "its manifest names a file outside of it, or one that no backup has");
        }
        if (files.stream().distinct().count() != files.size()) {
            throw damaged(folder, "its manifest names a file twice");
        }
    }

    /** Whole, since no backup has a large one. */
    private static byte[] small(Path folder, String name) throws IOException {
        Path file = required(folder, name);
        if (Files.size(file) > LARGEST_MANIFEST) {
            throw damaged(folder, name + " is larger than any backup has it");
        }
        return Files.readAllBytes(file);
    }

    private static Path required(Path folder, String name) {
        Path file = folder.resolve(name);
        if (Files.isSymbolicLink(file)) {
            throw damaged(folder, name + " is a symbolic link, which may lead anywhere");
        }
        if (!Files.isRegularFile(file)) {
            throw damaged(folder, Files.isDirectory(folder) ? name + " is missing" : "there is no such directory");
        }
        return file;
    }

    private static BackupException damaged(Path folder, String reason) {
        return new BackupException(FindingCode.BACKUP_DAMAGED.about(folder.toString(), reason));
    }
}
