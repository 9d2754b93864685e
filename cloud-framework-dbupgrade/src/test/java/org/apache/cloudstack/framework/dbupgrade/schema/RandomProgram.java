package org.apache.cloudstack.framework.dbupgrade.schema;

import static org.apache.cloudstack.framework.dbupgrade.schema.Check.check;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.fulltext;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.index;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.primaryKey;
import static org.apache.cloudstack.framework.dbupgrade.schema.Index.unique;
import static org.apache.cloudstack.framework.dbupgrade.schema.Reference.foreignKey;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Identifier;

/** A random schema migration with every kind of statement, names and strings that need care among them. */
final class RandomProgram {

    private static final List<String> WORDS = List.of(
            "name",
            "state",
            "select",
            "key",
            "a b",
            "it's",
            "x`y",
            "semi;colon",
            "da--sh",
            "ha#sh",
            "größe",
            "\"q\"",
            "$1",
            "/*c*/",
            "algorithm",
            "back\\slash",
            "1st",
            "ON",
            "comma,",
            "(",
            "@x");
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "it's",
            "\"",
            "a;b",
            "-- no comment",
            "# none",
            "/* none */",
            "back\\slash",
            "\\'",
            "größe",
            "a``b",
            "DELIMITER $$",
            "${x}",
            "?",
            ":x",
            "%",
            "end\\");
    private static final List<BiFunction<Random, String, DataType>> TYPES = List.of(
            (random, word) -> DataTypes.bigint().unsigned(),
            (random, word) -> DataTypes.integer(),
            (random, word) -> DataTypes.bool(),
            (random, word) -> DataTypes.smallint().unsigned(),
            (random, word) -> DataTypes.decimal(10 + random.nextInt(20), random.nextInt(10)),
            (random, word) -> DataTypes.doublePrecision(),
            (random, word) -> DataTypes.varchar(255),
            (random, word) -> DataTypes.varchar(40).charset("latin1").collation("latin1_bin"),
            (random, word) -> DataTypes.fixedChar(40).collation("utf8mb4_bin"),
            (random, word) -> DataTypes.mediumtext().charset("utf8mb4"),
            (random, word) -> DataTypes.text(),
            (random, word) -> DataTypes.varbinary(16),
            (random, word) -> DataTypes.longblob(),
            (random, word) -> DataTypes.datetime(random.nextInt(7)),
            (random, word) -> DataTypes.date(),
            (random, word) -> DataTypes.time(random.nextInt(7)),
            (random, word) -> DataTypes.year(),
            (random, word) -> DataTypes.bit(3),
            (random, word) -> DataTypes.json(),
            (random, word) -> DataTypes.enumOf("on", word.replace("\\", "") + "'", "a;b"),
            (random, word) -> DataTypes.setOf("on", word.replaceAll("[,\\\\]", "") + "'"));

    private final Random random;
    private int names;

    RandomProgram(long seed) {
        this.random = new Random(seed);
    }

    Schema stated() {
        Schema schema = new Schema();
        for (int i = 0; i < 6; i++) {
            Schema database = random.nextInt(4) == 0 ? schema.in("cloud_usage") : schema;
            statement(database);
        }
        return schema;
    }

    private void statement(Schema schema) {
        Table table = schema.table(name());
        switch (random.nextInt(12)) {
            case 0, 1 -> create(random.nextBoolean() ? table : table.ifMissing());
            case 2 -> (random.nextBoolean() ? table : table.ifThere()).drop();
            case 3 -> table.renameTo(name());
            case 4 -> view(schema.view(name()));
            case 5 -> rows(schema);
            case 6 -> table.change(options());
            case 7 -> conditional(table);
            case 8 -> renames(table);
            case 9 -> (random.nextBoolean() ? table.copying() : table).together(this::changes);
            default -> change(random.nextBoolean() ? table : table.copying());
        }
    }

    private void changes(Table table) {
        IntStream.rangeClosed(0, random.nextInt(3)).forEach(i -> change(table));
    }

    private void change(Table table) {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> table.add(placed(column()));
            case 3 -> table.modify(placed(column()));
            case 4 -> table.rename(name(), name());
            case 5 -> table.setDefault(name(), text());
            case 6 -> table.setDefault(name(), random.nextLong());
            case 7 -> table.dropDefault(name()).dropColumn(name());
            case 8 -> table.dropIndex(name()).dropPrimaryKey();
            case 9 -> table.renameIndex(name(), name()).dropForeignKey(name()).dropCheck(name());
            case 10 -> table.add(key(name(), name())).add(primaryKey(name()));
            case 11 -> table.dropIndex(name());
            default -> table.dropColumn(name()).add(unique(name(), name()).andDescending(name()));
        }
        if (random.nextInt(8) == 0) {
            addByCopying(table);
        }
    }

    private void addByCopying(Table table) {
        Table copied = table.copying();
        copied.add(fulltext(name(), name()));
        copied.add(reference(name()));
        copied.add(check(name(), condition(name())));
    }

    private void conditional(Table table) {
        table.ifMissing().add(placed(column())).add(key(name(), name()));
        table.ifMissing().copying().add(reference(name()));
        table.ifThere()
                .dropColumn(name())
                .dropIndex(name())
                .dropForeignKey(name())
                .dropCheck(name());
    }

    private void renames(Table table) {
        String old = name();
        ColumnRename column = table.renameColumn(old).to(column());
        TableRename other = table.renameTable(name());
        if (random.nextBoolean()) {
            column.expand();
            other.expand();
        } else {
            column.contract();
            other.contract();
        }
    }

    private void create(Table table) {
        List<TablePart> parts = new ArrayList<>();
        String id = name();
        parts.add(Column.column(id, DataTypes.bigint()).autoIncrement());
        parts.add(primaryKey(id));
        String number = name();
        parts.add(Column.column(number, DataTypes.integer()).nullable());
        String text = name();
        parts.add(Column.column(text, DataTypes.varchar(200)).comment(text()));
        IntStream.range(0, random.nextInt(4)).forEach(i -> parts.add(column()));
        String computed = name();
        Column generated = Column.column(computed, DataTypes.bigint());
        parts.add(random.nextBoolean() ? generated.computedAs(sum(number)) : generated.storedAs(sum(number)));
        parts.add(key(text, number));
        parts.add(fulltext(name(), text));
        String parent = name();
        parts.add(Column.column(parent, DataTypes.bigint()).nullable());
        parts.add(reference(parent));
        parts.add(check(name(), condition(number)));
        if (random.nextBoolean()) {
            parts.add(options());
        }
        table.create(parts.toArray(TablePart[]::new));
    }

    private Column column() {
        String name = name();
        Column column =
                Column.column(name, TYPES.get(random.nextInt(TYPES.size())).apply(random, word(WORDS)));
        DataType.Family family = column.type().family();
        column = random.nextBoolean() ? column.nullable() : column;
        column = random.nextInt(3) == 0 ? column.comment(text()) : column;
        if (column.isNullable() && random.nextInt(4) == 0) {
            return column.defaultsToNull();
        }
        return switch (family) {
            case INTEGER, FLOATING_POINT -> random.nextBoolean() ? column.defaultsTo(random.nextInt(5)) : column;
            case FIXED_POINT -> column.defaultsTo(BigDecimal.valueOf(random.nextInt(1000), random.nextInt(3)));
            case CHARACTER -> random.nextBoolean() ? column.defaultsTo(text()) : column;
            case LIST -> column.defaultsTo("on");
            case MOMENT -> random.nextBoolean() ? column.defaultsToNow().followsTime() : column;
            case TEXT -> random.nextBoolean() ? column.defaultsToExpression("concat('a', 'b')") : column;
            default -> column;
        };
    }

    private Column placed(Column column) {
        return switch (random.nextInt(3)) {
            case 0 -> column.first();
            case 1 -> column.after(name());
            default -> column;
        };
    }

    private Index key(String text, String number) {
        return random.nextBoolean()
                ? index(name()).andPrefix(text, 10).andDescending(number)
                : unique(name(), number).and(text);
    }

    private Reference reference(String column) {
        Reference reference = foreignKey(name(), column);
        Reference.Action action = Reference.Action.values()[random.nextInt(Reference.Action.values().length)];
        reference = random.nextBoolean()
                ? reference.references(name(), "id")
                : reference.referencesIn("cloud", name(), "id");
        return random.nextBoolean() ? reference.onDelete(action) : reference.onUpdate(action);
    }

    private TableOptions options() {
        TableOptions some = TableOptions.options().comment(text());
        some = random.nextBoolean() ? some.engine("InnoDB").rowFormat("DYNAMIC") : some;
        some = random.nextBoolean() ? some.charset("utf8mb4") : some;
        return random.nextBoolean() ? some.collation("utf8mb4_bin").autoIncrement(random.nextInt(1000)) : some;
    }

    private void view(View view) {
        if (random.nextBoolean()) {
            view.as("SELECT `id`, COUNT(*) AS n FROM " + Identifier.quote(name()) + " WHERE `a` = 'x' GROUP BY `id`");
        } else {
            (random.nextBoolean() ? view : view.ifThere()).drop();
        }
    }

    private void rows(Schema schema) {
        String table = Identifier.quote(name());
        schema.rows(
                switch (random.nextInt(4)) {
                    case 0 -> "INSERT INTO " + table + " (`id`, `name`) VALUES (1, 'a;b'), (2, 'it''s')";
                    case 1 -> "UPDATE " + table + " SET `a` = `b` WHERE `id` = 3 -- all of them";
                    case 2 -> "DELETE FROM " + table + "\nWHERE `a` IS NULL # none";
                    default -> "INSERT INTO " + table + " (`a`) SELECT `b` FROM `other`";
                });
    }

    private static String sum(String column) {
        return Identifier.quote(column) + " + 1";
    }

    private String condition(String column) {
        return random.nextBoolean()
                ? Identifier.quote(column) + " > 0"
                : Identifier.quote(column) + " IS NULL OR " + Identifier.quote(column) + " < 10";
    }

    private String name() {
        return word(WORDS) + ++names;
    }

    private String text() {
        return word(TEXTS);
    }

    private String word(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
