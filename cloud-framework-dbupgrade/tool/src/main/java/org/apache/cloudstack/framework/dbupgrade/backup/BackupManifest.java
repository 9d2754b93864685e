package org.apache.cloudstack.framework.dbupgrade.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backup says of itself, in its file {@code manifest.json}.
 *
 * @param kind says that it is one of ours: {@link #KIND}
 * @param format the version of this format: {@link #FORMAT}
 * @param taken when the backup was started
 * @param server product and version of the server
 * @param tool the executable that read the databases
 * @param label what the caller said of the databases
 * @param databases the databases
 * @param bytes of SQL text, before it was compressed
 * @param files the files beside the manifest, in the order in which they are restored
 */
public record BackupManifest(
        String kind,
        int format,
        Instant taken,
        Product server,
        Product tool,
        BackupLabel label,
        List<Database> databases,
        long bytes,
        List<StoredFile> files) {

    /** What every manifest says in the field of this name. */
    public static final String KIND = "cloud-framework-dbupgrade backup";

    /** The only format so far. */
    public static final int FORMAT = 1;

    public BackupManifest {
        databases = List.copyOf(databases);
        files = List.copyOf(files);
    }

    /** The names of the databases, in the order in which they were asked for. */
    public List<String> names() {
        return databases.stream().map(Database::name).toList();
    }

    /**
     * A server or an executable.
     *
     * @param name such as {@code MariaDB} or {@code mariadb-dump}
     * @param version its own text
     */
    public record Product(String name, String version) {
        @Override
        public String toString() {
            return name + " " + version;
        }
    }

    /**
     * One database.
     *
     * @param characterSet of new tables
     * @param collation of new tables
     * @param creation the server's own statement that creates it
     */
    public record Database(String name, String characterSet, String collation, String creation) {}

    /**
     * One file.
     *
     * @param name inside the directory of the backup
     * @param size in bytes
     * @param sha256 of its content, in lower-case hexadecimal digits
     * @param database the database whose rows it holds, if it holds nothing else; such files may be read in any order
     */
    public record StoredFile(String name, long size, String sha256, Optional<String> database) {

        StoredFile(String name, long size, String sha256) {
            this(name, size, sha256, Optional.empty());
        }
    }
}
