package org.apache.cloudstack.framework.dbupgrade.bench;

import java.util.Locale;
import java.util.Map;

/** How the same migrations are named and written for a contender. */
enum Layout {

    /** Scripts in the order of their names. */
    PLAIN("db/plain") {
        @Override
        String file(int number) {
            return "%05d.sql".formatted(number);
        }
    },

    /** Releases of twenty migrations each. */
    LIBRARY("db/upgrade") {
        @Override
        String file(int number) {
            int place = number - 1;
            return "V_1.%d.0_%s__tiny_%d.sql"
                    .formatted(place / PER_RELEASE, (char) ('A' + place % PER_RELEASE), number);
        }
    },

    /** One version for each migration. */
    FLYWAY("db/flyway") {
        @Override
        String file(int number) {
            return "V%d__tiny_%d.sql".formatted(number, number);
        }
    },

    /** Formatted SQL, with one change set in each file. */
    LIQUIBASE("db/liquibase") {
        @Override
        String file(int number) {
            return "%05d.sql".formatted(number);
        }

        @Override
        String text(int number) {
            return "--liquibase formatted sql\n--changeset bench:" + number + "\n" + super.text(number);
        }

        @Override
        Map<String, String> companions() {
            return Map.of(CHANGELOG, """
                    <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                            http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                      <includeAll path="%s/"/>
                    </databaseChangeLog>
                    """.formatted(folder()));
        }
    };

    /** The file by which Liquibase finds the others. */
    static final String CHANGELOG = "db/changelog.xml";

    static final int PER_RELEASE = 20;
    private static final int CHANGE_EVERY = 10;

    private final String folder;

    Layout(String folder) {
        this.folder = folder;
    }

    /** Where the files are in the jar. */
    String folder() {
        return folder;
    }

    /** The name of a migration's file; the first has number 1. */
    abstract String file(int number);

    /** What a migration's file holds: a new table, or each tenth time another column for the table before. */
    String text(int number) {
        return number % CHANGE_EVERY == 0
                ? "ALTER TABLE tiny_%d ADD COLUMN note VARCHAR(100) NULL;\n".formatted(number - 1)
                : """
                  CREATE TABLE tiny_%d (
                    id      BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
                    name    VARCHAR(100) NOT NULL,
                    created DATETIME NULL
                  );
                  """.formatted(number);
    }

    /** Files beside the migrations: their paths in the jar, and what they hold. */
    Map<String, String> companions() {
        return Map.of();
    }

    /** How many tables that many migrations make. */
    static int tables(int migrations) {
        return migrations - migrations / CHANGE_EVERY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
