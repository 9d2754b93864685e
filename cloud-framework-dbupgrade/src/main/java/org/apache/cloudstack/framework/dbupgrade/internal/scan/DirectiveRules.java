package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.change.Phase;
import org.apache.cloudstack.framework.dbupgrade.migration.ChangeId;
import org.apache.cloudstack.framework.dbupgrade.migration.Directives;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;
import org.apache.cloudstack.framework.dbupgrade.schema.CopyTool;

/** Understands one {@code key=value} that a script or class says about itself. */
final class DirectiveRules {

    private static final Pattern SQL_MODE = Pattern.compile("[A-Z_]*(\\s*,\\s*[A-Z_]+)*");
    private static final Pattern BECAUSE = Pattern.compile("(\\S+)\\s+because\\s+(\\S.*)");
    private static final Pattern CALL = Pattern.compile("([\\w$.`]+)\\s*:\\s*(\\S.*)");
    private static final String FOR_BOTH =
            "sql_mode=<modes>, reason=<text>, waive=<rule> because <reason>, phase=expand|migrate|contract";
    private static final String FOR_MIGRATIONS = FOR_BOTH
            + ", supersedes=<change id> because <reason>, commutes-with=<release>_<sequence> because <reason>, resolves=<release>_<sequence>,…";
    private static final String FOR_PROCEDURES = ", call=<procedure>: <statement with {1}, {2}, … for the arguments>";
    private static final String FOR_SCRIPTS =
            FOR_MIGRATIONS + ", online=true, copy-with=pt-online-schema-change" + FOR_PROCEDURES;
    private static final String FOR_REPEATABLES =
            FOR_BOTH + ", when=before|after, since=<version>, until=<version>" + FOR_PROCEDURES;

    /** What says something about itself. */
    enum Subject {
        SCRIPT(FOR_SCRIPTS),
        CLASS(FOR_MIGRATIONS + ", same-as=<release>_<sequence>"),
        REPEATABLE(FOR_REPEATABLES),
        QUERY("until=<version>");

        private final String possibilities;

        Subject(String possibilities) {
            this.possibilities = possibilities;
        }
    }

    private final Subject subject;
    private final Directives.Builder directives = new Directives.Builder();

    DirectiveRules(Subject subject) {
        this.subject = subject;
    }

    Directives directives() {
        return directives.build();
    }

    /** What may be written, for messages. */
    String possibilities() {
        return subject.possibilities;
    }

    /** Takes a pair over; false when it is not understood. */
    boolean accept(String key, String value) {
        if (subject == Subject.QUERY) {
            return key.equals("until") && until(value);
        }
        boolean repeatable = subject == Subject.REPEATABLE;
        return switch (key) {
            case "sql_mode" -> {
                directives.sqlMode(value);
                yield SQL_MODE.matcher(value).matches();
            }
            case "reason" -> {
                directives.reason(value);
                yield !value.isEmpty();
            }
            case "waive" ->
                because(value, (rule, reason) -> {
                    directives.waives(rule, reason);
                    return true;
                });
            case "when" -> repeatable && when(value);
            case "since" -> repeatable && present(ReleaseVersion.tryParse(value), directives::since);
            case "until" -> repeatable && until(value);
            case "phase" -> phase(value);
            case "supersedes" -> !repeatable && supersedes(value);
            case "commutes-with" -> !repeatable && commutesWith(value);
            case "resolves" -> !repeatable && resolves(value);
            case "same-as" -> subject == Subject.CLASS && present(place(value), directives::sameAs);
            case "background" -> subject == Subject.CLASS && isTrue(value, directives::background);
            case "call" -> subject != Subject.CLASS && call(value);
            case "online" -> subject == Subject.SCRIPT && isTrue(value, directives::online);
            case "copy-with" -> subject == Subject.SCRIPT && present(CopyTool.named(value), directives::copyWith);
            default -> false;
        };
    }

    private boolean until(String value) {
        return present(ReleaseVersion.tryParse(value), directives::until);
    }

    private boolean when(String value) {
        directives.when(value.equals("before") ? Directives.When.BEFORE : Directives.When.AFTER);
        return value.equals("before") || value.equals("after");
    }

    private boolean phase(String value) {
        return present(
                Stream.of(Phase.values())
                        .filter(phase -> phase.name().toLowerCase(Locale.ROOT).equals(value))
                        .findFirst(),
                directives::phase);
    }

    private boolean supersedes(String value) {
        return because(value, (id, reason) -> {
            boolean known = ChangeId.isId(id);
            if (known) {
                directives.supersedes(new ChangeId(id), reason);
            }
            return known;
        });
    }

    private boolean commutesWith(String value) {
        return because(
                value, (place, reason) -> present(place(place), known -> directives.commutesWith(known, reason)));
    }

    private boolean resolves(String value) {
        return Stream.of(value.split("\\s*,\\s*")).allMatch(each -> present(place(each), directives::resolves));
    }

    private boolean call(String value) {
        Matcher call = CALL.matcher(value);
        if (!call.matches()) {
            return false;
        }
        String name = call.group(1).replace("`", "").replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT);
        directives.call(name, call.group(2));
        return true;
    }

    private static boolean isTrue(String value, Runnable taker) {
        boolean isTrue = value.equals("true");
        if (isTrue) {
            taker.run();
        }
        return isTrue;
    }

    private static <T> boolean present(Optional<T> value, Consumer<T> taker) {
        value.ifPresent(taker);
        return value.isPresent();
    }

    private static boolean because(String value, BiPredicate<String, String> taker) {
        Matcher matcher = BECAUSE.matcher(value);
        return matcher.matches() && taker.test(matcher.group(1), matcher.group(2));
    }

    /** A place in its one spelling. */
    private static Optional<String> place(String text) {
        try {
            return Optional.of(NameRules.versioned("V_" + text).place());
        } catch (MalformedNameException e) {
            return Optional.empty();
        }
    }
}
