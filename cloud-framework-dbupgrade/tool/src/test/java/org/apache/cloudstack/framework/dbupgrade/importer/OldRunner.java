package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.ArrayList;
import java.util.List;

/** What CloudStack's runner sent of a script, reported once more in the plainest way, to compare with. */
final class OldRunner {

    private OldRunner() {}

    static List<String> sent(String script) {
        List<String> sent = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : script.split("\\r\\n|\\r|\\n")) {
            String trimmed = line.trim();
            if (trimmed.isEmpty() || trimmed.startsWith("--") || trimmed.startsWith("//") || trimmed.startsWith("#")) {
                continue;
            }
            if (trimmed.endsWith(";")) {
                sent.add(command.append(line, 0, line.lastIndexOf(';'))
                        .append(' ')
                        .toString());
                command = new StringBuilder();
            } else {
                int dashes = line.indexOf("--");
                command.append(dashes < 0 ? line : line.substring(0, dashes)).append(' ');
            }
        }
        return sent;
    }
}
