package org.apache.cloudstack.framework.dbupgrade.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;

/** The least that can be called upgrading: a loop over the scripts, and one insert into a history for each. */
final class JdbcLoop implements Contender {

    private static final String HISTORY = "CREATE TABLE history (script VARCHAR(200) NOT NULL PRIMARY KEY,"
            + " installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)";

    @Override
    public void apply(Login login) throws IOException, SQLException {
        URL folder = Objects.requireNonNull(JdbcLoop.class.getClassLoader().getResource(Layout.PLAIN.folder() + "/"));
        try (JarFile jar = ((JarURLConnection) folder.openConnection()).getJarFile();
                Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(HISTORY);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO history (script) VALUES (?)")) {
                for (String script : scripts(jar)) {
                    statement.execute(text(jar, script));
                    insert.setString(1, script);
                    insert.executeUpdate();
                }
            }
        }
    }

    private static List<String> scripts(JarFile jar) {
        return jar.stream()
                .map(Object::toString)
                .filter(name -> name.startsWith(Layout.PLAIN.folder()) && name.endsWith(".sql"))
                .sorted()
                .toList();
    }

    private static String text(JarFile jar, String script) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(script))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void start(Login login) throws SQLException {
        int rows = 0;
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT script, installed_on FROM history ORDER BY script")) {
            while (found.next()) {
                rows += found.getString(1).isEmpty() ? 0 : 1;
            }
        }
        if (rows == 0) {
            throw new IllegalStateException("The history is empty");
        }
    }
}
