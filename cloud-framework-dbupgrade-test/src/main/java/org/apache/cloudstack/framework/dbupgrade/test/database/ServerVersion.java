package org.apache.cloudstack.framework.dbupgrade.test.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The words in which a server names itself: {@code 11.4.5-MariaDB-log} becomes {@code MariaDB 11.4.5}. */
final class ServerVersion {

    private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");

    private ServerVersion() {}

    static String of(DataSource dataSource) {
        return of(JdbcClient.create(dataSource)
                .sql("SELECT VERSION()")
                .query(String.class)
                .single());
    }

    static String of(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        String product = text.contains("MariaDB") ? "MariaDB " : "MySQL ";
        return product + (numbers.lookingAt() ? numbers.group() : text);
    }
}
