package org.apache.cloudstack.framework.dbupgrade.internal.sql.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.DatabaseOperation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Operation;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.TableOperation;

/**
 * Reads operations on tables as a whole, and on databases.
 *
 * @param known what was there before
 * @param later what the script does after this statement
 */
record TableReading(KnownSchema known, List<Operation> later) {

    private static final Map<String, Change> SHAPES = Map.of(
            "partitions", TableChange.PARTITION_BY,
            "partition", TableChange.PARTITION_BY,
            "removepartitioning", TableChange.REMOVE_PARTITIONING,
            "addpartition", TableChange.ADD_PARTITION,
            "reorganizepartition", TableChange.REORGANIZE_PARTITION,
            "coalescepartition", TableChange.REORGANIZE_PARTITION,
            "droppartition", TableChange.DROP_PARTITION,
            "truncatepartition", TableChange.DROP_PARTITION,
            "exchangepartition", TableChange.DROP_PARTITION);

    private static final Set<String> ROW_FORMATS = Set.of("row_format", "key_block_size");

    /** Options that change how rows are kept, and not which rows there are or what they hold. */
    private static final Set<String> HARMLESS = Set.of("""
            comment stats_persistent stats_auto_recalc stats_sample_pages avg_row_length max_rows min_rows checksum
            delay_key_write pack_keys compression encryption encrypted encryption_key_id tablespace page_compressed
            page_compression_level page_checksum transactional autoextend_size engine_attribute
            """.trim().split("\\s+"));

    List<FoundChange> read(TableOperation operation) {
        ObjectName table = operation.table();
        if (operation instanceof TableOperation.ChangeTableOptions change && !known.isNewTable(table)) {
            Optional<String> strange = change.options().keySet().stream()
                    .filter(name -> !isKnown(name))
                    .findFirst();
            if (strange.isPresent()) {
                return List.of(FoundChange.unsure(
                        TableChange.CHANGE_ENGINE, table, "what the option " + strange.get() + " means"));
            }
        }
        if (operation instanceof TableOperation.ReshapeTable reshape) {
            return List.of(reshaped(reshape));
        }
        boolean isNew =
                known.isNewTable(table) || operation instanceof TableOperation.DropTable drop && takesNothing(drop);
        return changes(operation).stream()
                .map(change -> isNew ? FoundChange.ofNew(change, table) : FoundChange.of(change, table))
                .toList();
    }

    /** Scripts are written so that they can be tried again: what is created first goes, if it is there. */
    private boolean takesNothing(TableOperation.DropTable drop) {
        return drop.ifExists()
                && known.isAbsent(drop.table())
                && later.stream()
                        .anyMatch(operation -> operation instanceof TableOperation.CreateTable create
                                && !create.temporary()
                                && create.table().isSame(drop.table()));
    }

    private List<Change> changes(TableOperation operation) {
        if (operation instanceof TableOperation.CreateTable create) {
            return create.temporary() ? List.of() : List.of(TableChange.CREATE);
        }
        if (operation instanceof TableOperation.CreateTableAsSelect create) {
            return create.temporary() ? List.of() : List.of(TableChange.CREATE_AS_SELECT);
        }
        if (operation instanceof TableOperation.DropTable drop) {
            return drop.temporary() ? List.of() : List.of(TableChange.DROP_TABLE);
        }
        if (operation instanceof TableOperation.ChangeTableOptions change) {
            return options(change);
        }
        if (operation instanceof TableOperation.CreateTableLike) {
            return List.of(TableChange.CREATE_LIKE);
        }
        if (operation instanceof TableOperation.RenameTable) {
            return List.of(TableChange.RENAME_TABLE);
        }
        return operation instanceof TableOperation.TruncateTable
                ? List.of(TableChange.TRUNCATE)
                : List.of(TableChange.REBUILD);
    }

    private static boolean isKnown(String option) {
        return HARMLESS.contains(option)
                || ROW_FORMATS.contains(option)
                || Set.of("engine", "charset", "collate", "auto_increment").contains(option);
    }

    private TableChange conversion(TableOperation.ChangeTableOptions change) {
        Map<String, String> options = change.options();
        if (!Charsets.hasAll(options.getOrDefault("charset", "").toLowerCase(Locale.ROOT))) {
            return TableChange.CONVERT;
        }
        boolean distinguishesCase = Charsets.distinguishesCase(options.getOrDefault("collate", ""));
        Optional<KnownTable> table = known.table(change.table());
        boolean comparesAsBefore =
                table.filter(before -> before.hasText(!distinguishesCase)).isEmpty()
                        && (!distinguishesCase
                                || table.filter(before -> before.hasText(true)).isPresent());
        return comparesAsBefore ? TableChange.CONVERT_WIDER : TableChange.CONVERT_COMPARED;
    }

    private List<Change> options(TableOperation.ChangeTableOptions change) {
        Map<String, String> options = change.options();
        if (change.convertsColumns()) {
            return List.of(conversion(change));
        }
        List<Change> changes = new ArrayList<>();
        options.forEach((name, value) -> {
            if (name.equals("engine")) {
                changes.add(engine(change.table(), value));
            } else if (ROW_FORMATS.contains(name)) {
                changes.add(TableChange.ROW_FORMAT);
            } else if (name.equals("charset") || name.equals("collate")) {
                changes.add(TableChange.DEFAULT_CHARSET);
            } else {
                changes.add(name.equals("auto_increment") ? TableChange.NEXT_NUMBER : TableChange.OPTION);
            }
        });
        return changes.stream().distinct().toList();
    }

    /** A table of which no engine is known may have had any. */
    private Change engine(ObjectName table, String engine) {
        if (!engine.equalsIgnoreCase("InnoDB")) {
            return TableChange.CHANGE_ENGINE;
        }
        Optional<String> before = known.table(table).flatMap(found -> found.option("engine"));
        return before.filter(engine::equalsIgnoreCase).isPresent() ? TableChange.REBUILD : TableChange.ENGINE_TO_INNODB;
    }

    private FoundChange reshaped(TableOperation.ReshapeTable reshape) {
        Change change = SHAPES.get(reshape.what().toLowerCase(Locale.ROOT).replace(" ", ""));
        if (known.isNewTable(reshape.table())) {
            return FoundChange.ofNew(change == null ? TableChange.CONVERT : change, reshape.table());
        }
        return change == null
                ? FoundChange.unsure(
                        TableChange.CONVERT, reshape.table(), "what this change means (" + reshape.what() + ")")
                : FoundChange.of(change, reshape.table());
    }

    static FoundChange read(DatabaseOperation operation) {
        Change change = operation instanceof DatabaseOperation.CreateDatabase
                ? TableChange.CREATE_DATABASE
                : operation instanceof DatabaseOperation.DropDatabase
                        ? TableChange.DROP_DATABASE
                        : TableChange.ALTER_DATABASE;
        return FoundChange.of(change, new ObjectName("", operation.schema()));
    }
}
