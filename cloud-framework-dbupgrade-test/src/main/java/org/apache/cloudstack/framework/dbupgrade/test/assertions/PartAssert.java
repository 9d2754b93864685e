package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.Map;

/**
 * Assertions about a table, or about something in it: from each of them one goes on with the table, as in
 * {@code hasTable("vm").withColumn("state").ofType("varchar(32)").withIndex("i_vm__state").hasRows(3)}.
 *
 * @param <S> the assertion itself
 */
public abstract class PartAssert<S extends PartAssert<S>> extends TextAssert<S, String> {

    PartAssert(String name, Class<?> self) {
        super(name, self);
    }

    abstract TableAssert table();

    /** Goes back to the databases. */
    public DatabaseAssert and() {
        return table().database();
    }

    /** The table has this column; goes on with it. */
    public ColumnAssert withColumn(String column) {
        return table().column(column);
    }

    /** The table has no column of this name. */
    public TableAssert withoutColumn(String column) {
        return table().lacksColumn(column);
    }

    /** The table has these columns in this order, and no other. */
    public TableAssert withColumnsExactly(String... columns) {
        return table().hasColumns(columns);
    }

    /** The table has this index; goes on with it. Indexes that a server makes for foreign keys are not seen. */
    public IndexAssert withIndex(String index) {
        return table().index(index);
    }

    /** The table has no index of this name. */
    public TableAssert withoutIndex(String index) {
        return table().lacksIndex(index);
    }

    /** The table has a primary key of these columns in this order. */
    public TableAssert withPrimaryKey(String... columns) {
        return table().hasPrimaryKey(columns);
    }

    /** The table has this foreign key; goes on with it. */
    public ForeignKeyAssert withForeignKey(String foreignKey) {
        return table().foreignKey(foreignKey);
    }

    /** The table has no foreign key of this name. */
    public TableAssert withoutForeignKey(String foreignKey) {
        return table().lacksForeignKey(foreignKey);
    }

    /** The table has so many rows. */
    public TableAssert hasRows(long count) {
        return table().counts(count);
    }

    /**
     * The table has at least one row with these values, compared as text; other columns do not matter.
     *
     * @param values by name of the column; a value may be null only in a map that allows it
     */
    public TableAssert containsRow(Map<String, ?> values) {
        return table().contains(values);
    }

    /** The table has no row with these values. */
    public TableAssert doesNotContainRow(Map<String, ?> values) {
        return table().lacks(values);
    }
}
