package org.apache.cloudstack.framework.dbupgrade.bench;

/** What is measured. */
enum Measure {

    /** From an empty database to one with all migrations. */
    APPLY {
        @Override
        void of(Contender contender, Login login) throws Exception {
            contender.apply(login);
        }
    },

    /** A start with nothing to do. */
    START {
        @Override
        void of(Contender contender, Login login) throws Exception {
            contender.start(login);
        }
    };

    abstract void of(Contender contender, Login login) throws Exception;
}
