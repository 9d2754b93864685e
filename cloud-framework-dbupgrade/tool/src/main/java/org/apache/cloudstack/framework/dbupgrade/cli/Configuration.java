package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.UpgradeSettings;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;

/**
 * What a file or the environment says about databases and migrations; everything may be missing.
 *
 * @param url where the server is
 * @param user who connects
 * @param password never shown
 * @param connection further options for the driver; never shown, since it may hold passwords
 * @param settings how the upgrade is done; the defaults where nothing is said
 * @param verify whether the databases are compared with their release afterwards, where that is said
 * @param notes what the file says and the tool does not do
 * @param obstacle why the databases that the file names cannot be upgraded together
 */
record Configuration(
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> connection,
        UpgradeSettings settings,
        Optional<Boolean> verify,
        List<String> notes,
        Optional<String> obstacle) {

    static final Configuration NONE = new Configuration(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            UpgradeSettings.defaults(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    Configuration {
        connection = Map.copyOf(connection);
        notes = List.copyOf(notes);
    }

    /** The same with another login, where one is given. */
    Configuration withLogin(Optional<String> url, Optional<String> user, Optional<String> password) {
        return new Configuration(
                url.or(this::url),
                user.or(this::user),
                password.or(this::password),
                connection,
                settings,
                verify,
                notes,
                obstacle);
    }

    @Override
    public String toString() {
        return "Configuration of " + url.map(ServerErrors::address).orElse("no server");
    }
}
