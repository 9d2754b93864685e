package org.apache.cloudstack.framework.dbupgrade.migration;

/**
 * A SQL callback of Flyway that lies beside the migrations, such as {@code afterMigrate__grants.sql}.
 *
 * @param fileName its file's name, by which Flyway knows the event
 * @param path its path below the location
 * @param origin where it was found
 * @param text its text
 */
public record CallbackScript(String fileName, String path, String origin, String text) {}
