package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

/** Why statements of migrations usually fail, and what helps, by the codes of MySQL and MariaDB. */
public enum FailureCause {
    COLUMN_THERE(
            "1060",
            "the column already exists, most often since the statement took effect before: in another run, or by hand",
            "Compare the column with the statement: if it is the same, take the statement out of the script; if not, one of"
                    + " the two needs another name."),
    KEY_THERE(
            "1061, 1826, 3822, 1005 (errno: 121), 1022",
            "a key or constraint of that name already exists, most often since the statement took effect before: in"
                    + " another run, or by hand",
            "Compare it with the statement: if it is the same, take the statement out of the script; if not, one of the two"
                    + " needs another name."),
    OBJECT_THERE(
            "1050, 1304, 1359, 1537, 1007",
            "a table, view, routine, trigger, event or database of that name already exists, most often since the"
                    + " statement took effect before: in another run, or by hand",
            "Compare it with the statement: if it is the same, take the statement out of the script; if it is a left-over,"
                    + " rename it away by hand."),
    NOTHING_TO_DROP(
            "1091, 1051, 1360, 1008, 1176, 3821, 3940",
            "what is to be dropped or used is not there, most often since the statement took effect before: in another run,"
                    + " or by hand",
            "Look whether it is gone or has another name: if it is gone, take the statement out of the script; else correct"
                    + " the name."),
    COLUMN_MISSING(
            "1054, 1072",
            "the column is not there: its name is misspelt, another migration has yet to make it, or a text lacks its quotes",
            "Look at the table with SHOW CREATE TABLE, and correct the name."),
    TABLE_MISSING(
            "1146, 1109, 1049",
            "the table or database is not there: its name is misspelt, its database is not named, or another migration has"
                    + " yet to make it",
            "Look with SHOW TABLES, and correct the name; tables of another database are written with its name."),
    ROUTINE_MISSING(
            "1305, 1128",
            "the procedure or function is not there",
            "Bring it before its first call, such as in a repeatable with when=before."),
    ROW_TOO_LARGE(
            "1118, 1117",
            "the columns of the table together are larger than a row may be",
            "Make long columns TEXT, or the table ROW_FORMAT=DYNAMIC; a VARCHAR counts with up to four bytes for each character."),
    KEY_TOO_LONG(
            "1071, 1709, 1170, 3886",
            "the columns of the key together are longer than a key may be, at up to four bytes for each character",
            "Make a column shorter, or put only its beginning into the key, such as name(191)."),
    FOREIGN_KEY_MISMATCH(
            "1005 (errno: 150), 1215, 3780, 1821, 1822, 1824, 1825, 1239, 3734, 6125",
            "the two sides of the foreign key do not match: other type, length, sign or character set, no key over the"
                    + " referenced columns, or no such table",
            "Compare both columns with SHOW CREATE TABLE, and make them alike; the referenced columns need a unique key."),
    PARENT_ROW_MISSING(
            "1452, 1216",
            "rows refer to rows that are not there",
            "Find them with a LEFT JOIN on the referenced table, and give them a parent or remove them first."),
    CHILD_ROWS_THERE(
            "1451, 1217, 1701, 3730, 1834",
            "a foreign key of another table still refers to what is to be changed or removed",
            "Change or remove the referring rows or the foreign key first; the message names them."),
    NEEDED_BY_FOREIGN_KEY(
            "1553, 1828, 1829, 1830, 1832, 1833, 1025 (errno: 150)",
            "a foreign key needs the key or column that is to be changed",
            "Drop the foreign key before the statement, and add it again after it."),
    COLLATIONS_MIXED(
            "1267, 1270, 1271",
            "strings of different collations are compared or joined, most often since the tables were made under different"
                    + " defaults",
            "Say the collation in the comparison, a.name = b.name COLLATE utf8mb4_general_ci, or convert one table first."),
    COLLATION_UNKNOWN(
            "1273, 1253, 1115",
            "the server does not know the collation or character set, or the two do not belong together; MySQL and MariaDB"
                    + " have some that the other lacks",
            "Use one that both have, such as utf8mb4_general_ci."),
    NOT_IN_CHARACTER_SET(
            "1366, 1300, 1977, 3854",
            "a value does not fit the type of its column: a text where a number is asked for, or characters that the character set"
                    + " of the column lacks",
            "Convert the column to utf8mb4, or correct the values before the statement."),
    LOCK_WAIT(
            "1205, 3572",
            "another connection holds a lock on the table or its rows: a server still at work, a report, a backup",
            "Find it with SHOW FULL PROCESSLIST, and let it end or stop it."),
    DEADLOCK(
            "1213",
            "another connection changed the same rows at the same time, and the server gave that one the preference",
            "Stop what else works on the database."),
    PRIVILEGE_MISSING(
            "1044, 1142, 1143, 1227, 1370, 1410, 1045, 1698",
            "the database user lacks a privilege that the statement needs",
            "Grant the privilege that the message names, or upgrade as another user."),
    ROUTINE_NOT_TRUSTED(
            "1418, 1419",
            "the server writes a binary log and lets only privileged users make functions and triggers",
            "Set log_bin_trust_function_creators=1 on the server while the upgrade runs."),
    DEFINER_MISSING(
            "1449, 1356",
            "a view or routine refers to a definer, table or column that is not there any more, or lacks rights on it",
            "Make it again, with CREATE OR REPLACE and a definer that exists."),
    DISK_FULL(
            "1114, 1021, 3675, 20, 3 (No space left on device), 1026 (No space left on device), 1030 (error 28), 1034, 1799",
            "the disk is full, or the tablespace, the directory of temporary files (tmpdir) or a table in memory has reached"
                    + " its limit",
            "Free space, or raise the limit; ALTER TABLE needs space for a second copy of the table."),
    MEMORY_SHORT(
            "1037, 1038, 1041, 1206, 5",
            "the server ran out of memory, or out of what its settings allow",
            "Raise innodb_buffer_pool_size or sort_buffer_size, or change the rows in portions."),
    READ_ONLY(
            "1290 (read-only), 1836, 1792, 1036",
            "the server, or the session, became read-only: it is a replica, or someone switched it",
            "Connect to the primary, or set read_only=0 there; where a script sets it, take that out."),
    CLUSTER_REFUSED(
            "1047 (WSREP), 3100, 3101",
            "the node is no working part of its cluster, or the cluster refused the transaction",
            "Look at the state of the cluster, and let all servers upgrade through the same node."),
    PRIMARY_KEY_MISSING(
            "3750, 3098", "the server requires a primary key on every table", "Give the table a primary key."),
    ROW_THERE(
            "1062, 1586, 1859, 1569",
            "a row with that key already exists: rows that a new unique key does not allow, or a statement that took effect"
                    + " before",
            "Find the rows with GROUP BY and HAVING COUNT(*) > 1 and settle them first; rows of a second run are inserted with"
                    + " WHERE NOT EXISTS."),
    VALUE_TOO_LONG(
            "1406",
            "a value is longer than its column",
            "Make the column longer before, or shorten the values; SELECT MAX(CHAR_LENGTH(…)) shows how long they are."),
    VALUE_NOT_FITTING(
            "1264, 1265, 1292, 1411, 1525, 1690, 1367, 1365",
            "a value does not fit: out of range, no date, no number, not one of an ENUM, or NULL where the column becomes"
                    + " NOT NULL",
            "Find such values with a SELECT, and correct them first; zero dates need their own sql_mode in a directive."),
    NULL_NOT_ALLOWED(
            "1048, 1138, 1263, 1364",
            "a column that takes no NULL has none but NULL to take: no value is given, or rows hold NULL already",
            "Give the column a value or a default, and fill the rows before it is made NOT NULL."),
    CHECK_FAILED(
            "3819, 4025 (CONSTRAINT)",
            "rows break a CHECK constraint",
            "Find them with a SELECT on the negated condition, and correct them first."),
    COLUMN_COUNT(
            "1136",
            "there are more or fewer values than columns, often since another migration added a column",
            "Name the columns of the INSERT."),
    DEFINITION_WRONG(
            "1067, 1101, 1074, 1075, 1068",
            "the definition is not allowed: a default that the type or the sql_mode refuses, a second primary key, an"
                    + " AUTO_INCREMENT without key",
            "Correct the definition; the message names the column."),
    GROUPING_WRONG(
            "1055, 1140, 1242, 1093",
            "the query is not definite: columns outside GROUP BY, a subquery with several rows, or one on the changed table",
            "Name each column in GROUP BY or in MIN(), and put a subquery on the changed table into a derived table."),
    SYNTAX(
            "1064, 1149, 1583, 1582",
            "the server cannot read the statement: a typing error, a reserved word as a name, or words of another product or"
                    + " version",
            "Correct it at the place that the server names; reserved words are quoted with backticks. A prepared text that is"
                    + " NULL fails so too."),
    NOT_SUPPORTED(
            "1235, 1295, 1178, 1478, 1286",
            "this server, its version or the storage engine cannot do that",
            "Write it in another way that MySQL and MariaDB both know."),
    ALGORITHM_REFUSED(
            "1845, 1846",
            "the change cannot be made with the ALGORITHM or LOCK that the statement asks for",
            "Take the clause out, or ask for the one that the server proposes; COPY blocks writers meanwhile."
                    + " A directive online=true asks too, and so does a schema migration, unless it says copying()."),
    VARIABLE_REFUSED(
            "1193, 1228, 1229, 1231, 1238, 1232, 1243",
            "the server does not have the variable or prepared statement, or does not take the value",
            "Correct the name or the value; MySQL and MariaDB have different variables."),
    TABLE_NOT_LOCKED(
            "1100, 1099, 1192",
            "the script locked tables, and uses one that it did not name, or only to read",
            "Name every table, and every alias, in LOCK TABLES, or leave the lock out."),
    REFUSED_BY_SIGNAL(
            "1644, 1643",
            "a procedure, a trigger or the script itself refused the data with SIGNAL",
            "Look up the SIGNAL in its source, and correct the data it complains of."),
    NO_PARTITION(
            "1526", "no partition of the table takes the row", "Add a partition for such rows before the statement."),
    JSON_WRONG(
            "3140, 3141, 3146, 3156",
            "a text is no JSON",
            "Find such rows with JSON_VALID(…) = 0, and correct them first."),
    TABLE_DAMAGED(
            "1194, 1195, 1712, 1877, 1932",
            "the table or one of its files is damaged or missing",
            "Look with CHECK TABLE and in the server's log; restore the table if it cannot be repaired."),
    TOO_MANY_CONNECTIONS(
            "1040, 1203, 1226",
            "the server, or its limit for the user, is exhausted",
            "Stop other servers and jobs, or raise the limit that the message names."),
    TOOK_TOO_LONG(
            "1969, 3024",
            "the statement took longer than the server allows",
            "Set max_statement_time=0 (MariaDB) or max_execution_time=0 (MySQL) for the upgrade."),
    KILLED(
            "1317, 1927, 1053",
            "someone ended the statement with KILL, or the server is shutting down",
            "Ask who did, and why."),
    PACKET_TOO_LARGE(
            "1153",
            "the statement or a value is larger than the server's max_allowed_packet",
            "Raise max_allowed_packet on the server, or split the statement."),
    CONNECTION_LOST(
            "state 08",
            "the server ended, restarted or closed the connection, or the network did",
            "Look at the server's log for why it ended, and make sure that it runs.");

    private final String errors;
    private final String cause;
    private final String cure;

    FailureCause(String errors, String cause, String cure) {
        this.errors = errors;
        this.cause = cause;
        this.cure = cure;
    }

    /**
     * The errors that it explains, with commas: vendor codes, with a word of the message in brackets where a code has
     * several meanings, or the class of an SQL state.
     */
    public String errors() {
        return errors;
    }

    /** The usual cause, as a phrase. */
    public String cause() {
        return cause;
    }

    /** What the operator does about it. */
    public String cure() {
        return cure;
    }
}
