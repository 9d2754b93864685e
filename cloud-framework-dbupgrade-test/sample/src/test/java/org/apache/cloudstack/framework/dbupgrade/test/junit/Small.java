package org.apache.cloudstack.framework.dbupgrade.test.junit;

/** Migrations of three releases: a table of VMs with one row, a column more, a table more. */
final class Small {

    static final String MIGRATIONS = "classpath:org/apache/cloudstack/framework/dbupgrade/test/junit/migrations";
    static final String ONE_VM = "org/apache/cloudstack/framework/dbupgrade/test/junit/one-vm.sql";

    private Small() {}
}
