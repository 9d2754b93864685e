package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of objects, each of which has to be of a database of the backup.
 *
 * @param databases of the backup
 * @param current the one that names without a database mean; none before {@code USE}
 */
record Names(Set<String> databases, @Nullable String current) {

    /** The name with its database. */
    String read(Tokens tokens) throws RefusedContentException {
        String first = tokens.name();
        if (tokens.take(".")) {
            return required(first) + "." + tokens.name();
        }
        if (current == null) {
            throw new RefusedContentException("the name " + first + " before a database is chosen");
        }
        return current + "." + first;
    }

    String database(Tokens tokens) throws RefusedContentException {
        return required(tokens.name());
    }

    private String required(String database) throws RefusedContentException {
        if (!databases.contains(database)) {
            throw new RefusedContentException(
                    "a statement on the database " + database + ", which is none of those of the backup");
        }
        return database;
    }
}
