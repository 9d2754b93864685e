package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.cloudstack.framework.dbupgrade.test.database.TestServers;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method many tests, one for each way that databases can take through the releases:
 *
 * <ul>
 *   <li>a fresh install of each release: {@code fresh 4.7.0};
 *   <li>each release upgraded from each that it follows, and each release upgraded to the newest: {@code 4.5.3 -> 4.7.0};
 *   <li>all releases one after another, so that each step of the graph is taken;
 *   <li>the changes of parallel lines in both orders, up to the release that joins the lines:
 *       {@code 4.5.2 -> 4.5.3 -> 4.6.1} and {@code 4.5.2 -> 4.6.0 -> 4.6.1};
 *   <li>with {@link #pairs()}, each release upgraded to each later one, or refused where the later one lacks a change that
 *       the earlier one has: {@code 4.5.3 -> 4.6.0 is refused};
 *   <li>with {@link #data()}, once more from a database in use.
 * </ul>
 *
 * <p>A fresh install has to be what {@code schema/<version>.json} declares, where there is such a file, and no verification
 * query may find a row. All other ways have to end in the schema and the rows of the fresh install, and the views have to
 * work. With {@code -Ddbupgrade.test.snapshots=src/main/resources/db/upgrade} the fresh installs write these files instead,
 * below that directory. A way that is refused or stops is a failure, with the text of the refusal. A failure names the two ways that
 * disagree and shows what differs side by side; <strong>values of rows are shown</strong>, so put no secrets into them.
 * What {@link org.apache.cloudstack.framework.dbupgrade.DatabaseUpgrade#lint()} says is one more test.
 *
 * <pre>{@code
 * class OurMigrationsTest {
 *
 *     @UpgradePaths(locations = "classpath:db/upgrade")
 *     void everyWayEndsInTheSameDatabase(MigratedDatabase database, UpgradePath way) {
 *         assertThat(database).hasTable("host"); // whatever else has to hold at the end of every way; may be empty
 *     }
 * }
 * }</pre>
 *
 * <p>A server serves one class at a time, as for
 * {@link org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase}. Parameters are optional. Ways with a common beginning share the work of it. Rows of the tables of upgrades themselves
 * are not compared, nor are columns that the server fills with the time.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(UpgradePathsExtension.class)
public @interface UpgradePaths {

    /**
     * Where the migrations are, {@code classpath:<directory>} or {@code filesystem:<directory>}; those of an {@code @UpgradeDatabase}
     * on the class, else of the application, unless given.
     */
    String[] locations() default {};

    /** The names of the databases; those of an {@code @UpgradeDatabase} on the class, else of the application, unless given. */
    String[] schemas() default {};

    /** Whether each release is upgraded to each later one. There are n(n-1)/2 such ways. */
    boolean pairs() default false;

    /** Whether the lint rules are checked too. */
    boolean lint() default true;

    /**
     * A script, {@code classpath:<file>} or {@code filesystem:<file>}, with rows of a database in use. Ways from
     * {@link #dataAt()} on are then walked a second time with these rows, directly, by each release between, and in both
     * orders of parallel lines.
     */
    String data() default "";

    /** The release into which the {@link #data()} is put; the first one unless given. */
    String dataAt() default "";

    /** Tables {@code cloud.account} and columns {@code cloud.account.uuid} whose values may differ. */
    String[] ignoring() default {};

    /** The servers; each way is walked on each. */
    On[] on() default On.SHARED;

    /** A server to walk on. */
    enum On {
        /** The one of {@link TestServers#shared()}. */
        SHARED(""),
        /** A MariaDB 11.4. */
        MARIADB_11_4("mariadb:11.4"),
        /** A MariaDB 10.11. */
        MARIADB_10_11("mariadb:10.11");

        private final String server;

        On(String server) {
            this.server = server;
        }

        /** Its name, as {@link TestServers#take} knows it. */
        String server() {
            return server;
        }
    }
}
