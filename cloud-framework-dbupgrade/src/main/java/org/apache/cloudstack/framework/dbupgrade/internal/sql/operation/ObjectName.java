package org.apache.cloudstack.framework.dbupgrade.internal.sql.operation;

/**
 * The full name of a table, view, routine, trigger or event, as it was written.
 *
 * @param schema the database that holds it; empty when neither the statement nor a USE before it names one
 * @param name its name there, without quotes
 */
public record ObjectName(String schema, String name) {

    /** Whether both name the same object, without regard to case. */
    public boolean isSame(ObjectName other) {
        return schema.equalsIgnoreCase(other.schema) && name.equalsIgnoreCase(other.name);
    }

    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
