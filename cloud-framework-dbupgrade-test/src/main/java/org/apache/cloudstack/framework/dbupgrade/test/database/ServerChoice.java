package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Which server serves a test that asks for one by name.
 *
 * @param given how the server that the environment names introduces itself; empty when it names none
 * @param dockerAnswers whether containers can be started
 * @param embedded the versions of MariaDB whose executables are on the class path
 */
record ServerChoice(Optional<String> given, BooleanSupplier dockerAnswers, List<String> embedded) {

    private static final String IMAGE = "mysql:9.7";

    /** Where servers come from. */
    enum Origin {
        GIVEN,
        CONTAINER,
        EMBEDDED
    }

    /**
     * A kind of server, of which there may be several.
     *
     * @param name the image, or the version; empty for the one that is given
     */
    record Kind(Origin origin, String name) {}

    /** For tests that ask for none: the one given, else a container, else an embedded one. */
    Kind any() {
        if (given.isPresent()) {
            return new Kind(Origin.GIVEN, "");
        }
        return dockerAnswers.getAsBoolean()
                ? new Kind(Origin.CONTAINER, IMAGE)
                : new Kind(Origin.EMBEDDED, embedded.isEmpty() ? EmbeddedMariaDb.V11_4 : embedded.get(0));
    }

    /**
     * For tests that ask for one.
     *
     * @param text empty, or such as {@code mysql:8.4}
     * @throws IllegalArgumentException when the text is no name
     * @throws IllegalStateException when no such server can be had here
     */
    Kind of(String text) {
        if (text.isEmpty()) {
            return any();
        }
        ServerName name = ServerName.parse(text);
        if (given.filter(name::isMetBy).isPresent()) {
            return new Kind(Origin.GIVEN, "");
        }
        Optional<String> version = name.product().equals("mariadb")
                ? embedded.stream().filter(name::isBegunBy).findFirst()
                : Optional.empty();
        if (version.isPresent()) {
            return new Kind(Origin.EMBEDDED, version.get());
        }
        if (dockerAnswers.getAsBoolean()) {
            return new Kind(Origin.CONTAINER, name.toString());
        }
        throw new IllegalStateException(
                "A test asks for the server " + name + ", and nothing here can start it: no Docker"
                        + " engine answers, " + GivenServer.URL
                        + given.map(it -> " names " + it).orElse(" names no server")
                        + ", and on the class path is MariaDB in "
                        + (embedded.isEmpty() ? "no version" : String.join(", ", embedded))
                        + ". Start Docker, or name such a server in " + GivenServer.URL + ".");
    }
}
