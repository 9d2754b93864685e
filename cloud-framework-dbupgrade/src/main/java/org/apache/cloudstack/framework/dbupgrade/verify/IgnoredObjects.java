package org.apache.cloudstack.framework.dbupgrade.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which differences of schema do not count, by patterns: {@code QRTZ_*} is every table, view or routine of such a name with
 * all that is in it, {@code host.tmp_*} what is so named in a table, each with or without its database in front; {@code
 * index:i_tmp_*} is of one kind only. A {@code *} is any number of characters within one name, and case does not count.
 *
 * <p>Beside them, tables that well-known libraries keep for themselves do not count, unless the snapshot has them.
 */
public final class IgnoredObjects {

    /** The tables of Spring Session, Quartz, Spring Batch, ShedLock, pt-heartbeat, Flyway and Liquibase. */
    public static final List<String> WELL_KNOWN = List.of(
            "SPRING_SESSION",
            "SPRING_SESSION_ATTRIBUTES",
            "QRTZ_*",
            "BATCH_*",
            "shedlock",
            "heartbeat",
            "flyway_schema_history",
            "schema_version",
            "DATABASECHANGELOG",
            "DATABASECHANGELOGLOCK");

    private final List<Rule> rules;
    private final List<Rule> wellKnown;

    private IgnoredObjects(List<Rule> rules, List<Rule> wellKnown) {
        this.rules = rules;
        this.wellKnown = wellKnown;
    }

    /**
     * Reads patterns.
     *
     * @throws IllegalArgumentException when one of them is none
     */
    public static IgnoredObjects of(List<String> patterns) {
        return new IgnoredObjects(
                patterns.stream().map(Rule::of).toList(),
                WELL_KNOWN.stream().map(Rule::of).toList());
    }

    /** The pattern by which a difference does not count; empty when it counts. */
    public Optional<String> pattern(SchemaDifference difference) {
        boolean isExtra = difference.expected().equals(SchemaDifference.NONE);
        return first(rules, difference)
                .or(() -> isExtra && difference.kind() == SchemaKind.TABLE
                        ? first(wellKnown, difference)
                        : Optional.empty());
    }

    private static Optional<String> first(List<Rule> rules, SchemaDifference difference) {
        return rules.stream()
                .filter(rule -> rule.matches(difference))
                .map(Rule::text)
                .findFirst();
    }

    /** One pattern; names are compared by their parts. */
    private record Rule(String text, Optional<SchemaKind> kind, List<Pattern> parts) {

        private static final Pattern KIND = Pattern.compile("([a-z][a-z-]*):(.*)");
        private static final String NAME = "[^.\\s:]+";

        static Rule of(String text) {
            var kind = KIND.matcher(text.strip());
            boolean hasKind = kind.matches();
            String name = hasKind ? kind.group(2) : text.strip();
            if (!name.matches(NAME + "(\\." + NAME + "){0,2}")) {
                throw new IllegalArgumentException("'" + text + "' is no pattern; write <table>, <table>.<column> or"
                        + " <kind>:<name>, such as QRTZ_*, host.tmp_* or index:i_tmp_*");
            }
            return new Rule(
                    text.strip(),
                    hasKind ? Optional.of(kindOf(kind.group(1))) : Optional.empty(),
                    Arrays.stream(name.split("\\.")).map(Rule::part).toList());
        }

        private static SchemaKind kindOf(String word) {
            return Arrays.stream(SchemaKind.values())
                    .filter(kind -> kind.toString().replace(' ', '-').equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no kind '" + word + "'; the kinds are "
                            + Arrays.stream(SchemaKind.values())
                                    .map(kind -> kind.toString().replace(' ', '-'))
                                    .collect(Collectors.joining(", "))));
        }

        private static Pattern part(String glob) {
            String regex = Arrays.stream(glob.toLowerCase(Locale.ROOT).split("\\*", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            return Pattern.compile(regex, Pattern.DOTALL);
        }

        boolean matches(SchemaDifference difference) {
            if (kind.isPresent() && kind.get() != difference.kind()) {
                return false;
            }
            List<String> names =
                    List.of(difference.object().toLowerCase(Locale.ROOT).split("\\."));
            return candidates(names, difference.kind()).stream().anyMatch(this::matches);
        }

        /** The object and what holds it, with and without the database; of a stated kind also by its own name alone. */
        private List<List<String>> candidates(List<String> names, SchemaKind of) {
            List<List<String>> candidates = new ArrayList<>();
            for (int end = Math.min(2, names.size()); end <= names.size(); end++) {
                candidates.add(names.subList(0, end));
                candidates.add(names.subList(Math.min(1, end - 1), end));
            }
            if (kind.isPresent() || of == SchemaKind.DATABASE) {
                candidates.add(names.subList(names.size() - 1, names.size()));
            }
            return candidates;
        }

        private boolean matches(List<String> names) {
            if (names.size() != parts.size()) {
                return false;
            }
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).matcher(names.get(i)).matches()) {
                    return false;
                }
            }
            return true;
        }
    }
}
