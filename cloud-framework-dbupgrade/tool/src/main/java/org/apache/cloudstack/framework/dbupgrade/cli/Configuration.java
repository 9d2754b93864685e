package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.courtesy.CourtesySettings;

/**
 * What a file or the environment says about databases and migrations; everything may be missing.
 *
 * @param password never shown
 * @param courtesy the defaults where nothing is said
 */
record Configuration(
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        List<String> schemas,
        List<String> locations,
        Optional<String> release,
        Optional<String> baseline,
        Optional<String> rolling,
        CourtesySettings courtesy) {

    static final Configuration NONE = new Configuration(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            CourtesySettings.defaults());

    @Override
    public String toString() {
        return "Configuration of " + url.orElse("no server");
    }
}
