package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.ScriptText;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.migration.Sequence;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Collects the files of locations that say what databases should be: snapshots of schemas, and verification queries. */
public final class ExpectationFiles {

    private static final Pattern SNAPSHOT = Pattern.compile("schema/([^/]*)\\.json");
    private static final Pattern QUERY = Pattern.compile("T_.*\\.sql");

    private final Map<ReleaseVersion, SchemaFile> snapshots = new TreeMap<>();
    private final Map<String, VerificationQuery> queries = new TreeMap<>();

    /** Whether a file of this name is meant to hold verification queries. */
    public static boolean isQuery(String file) {
        return QUERY.matcher(file).matches();
    }

    /** Whether the file is meant to be one of them. */
    boolean claim(Location.Entry entry) {
        return SNAPSHOT.matcher(entry.path()).matches() || isQuery(entry.fileName());
    }

    /**
     * Adds a file.
     *
     * @return what is wrong with its directives
     * @throws MalformedNameException when the name of a query breaks a rule
     * @throws RejectedException when the name of a snapshot does, or another file has the same place
     * @throws IOException when it cannot be read
     */
    List<Finding> add(Location.Entry entry) throws MalformedNameException, RejectedException, IOException {
        Matcher snapshot = SNAPSHOT.matcher(entry.path());
        if (snapshot.matches()) {
            addSnapshot(entry, snapshot.group(1));
            return List.of();
        }
        return addQuery(entry);
    }

    /** The release of each file. */
    Map<String, ReleaseVersion> releases() {
        Map<String, ReleaseVersion> releases = new TreeMap<>();
        snapshots.values().forEach(file -> releases.put(file.path(), file.release()));
        queries.values()
                .forEach(query -> releases.put(query.script(), query.name().release()));
        return releases;
    }

    Expectations toExpectations() {
        return new Expectations(snapshots, List.copyOf(queries.values()));
    }

    private void addSnapshot(Location.Entry entry, String version) throws RejectedException {
        Optional<ReleaseVersion> release = ReleaseVersion.tryParse(version).filter(each -> !each.isNext());
        if (release.isEmpty()) {
            throw new RejectedException(FindingCode.MALFORMED_NAME.about(
                    entry.path(),
                    "a snapshot is schema/<version>.json of a release with a number",
                    "schema/4.1.0.json"));
        }
        SchemaFile other = snapshots.putIfAbsent(release.get(), new SchemaFile(release.get(), entry));
        if (other != null) {
            throw new RejectedException(
                    FindingCode.SNAPSHOT_TWICE.about(other.origin(), entry.origin(), release.get()));
        }
    }

    private List<Finding> addQuery(Location.Entry entry) throws MalformedNameException, RejectedException, IOException {
        String file = entry.fileName();
        MigrationName name = NameRules.query(file.substring(0, file.length() - ".sql".length()));
        String text = entry.text();
        DirectiveReader head = DirectiveReader.read(entry.path(), DirectiveRules.Subject.QUERY, ScriptText.of(text));
        VerificationQuery query =
                new VerificationQuery(name, file, text, head.directives().until());
        VerificationQuery other = queries.putIfAbsent(name.timelineVersion(), query);
        if (other != null) {
            throw new RejectedException(FindingCode.DUPLICATE_SEQUENCE.about(
                    other.script(), file, name.release(), name.sequence(), nextFree(name)));
        }
        return head.findings();
    }

    private Sequence nextFree(MigrationName taken) {
        Sequence free = taken.sequence().next();
        while (queries.containsKey(new MigrationName(taken.release(), free, "").timelineVersion())) {
            free = free.next();
        }
        return free;
    }
}
