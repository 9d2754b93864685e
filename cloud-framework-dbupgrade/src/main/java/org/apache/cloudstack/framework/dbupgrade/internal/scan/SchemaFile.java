package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** The file with the snapshot of a release's schema, which is read when it is asked for only. */
public final class SchemaFile {

    private final ReleaseVersion release;
    private final Location.Entry entry;

    SchemaFile(ReleaseVersion release, Location.Entry entry) {
        this.release = release;
        this.entry = entry;
    }

    /** The release that its name says. */
    public ReleaseVersion release() {
        return release;
    }

    /** Where it is, for messages: its path below the location. */
    public String path() {
        return entry.path();
    }

    String origin() {
        return entry.origin();
    }

    /** Its text. */
    public String text() throws IOException {
        return entry.text();
    }
}
