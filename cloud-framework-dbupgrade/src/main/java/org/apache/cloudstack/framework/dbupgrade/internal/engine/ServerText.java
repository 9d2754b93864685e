package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/**
 * The words of a server's error. Some errors quote values of rows, or the script. So a text is shown whole only where the
 * code says that it names nothing but databases, tables, columns and keys; of others, what comes before the first quote.
 */
final class ServerText {

    private static final String MASK = "…";
    private static final String QUOTED_MASK = "'…'";
    private static final Set<Integer> NAMING = codes("""
            1004 1005 1006 1007 1008 1009 1010 1016 1017 1018 1021 1022 1024 1025 1026 1030 1031 1032 1034 1036 1037 1044
            1045 1048 1049 1050 1051 1052 1054 1055 1056 1059 1060 1061 1063 1066 1067 1069 1070 1071 1072 1073 1074 1091
            1093 1099 1100 1101 1102 1103 1109 1110 1112 1114 1115 1116 1118 1119 1121 1125 1128 1129 1130 1136 1137 1142
            1143 1146 1153 1166 1167 1170 1176 1178 1180 1193 1194 1195 1203 1211 1214 1215 1226 1227 1228 1229 1230 1235
            1238 1239 1241 1250 1253 1261 1264 1265 1267 1270 1271 1273 1280 1283 1286 1288 1290 1294 1304 1305 1318 1327
            1347 1348 1350 1356 1359 1362 1363 1364 1368 1369 1370 1391 1396 1406 1410 1419 1425 1426 1427 1436 1439 1442
            1443 1449 1451 1452 1471 1478 1503 1505 1506 1507 1517 1537 1539 1553 1582 1583 1584 1615 1621 1628 1629 1652
            1659 1688 1698 1701 1705 1709 1713 1735 1766 1785 1799 1813 1821 1822 1824 1825 1826 1828 1829 1830 1831 1832 1833
            1834 1845 1846 1859 1877 1886 1932 1973 1974 3102 3106 3108 3109 3152 3161 3730 3734 3750 3755 3780 3813 3819
            3820 3821 3822 3823 3940 3959 6125
            """);
    private static final Set<Integer> BY_SIGNAL = codes("1642 1643 1644 1645 1646");
    private static final String CLASS_OF_SIGNAL = "45";

    private static final Pattern ADDED_BY_DRIVER = Pattern.compile("^(?:\\(conn=\\d+\\) |Data truncation: )+");
    private static final String NAME = "(?:'[^']*'|[\\w.`$]+)";
    private static final Map<Integer, Pattern> BEHIND_VALUE = Map.of(
            1062, behindValue(" for key " + NAME),
            1586, behindValue(" for key " + NAME),
            1569, behindValue(" for key " + NAME),
            1292, behindValue(" for column " + NAME + " at row \\d+"),
            1366, behindValue(" for column " + NAME + " at row \\d+"),
            1978, behindValue(" for column " + NAME),
            1411, behindValue(" for function \\w+"),
            1064, behindValue(" at line \\d+"),
            3140, behindValue(" at position \\d+ in value for column " + NAME + "\\."));
    private static final Pattern BEFORE_VALUE =
            Pattern.compile("Variable '[\\w.]+' can't be set to the value of |[^'\":]*");
    private static final Pattern NUMBER = Pattern.compile("(`[^`]*`)|-?\\b\\d[\\w.+-]*");

    private static final int SYNTAX_ERROR = 1064;
    private static final Pattern SYNTAX = Pattern.compile("near '(.*)' at line \\d+", Pattern.DOTALL);

    /** No connection of a pool is free, or a table of MySQL has as many versions of rows as it can. */
    private static final Pattern WITHOUT_VALUES =
            Pattern.compile("[\\w-]+ - Connection is not available, request timed out"
                    + " after \\d+ms\\.?( \\((\\w+=\\d+(, )?)+\\))?"
                    + "|Maximum row versions reached for table [\\w./#@$]+\\. No more columns can be added or dropped instantly\\."
                    + " Please use COPY/INPLACE\\.");

    private ServerText() {}

    /** The text on one line, of the error that a statement met: its place in the statement is shown where that is certain. */
    static String of(SQLException error, SqlStatement statement) {
        Matcher syntax = SYNTAX.matcher(String.valueOf(error.getMessage()));
        String shown = of(error);
        return error.getErrorCode() == SYNTAX_ERROR && syntax.find()
                ? ErrorPlace.in(statement, syntax.group(1))
                        .map(place -> shown.replace("near '" + MASK + "'", "near '" + place + "'"))
                        .orElse(shown)
                : shown;
    }

    /** The text on one line. */
    static String of(SQLException error) {
        String text = ADDED_BY_DRIVER
                .matcher(String.valueOf(error.getMessage()).strip())
                .replaceFirst("");
        boolean isOfSignal = String.valueOf(error.getSQLState()).startsWith(CLASS_OF_SIGNAL);
        if (isOfSignal || BY_SIGNAL.contains(error.getErrorCode())) {
            return "a text given to SIGNAL, which may hold values and is not shown";
        }
        if (NAMING.contains(error.getErrorCode())) {
            return text.lines().findFirst().orElse("").strip();
        }
        if (WITHOUT_VALUES.matcher(text).matches()) {
            return text;
        }
        Pattern behindValue = BEHIND_VALUE.get(error.getErrorCode());
        Matcher quoting = behindValue == null ? null : behindValue.matcher(text);
        return quoting != null && quoting.matches()
                ? oneLine(quoting.group(1)) + QUOTED_MASK + quoting.group(2)
                : beforeValues(text);
    }

    private static Pattern behindValue(String words) {
        return Pattern.compile("([^'\"]*)['\"].*?['\"](" + words + ")", Pattern.DOTALL);
    }

    /** Also of strings that are not known, so numbers may be values too. */
    private static String beforeValues(String text) {
        Matcher before = BEFORE_VALUE.matcher(text);
        String shown = before.lookingAt() ? before.group() : "";
        String rest = text.substring(shown.length());
        String masked = NUMBER.matcher(shown)
                .replaceAll(found -> found.group(1) == null ? MASK : Matcher.quoteReplacement(found.group(1)));
        String hidden = rest.isEmpty() ? "" : rest.startsWith(":") ? ": " + MASK : " " + QUOTED_MASK;
        return oneLine(masked).strip() + hidden;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static Set<Integer> codes(String text) {
        return Stream.of(text.strip().split("\\s+")).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
