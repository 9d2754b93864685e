package org.apache.cloudstack.framework.dbupgrade.releases;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.DirectiveReader;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MalformedNameException;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.NameRules;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;

/**
 * A migration as it is in a source tree, where nothing is compiled.
 *
 * @param name its release and place in it
 * @param file the name of its file, such as {@code V_410_A.sql} or {@code V_410_C.java}
 * @param changeId the identity of its content; empty for a class that states no revision, and for a script that is not UTF-8
 * @param supersedes the older contents that it declares to be as good
 * @param sameAs the place of the class that it says it equals
 */
public record SourceMigration(
        MigrationName name,
        String file,
        Optional<ChangeId> changeId,
        Set<ChangeId> supersedes,
        Optional<String> sameAs) {

    private static final String SCRIPT = ".sql";
    private static final String CLASS = ".java";

    public SourceMigration {
        supersedes = Set.copyOf(supersedes);
    }

    /**
     * Whether a file must have a migration's name: each script that is neither a repeatable nor a verification query, and
     * each class {@code V_…}.
     */
    public static boolean claims(String file) {
        return file.endsWith(SCRIPT)
                ? !file.startsWith("R_") && !file.startsWith("T_")
                : file.endsWith(CLASS) && file.startsWith("V_");
    }

    /**
     * Reads one file.
     *
     * @param file its name, without directories
     * @param content its bytes
     * @return empty when the file is no migration, or has not the name of one
     */
    public static Optional<SourceMigration> read(String file, byte[] content) {
        if (!claims(file)) {
            return Optional.empty();
        }
        try {
            MigrationName name = NameRules.versioned(stem(file));
            return Optional.of(read(
                    name,
                    file,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString()));
        } catch (MalformedNameException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return unreadable(file);
        }
    }

    /** What two migrations of one content have in common: the change id, or else the class's name. */
    public String identity() {
        return changeId.map(ChangeId::hex).orElse(stem(file));
    }

    /** The same with the content of the class that it says it equals, if that is there. */
    public SourceMigration among(Collection<SourceMigration> others) {
        return sameAs.flatMap(place -> others.stream()
                        .filter(other -> other.name().place().equals(place))
                        .findFirst())
                .map(other -> new SourceMigration(name, file, other.changeId(), supersedes, sameAs))
                .orElse(this);
    }

    static String stem(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    private static SourceMigration read(MigrationName name, String file, String text) {
        if (file.endsWith(CLASS)) {
            JavaSource source = new JavaSource(text);
            return new SourceMigration(name, file, source.changeId(name), Set.of(), source.sameAs());
        }
        DirectiveReader head = DirectiveReader.read(file, false, text);
        return new SourceMigration(
                name,
                file,
                Optional.of(head.changeId()),
                head.directives().supersedes().keySet(),
                Optional.empty());
    }

    private static Optional<SourceMigration> unreadable(String file) {
        try {
            return Optional.of(new SourceMigration(
                    NameRules.versioned(stem(file)), file, Optional.empty(), Set.of(), Optional.empty()));
        } catch (MalformedNameException e) {
            return Optional.empty();
        }
    }
}
