package org.apache.cloudstack.framework.dbupgrade.cli;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerErrors;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Shows that the tool connects, which takes long where nobody answers. */
final class WatchedDataSource extends DriverManagerDataSource {

    private final Screen screen;

    WatchedDataSource(Login login, Screen screen) {
        super(login.url(), login.user(), login.password());
        this.screen = screen;
    }

    @Override
    @SuppressWarnings("try") // it is shown until then
    public Connection getConnection() throws SQLException {
        try (Screen.Activity connecting =
                screen.meanwhile("Connecting to " + ServerErrors.address(String.valueOf(getUrl())))) {
            return super.getConnection();
        }
    }
}
