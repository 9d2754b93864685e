package org.apache.cloudstack.framework.dbupgrade.sample;

import static org.apache.cloudstack.framework.dbupgrade.test.assertions.UpgradeAssertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.Verification;
import org.apache.cloudstack.framework.dbupgrade.test.junit.MigratedDatabase;
import org.apache.cloudstack.framework.dbupgrade.test.junit.UpgradeDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases of the sample are what their releases make; and each change by hand is found. */
class SampleVerifyTest {

    private static final Pattern SHOW_CREATE =
            Pattern.compile("SHOW CREATE (?<kind>\\w+) (?<name>(?<schema>\\w+)\\.\\w+)");

    /** How many queries hold for a release: those of parallel lines and those until then do not. */
    private static final Map<String, Integer> QUERIES =
            new TreeMap<>(Map.of("4.0.0", 4, "4.5.3", 4, SamplePlatform.NEWEST, 5));

    /** On every server {@link ConvergenceTest} verifies every fresh install. */
    @Test
    @SampleUpgrade
    void aReleaseIsWhatItsSnapshotAndItsQueriesSay(MigratedDatabase database) {
        for (String release : QUERIES.keySet()) {
            database.upgrade(release);
            Verification verification = database.to(release).verify();

            assertThat(verification.lines())
                    .containsExactly("The database is at release " + release + " and is what that release makes.");
            assertThat(verification.isClean()).isTrue();
            assertThat(verification.queriesRun()).isEqualTo(QUERIES.get(release));
        }
    }

    @Test
    @PlatformInUse
    void aPlatformInUseIsWhatItsReleaseMakesBeforeAndAfterItsUpgrade(MigratedDatabase platform) {
        assertThat(platform.toNewest().verify().lines())
                .containsExactly("The database is at release 4.0.0 and is what that release makes.");

        platform.upgrade();
        Verification verification = platform.toNewest().verify();

        assertThat(platform).isAt(SamplePlatform.NEWEST);
        assertThat(verification.isClean()).as("%s", verification.lines()).isTrue();
        assertThat(verification.queriesRun()).as("without those until 4.1.0").isEqualTo(5);
    }

    /** Each change is made and undone on one database. */
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    @SampleUpgrade
    class AfterAChangeByHand {

        private final MigratedDatabase platform;

        AfterAChangeByHand(@UpgradeDatabase(at = SamplePlatform.NEWEST) MigratedDatabase platform) {
            this.platform = platform;
        }

        @AfterEach
        void theChangeIsUndone() {
            assertThat(verification().lines())
                    .containsExactly("The database is at release 4.7.0 and is what that release makes.");
        }

        private Verification verification() {
            return platform.toNewest().verify();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                column cloud.vpc.extra                  | ALTER TABLE cloud.vpc ADD extra INT                                  | ALTER TABLE cloud.vpc DROP extra
                column cloud.account.default_zone_id    | ALTER TABLE cloud.account DROP default_zone_id                       | ALTER TABLE cloud.account ADD default_zone_id BIGINT UNSIGNED NULL AFTER network_domain
                column cloud.account.state              | ALTER TABLE cloud.account ALTER state SET DEFAULT 'locked'           | ALTER TABLE cloud.account ALTER state SET DEFAULT 'enabled'
                column cloud.account.state              | ALTER TABLE cloud.account MODIFY state VARCHAR(10) DEFAULT 'enabled' | ALTER TABLE cloud.account MODIFY state VARCHAR(10) NOT NULL DEFAULT 'enabled'
                column cloud.account.network_domain     | ALTER TABLE cloud.account MODIFY network_domain VARCHAR(120)         | ALTER TABLE cloud.account MODIFY network_domain VARCHAR(100)
                column cloud.account.network_domain     | ALTER TABLE cloud.account MODIFY network_domain VARCHAR(100) COLLATE utf8mb4_bin | ALTER TABLE cloud.account MODIFY network_domain VARCHAR(100) COLLATE utf8mb4_general_ci
                index cloud.account.i_extra             | CREATE INDEX i_extra ON cloud.account (state)                        | DROP INDEX i_extra ON cloud.account
                index cloud.account.i_account__removed  | DROP INDEX i_account__removed ON cloud.account                       | CREATE INDEX i_account__removed ON cloud.account (removed)
                index cloud.account.i_account__removed  | ALTER TABLE cloud.account DROP INDEX i_account__removed, ADD INDEX i_account__removed (removed, state) | ALTER TABLE cloud.account DROP INDEX i_account__removed, ADD INDEX i_account__removed (removed)
                index cloud.account.uk_account__uuid    | ALTER TABLE cloud.account DROP INDEX uk_account__uuid, ADD INDEX uk_account__uuid (uuid) | ALTER TABLE cloud.account DROP INDEX uk_account__uuid, ADD UNIQUE INDEX uk_account__uuid (uuid)
                foreign key cloud.user.fk_user__account_id | ALTER TABLE cloud.user DROP FOREIGN KEY fk_user__account_id       | ALTER TABLE cloud.user ADD CONSTRAINT fk_user__account_id FOREIGN KEY (account_id) REFERENCES cloud.account (id) ON DELETE CASCADE
                foreign key cloud.user.fk_user__account_id | ALTER TABLE cloud.user DROP FOREIGN KEY fk_user__account_id; ALTER TABLE cloud.user ADD CONSTRAINT fk_user__account_id FOREIGN KEY (account_id) REFERENCES cloud.account (id) ON DELETE NO ACTION | ALTER TABLE cloud.user DROP FOREIGN KEY fk_user__account_id; ALTER TABLE cloud.user ADD CONSTRAINT fk_user__account_id FOREIGN KEY (account_id) REFERENCES cloud.account (id) ON DELETE CASCADE
                check cloud.domain_router.ck_domain_router__vpc_slot_or_retired | ALTER TABLE cloud.domain_router DROP CONSTRAINT ck_domain_router__vpc_slot_or_retired | ALTER TABLE cloud.domain_router ADD CONSTRAINT ck_domain_router__vpc_slot_or_retired CHECK ((vpc_id IS NULL AND vpc_slot IS NULL) OR (retired = 1 AND vpc_slot IS NULL) OR (retired = 0 AND vpc_slot IS NOT NULL))
                view cloud.account_vm_view              | CREATE OR REPLACE VIEW cloud.account_vm_view AS SELECT 1 AS one      | SHOW CREATE VIEW cloud.account_vm_view
                view cloud.host_load_view               | DROP VIEW cloud.host_load_view                                       | SHOW CREATE VIEW cloud.host_load_view
                procedure cloud.purge_events            | DROP PROCEDURE cloud.purge_events                                    | SHOW CREATE PROCEDURE cloud.purge_events
                procedure cloud.purge_events            | DROP PROCEDURE cloud.purge_events; CREATE PROCEDURE cloud.purge_events(IN before_date DATETIME, OUT purged BIGINT) SET purged = 0 | SHOW CREATE PROCEDURE cloud.purge_events
                function cloud.one                      | CREATE FUNCTION cloud.one() RETURNS INT DETERMINISTIC RETURN 1       | DROP FUNCTION cloud.one
                trigger cloud.account.account_insert    | CREATE TRIGGER cloud.account_insert BEFORE INSERT ON cloud.account FOR EACH ROW SET NEW.state = 'enabled' | DROP TRIGGER cloud.account_insert
                table cloud.plugin                      | CREATE TABLE cloud.plugin (id INT)                                   | DROP TABLE cloud.plugin
                table cloud_usage.usage_job             | DROP TABLE cloud_usage.usage_job                                     | SHOW CREATE TABLE cloud_usage.usage_job
                table cloud_usage.usage_job             | ALTER TABLE cloud_usage.usage_job ENGINE=MyISAM                      | ALTER TABLE cloud_usage.usage_job ENGINE=InnoDB
                table cloud.account                     | ALTER TABLE cloud.account DEFAULT COLLATE utf8mb4_bin                | ALTER TABLE cloud.account DEFAULT COLLATE utf8mb4_general_ci
                database cloud                          | ALTER DATABASE cloud CHARACTER SET latin1                            | ALTER DATABASE cloud CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci
                """)
        void itIsTheOneDifference(String difference, String change, String undoing) {
            String undo = undo(undoing);
            platform.run(change);

            Verification verification = verification();

            platform.run(undo);
            assertThat(verification.differences()).singleElement().asString().startsWith(difference + ": expected ");
            assertThat(verification.isClean()).isFalse();
            assertThat(verification.rowsFound()).isEmpty();
        }

        /** What a SHOW CREATE reports is kept before the change, and made again after it. */
        private String undo(String undoing) {
            Matcher show = SHOW_CREATE.matcher(undoing);
            if (!show.matches()) {
                return undoing;
            }
            String definition = platform.server().rows(undoing).get(0).entrySet().stream()
                    .filter(cell -> cell.getKey().startsWith("Create "))
                    .map(cell -> String.valueOf(cell.getValue()))
                    .findFirst()
                    .orElseThrow();
            return "DROP " + show.group("kind") + " IF EXISTS " + show.group("name") + "; USE " + show.group("schema")
                    + "; " + definition;
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ALTER TABLE cloud.account AUTO_INCREMENT = 5000",
                    "ALTER TABLE cloud.account COMMENT = 'by hand'",
                    "ALTER TABLE cloud.account MODIFY network_domain VARCHAR(100) COMMENT 'by hand'",
                    "INSERT INTO cloud.region (id, name, end_point) VALUES (2, 'Other', 'http://other/')",
                    "ANALYZE TABLE cloud.account"
                })
        void whatCodeDoesNotNoticeIsNoDifference(String change) {
            platform.run(change);

            assertThat(verification().isClean()).isTrue();
        }

        @Test
        void aMissingRowIsFoundByAQueryWhichTellsNoValues() {
            platform.run("UPDATE cloud.configuration SET name = 'waited' WHERE name = 'wait'");

            Verification verification = verification();

            platform.run("UPDATE cloud.configuration SET name = 'wait' WHERE name = 'waited'");
            assertThat(verification.differences()).isEmpty();
            assertThat(verification.isClean()).isFalse();
            assertThat(verification.lines())
                    .containsExactly(
                            "The database is at release 4.7.0 and shows 0 differences of schema, and rows in 1"
                                    + " verification query of 5.",
                            "  T_400_A__rows_every_platform_needs.sql:14  rows every platform needs: 1 row");
        }

        @Test
        void aMissingGuestSystemIsFound() {
            platform.run("UPDATE cloud.guest_os SET uuid = NULL WHERE uuid = '00000000-0000-4000-8000-0000000f0014'");

            Verification verification = verification();

            platform.run("UPDATE cloud.guest_os SET uuid = '00000000-0000-4000-8000-0000000f0014' WHERE id = 14");
            assertThat(verification.rowsFound())
                    .singleElement()
                    .asString()
                    .isEqualTo("T_4.4.0_A__guest_systems.sql:3  guest systems: 1 row");
        }

        @Test
        void manyChangesAreShownAsATable() {
            platform.run("ALTER TABLE cloud.vpc ADD extra INT; ALTER TABLE cloud.account ALTER state SET DEFAULT 'x'");

            Verification verification = verification();

            platform.run("ALTER TABLE cloud.vpc DROP extra;"
                    + " ALTER TABLE cloud.account ALTER state SET DEFAULT 'enabled'");
            assertThat(verification.lines())
                    .hasSize(5)
                    .startsWith("The database is at release 4.7.0 and shows 2 differences of schema, and rows in 0"
                            + " verification queries of 5.")
                    .element(1)
                    .asString()
                    .matches("  what +name +expected +found");
        }
    }
}
