package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The scripts that install the first release.
 *
 * @param release the release they install, which follows none
 * @param files their paths below the tree, in the order in which they run
 */
public record BaseScripts(ReleaseVersion release, List<String> files) {

    public BaseScripts {
        files = List.copyOf(files);
    }

    /**
     * Reads {@code create-schema.sql,create-schema-premium.sql=4.0.0}.
     *
     * @throws IllegalArgumentException when the text is not of this form
     */
    public static BaseScripts of(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' does not name base scripts: write <file>,<file>=<release>");
        }
        return new BaseScripts(
                ReleaseVersion.of(text.substring(equals + 1).strip()),
                List.of(text.substring(0, equals).strip().split("\\s*,\\s*")));
    }
}
