package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the connected account may do, as {@code SHOW GRANTS} reports it. */
public final class Grants {

    private static final Pattern GRANT =
            Pattern.compile("GRANT (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.\\* TO .*", Pattern.DOTALL);
    private static final Pattern ROLE = Pattern.compile("GRANT (?!.* ON ).*", Pattern.DOTALL);
    private static final Pattern EVERY = Pattern.compile(".*", Pattern.DOTALL);
    private static final String ALL = "ALL PRIVILEGES";

    private final List<Grant> grants;
    private final boolean hasRoles;

    private Grants(List<Grant> grants, boolean hasRoles) {
        this.grants = grants;
        this.hasRoles = hasRoles;
    }

    /** Privileges on the databases whose names match. */
    private record Grant(Set<String> privileges, Pattern databases) {}

    /** Whether the account has one of the privileges on all databases. */
    public boolean isHeldEverywhere(String... privileges) {
        return grants.stream()
                .filter(grant -> grant.databases() == EVERY)
                .anyMatch(grant -> grant.privileges().contains(ALL)
                        || Arrays.stream(privileges).anyMatch(grant.privileges()::contains));
    }

    /** Asks the server. */
    public static Grants read(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>(texts(connection, "SHOW GRANTS"));
        Grants own = of(lines);
        if (own.hasRoles && DatabaseServer.of(connection).product() == ServerProduct.MYSQL) {
            // MariaDB shows those of the active role by itself
            String roles = texts(connection, "SELECT CURRENT_ROLE()").get(0);
            if (!roles.equals("NONE")) {
                return of(texts(connection, "SHOW GRANTS FOR CURRENT_USER() USING " + roles));
            }
        }
        return own;
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Reads the lines of {@code SHOW GRANTS}. */
    static Grants of(List<String> lines) {
        List<Grant> grants = new ArrayList<>();
        boolean hasRoles = false;
        for (String line : lines) {
            Matcher grant = GRANT.matcher(line);
            if (grant.matches()) {
                Set<String> privileges = new TreeSet<>();
                Arrays.stream(grant.group(1).split(",", -1))
                        .forEach(privilege -> privileges.add(privilege.strip().toUpperCase(Locale.ROOT)));
                grants.add(new Grant(privileges, databases(grant.group(2))));
            } else {
                hasRoles |= ROLE.matcher(line).matches();
            }
        }
        return new Grants(grants, hasRoles);
    }

    /** In the name of a database {@code %} and {@code _} are wildcards, unless a backslash stands before them. */
    private static Pattern databases(String name) {
        if (name.equals("*")) {
            return EVERY;
        }
        String text = name.substring(1, name.length() - 1).replace("``", "`");
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign == '\\' && i + 1 < text.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(text.charAt(i))));
            } else if (sign == '%') {
                regex.append(".*");
            } else {
                regex.append(sign == '_' ? "." : Pattern.quote(String.valueOf(sign)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    }

    /** Those of the privileges that the account has not; none when it has roles, whose privileges are not looked into. */
    public Set<String> missing(String database, Set<String> needed) {
        return hasRoles ? Set.of() : notHeld(database, needed);
    }

    /** Those of the privileges that the account has neither itself nor by a role that is active. */
    public Set<String> notHeld(String database, Set<String> needed) {
        Set<String> missing = new TreeSet<>(needed);
        for (Grant grant : grants) {
            if (grant.databases().matcher(database).matches()) {
                missing.removeAll(grant.privileges().contains(ALL) ? needed : grant.privileges());
            }
        }
        return missing;
    }
}
