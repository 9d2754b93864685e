package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a {@link MigratedDatabase} on a real server. On a class or method it says what the test's database is, the
 * method's word over the class's; fields and parameters of that type get it. On a field or parameter it says so for that
 * one. A field is filled before each test, a static one once for its class.
 *
 * <pre>{@code
 * @UpgradeDatabase(locations = "classpath:db/upgrade")
 * class VolumesTest {
 *
 *     @Test
 *     @UpgradeDatabase(at = "4.5.2")
 *     void volumesGetAPool(MigratedDatabase database) {
 *         database.run("INSERT INTO cloud.volumes (name) VALUES ('one')");
 *         database.upgrade("4.6.0");
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>A project names its migrations once: in an annotation of its own that has this one, and that its test classes have. What
 * a test says in addition goes over it.
 *
 * <p>The databases of a release are made by an upgrade once, and then restored; whatever a test does to them does not reach
 * the next one, and connections it leaves open are closed. <strong>Databases of the names in {@link #schemas()}, and of
 * {@code cloud} and {@code cloud_usage}, are dropped</strong> on the server, no matter who made them; users, global variables and
 * databases of other names are the test's own affair.
 *
 * <p>Scripts contain the names of databases, so a server serves one test at a time. Where tests run at the same time, each
 * gets a server of its own, and waits for it up to the time in the configuration parameter
 * {@value UpgradeDatabaseExtension#WAIT} (ten minutes unless given, such as {@code PT1M}). For the same reason a test has
 * one database on each server: a second one is refused.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(UpgradeDatabaseExtension.class)
public @interface UpgradeDatabase {

    /** The release it is at; empty when it is given without any schema. {@code newest} is the newest one. */
    String at() default "";

    /**
     * Where the migrations are; those of the application, as for {@link #schemas()}, unless given. Places without any are
     * refused, unless neither a release nor a place is asked for: so a test gets databases for a {@link MigrationFolder} of
     * its own.
     */
    String[] locations() default {};

    /**
     * The names of the databases. Unless given they are those of the application: {@code cloud.dbupgrade.schemas} in its
     * {@code application.yml} or {@code .properties}, else the database in {@code spring.datasource.url}; where it says
     * neither, the test is refused.
     */
    String[] schemas() default {};

    /**
     * The server: a product and the beginning of its version, such as {@code mysql:8.4} or {@code mariadb:11.4}. Unless given
     * it is that of {@code DBUPGRADE_TEST_URL}, else MySQL in a container where Docker answers, else an embedded MariaDB.
     * What cannot be had is an error, and no reason to skip a test.
     */
    String server() default "";

    /** Scripts on the class path that are run once the release is reached, with the first database selected. */
    String[] scripts() default {};

    /** What else an upgrade needs, such as checks; a class with a constructor without parameters. */
    Class<? extends UpgradeConfiguration> configuration() default UpgradeConfiguration.None.class;
}
