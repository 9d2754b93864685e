package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.List;
import java.util.Optional;

/**
 * What one file becomes.
 *
 * @param text the text of the new file
 * @param rewrites where it differs from the old one
 * @param tail what was never run
 * @param problems why it cannot be taken as it is, each with its line; empty when it can
 */
record ImportedScript(String text, List<Rewrite> rewrites, Optional<UnterminatedTail> tail, List<String> problems) {

    ImportedScript {
        rewrites = List.copyOf(rewrites);
        problems = List.copyOf(problems);
    }
}
