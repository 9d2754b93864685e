package org.apache.cloudstack.framework.dbupgrade.bench;

/** Flyway with all migrations in one transaction, as far as the server has such a thing for definitions. */
final class GroupedFlyway extends PlainFlyway {

    GroupedFlyway() {
        super(true);
    }
}
