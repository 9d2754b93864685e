package org.apache.cloudstack.framework.dbupgrade.migration;

/** Makes the instances of migration classes; an application context injects what their constructors ask for. */
@FunctionalInterface
public interface MigrationInstances {

    /**
     * Makes one instance.
     *
     * @throws ReflectiveOperationException when the class has no constructor that can be called
     */
    JavaMigration create(Class<? extends JavaMigration> type) throws ReflectiveOperationException;

    /** Calls the constructor without arguments. */
    static MigrationInstances byDefaultConstructor() {
        return type -> {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        };
    }
}
