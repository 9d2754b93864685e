package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The databases of an upgrade by their places among its schemas, {@code #1} for the first, so that one snapshot serves where
 * they have other names. Only names that the server puts in are replaced, as it does in views. What somebody wrote into the
 * body of a routine or trigger is the same everywhere.
 */
final class LogicalNames {

    private static final String NAME = "`(?:[^`]|``)+`";
    private static final Pattern LITERAL_OR_QUALIFIED =
            Pattern.compile(SqlText.LITERAL + "|(" + NAME + ")\\.(" + NAME + "(\\." + NAME + ")?)");
    private static final Pattern BEFORE_A_TABLE =
            Pattern.compile("(?i)\\b(?:from|join|straight_join|nextval|lastval|setval)[\\s(]*$");
    private static final Pattern LITERAL_OR_PLACE = Pattern.compile(SqlText.LITERAL + "|#(\\d+)(?=\\.|$)");

    private final List<String> schemas;
    private final boolean isCaseSensitive;

    LogicalNames(List<String> schemas, boolean isCaseSensitive) {
        this.schemas = List.copyOf(schemas);
        this.isCaseSensitive = isCaseSensitive;
    }

    boolean isCaseSensitive() {
        return isCaseSensitive;
    }

    /** The place of a database; its own name when it is none of them. */
    String of(String database) {
        for (int i = 0; i < schemas.size(); i++) {
            String schema = schemas.get(i);
            if (isCaseSensitive ? schema.equals(database) : schema.equalsIgnoreCase(database)) {
                return "#" + (i + 1);
            }
        }
        return database;
    }

    /** An expression or view as the server prints it, with all names quoted. */
    String inExpression(String text) {
        return LITERAL_OR_QUALIFIED
                .matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(isInDatabase(text, found) ? replaced(found) : found.group()));
    }

    private String replaced(MatchResult found) {
        String database = found.group(1);
        String name = database.substring(1, database.length() - 1).replace("``", "`");
        String place = of(name);
        return (place.equals(name) ? database : place) + "." + found.group(2);
    }

    /** Two names may also be those of an alias and its column, and the alias may be called as a database is. */
    private static boolean isInDatabase(String text, MatchResult found) {
        return found.group(1) != null
                && (found.group(3) != null
                        || text.startsWith("(", found.end())
                        || BEFORE_A_TABLE
                                .matcher(text)
                                .region(Math.max(0, found.start() - 40), found.start())
                                .find());
    }

    /** A name, or the beginning of one, with the database that is at its place here. */
    static String named(String name, List<String> schemas) {
        return name.startsWith("#") ? withDatabases(name, schemas) : name;
    }

    /** The text of a thing with the databases that are at their places here. */
    static String named(SchemaKind kind, String text, List<String> schemas) {
        return switch (kind) {
            case FOREIGN_KEY -> withDatabases(text, schemas);
            // such strings are in small letters
            case VIEW, COLUMN, CHECK ->
                withDatabases(
                        text,
                        schemas.stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .toList());
            default -> text;
        };
    }

    private static String withDatabases(String text, List<String> schemas) {
        return LITERAL_OR_PLACE.matcher(text).replaceAll(found -> {
            String place = found.group(1);
            boolean isKnown = place != null && place.length() < 4 && Integer.parseInt(place) <= schemas.size();
            return Matcher.quoteReplacement(isKnown ? schemas.get(Integer.parseInt(place) - 1) : found.group());
        });
    }
}
