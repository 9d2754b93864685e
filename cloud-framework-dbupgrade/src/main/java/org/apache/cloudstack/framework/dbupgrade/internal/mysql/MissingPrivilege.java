package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/**
 * The least grant that lets a statement pass which the server refused. Which privilege it lacks is known from the server's
 * message alone, and for which databases from the account's grants.
 *
 * @param error what the server answered
 * @param schemas the databases of the upgrade
 */
record MissingPrivilege(SQLException error, List<String> schemas) {

    private static final Set<String> OF_AN_UPGRADE =
            Set.of("ALTER", "CREATE", "DELETE", "DROP", "INDEX", "INSERT", "SELECT", "UPDATE");
    private static final Pattern COMMAND =
            Pattern.compile("([a-z]+(?:[ ,]+[a-z]+)*) command denied", Pattern.CASE_INSENSITIVE);
    private static final Pattern GLOBAL = Pattern.compile(
            "\\(at least one of\\) the ([A-Z_, ]+(?: OR [A-Z_, ]+)*) privilege", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATABASE =
            Pattern.compile("(?:for table `((?:[^`]|``)+)`\\.`|to database '([^']+)'|for routine '([^'.]+)\\.)");
    private static final Pattern ACCOUNT = Pattern.compile("user '((?:[^']|'')*)'@'([^']*)'");

    /** The statement for the account of a connection. */
    String grant(Connection connection) throws SQLException {
        Account account = Account.of(connection);
        Optional<String> global = global();
        if (global.isPresent()) {
            return "GRANT " + global.get() + " ON *.* TO " + account;
        }
        Grants grants = Grants.read(connection);
        Set<String> needed = command().orElse(OF_AN_UPGRADE);
        String found = lacking(grants, needed, account);
        return found.isEmpty() ? grant(needed, database().orElse(schemas.get(0)), account) : found;
    }

    private String lacking(Grants grants, Set<String> needed, Account account) {
        List<String> databases = database()
                .filter(named -> !schemas.contains(named))
                .map(List::of)
                .orElse(schemas);
        return databases.stream()
                .filter(database -> !grants.missing(database, needed).isEmpty())
                .map(database -> grant(grants.missing(database, needed), database, account))
                .collect(Collectors.joining("; "));
    }

    /** The statement for somebody who may not even connect. */
    String grant() {
        Matcher found = ACCOUNT.matcher(message());
        String account = found.find() ? new Account(found.group(1), found.group(2)).toString() : "the account";
        return grant(command().orElse(Set.of("SELECT")), database().orElse(schemas.get(0)), account);
    }

    private static String grant(Set<String> privileges, String database, Object account) {
        return "GRANT " + String.join(", ", new TreeSet<>(privileges)) + " ON " + Identifier.quote(database) + ".* TO "
                + account;
    }

    private Optional<Set<String>> command() {
        Matcher found = COMMAND.matcher(message());
        return found.find()
                ? Optional.of(Arrays.stream(found.group(1)
                                .toUpperCase(Locale.ROOT)
                                // what SELECT … FOR UPDATE needs
                                .replace("SELECT WITH LOCKING CLAUSE", "SELECT, UPDATE")
                                .split(","))
                        .map(String::strip)
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** Of several that would do, the narrowest. */
    private Optional<String> global() {
        Matcher found = GLOBAL.matcher(message());
        return found.find()
                ? Arrays.stream(found.group(1).toUpperCase(Locale.ROOT).split(",|\\bOR\\b"))
                        .map(String::strip)
                        .filter(privilege -> !privilege.isEmpty())
                        .reduce((one, other) -> other.equals("SUPER") ? one : other)
                : Optional.empty();
    }

    private Optional<String> database() {
        Matcher found = DATABASE.matcher(message());
        if (!found.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(found.group(1))
                .map(name -> name.replace("``", "`"))
                .or(() -> Optional.ofNullable(found.group(2)))
                .or(() -> Optional.ofNullable(found.group(3)));
    }

    private String message() {
        return String.valueOf(error.getMessage());
    }
}
