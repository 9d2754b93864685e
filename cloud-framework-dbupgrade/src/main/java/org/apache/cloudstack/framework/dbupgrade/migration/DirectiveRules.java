package org.apache.cloudstack.framework.dbupgrade.migration;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.Phase;
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
                directives.sqlMode = Optional.of(value);
                yield SQL_MODE.matcher(value).matches();
            }
            case "reason" -> {
                directives.reason = Optional.of(value);
                yield !value.isEmpty();
            }
            case "waive" -> because(value, directives.waives::put);
            case "when" -> repeatable && when(value);
            case "since" -> repeatable && since(value);
            case "until" -> repeatable && until(value);
            case "phase" -> phase(value);
            case "supersedes" -> !repeatable && supersedes(value);
            case "commutes-with" -> !repeatable && commutesWith(value);
            case "resolves" -> !repeatable && resolves(value);
            case "same-as" -> {
                directives.sameAs = place(value);
                yield subject == Subject.CLASS && directives.sameAs.isPresent();
            }
            case "background" -> subject == Subject.CLASS && background(value);
            case "call" -> subject != Subject.CLASS && call(value);
            case "online" -> subject == Subject.SCRIPT && online(value);
            case "copy-with" -> subject == Subject.SCRIPT && copyWith(value);
            default -> false;
        };
    }

    private boolean until(String value) {
        directives.until = ReleaseVersion.tryParse(value);
        return directives.until.isPresent();
    }

    private boolean since(String value) {
        directives.since = ReleaseVersion.tryParse(value);
        return directives.since.isPresent();
    }

    private boolean when(String value) {
        directives.when = value.equals("before") ? Directives.When.BEFORE : Directives.When.AFTER;
        return value.equals("before") || value.equals("after");
    }

    private boolean phase(String value) {
        for (Phase phase : Phase.values()) {
            if (phase.name().toLowerCase(Locale.ROOT).equals(value)) {
                directives.phase = Optional.of(phase);
                return true;
            }
        }
        return false;
    }

    private boolean supersedes(String value) {
        return because(value, (id, reason) -> {
                    if (ChangeId.isId(id)) {
                        directives.supersedes.put(new ChangeId(id), reason);
                    }
                })
                && !directives.supersedes.isEmpty();
    }

    private boolean commutesWith(String value) {
        int before = directives.commutesWith.size();
        return because(value, (place, reason) -> place(place)
                        .ifPresent(known -> directives.commutesWith.put(known, reason)))
                && directives.commutesWith.size() > before;
    }

    private boolean resolves(String value) {
        for (String text : value.split("\\s*,\\s*")) {
            Optional<String> place = place(text);
            if (place.isEmpty()) {
                return false;
            }
            directives.resolves.add(place.get());
        }
        return true;
    }

    private boolean online(String value) {
        directives.online = value.equals("true");
        return directives.online;
    }

    private boolean copyWith(String value) {
        directives.copyWith = CopyTool.named(value);
        return directives.copyWith.isPresent();
    }

    private boolean call(String value) {
        Matcher call = CALL.matcher(value);
        if (!call.matches()) {
            return false;
        }
        String name = call.group(1).replace("`", "").replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT);
        directives.calls.computeIfAbsent(name, any -> new ArrayList<>()).add(call.group(2));
        return true;
    }

    private boolean background(String value) {
        directives.background = value.equals("true");
        return directives.background;
    }

    private static boolean because(String value, BiConsumer<String, String> taker) {
        Matcher matcher = BECAUSE.matcher(value);
        boolean matches = matcher.matches();
        if (matches) {
            taker.accept(matcher.group(1), matcher.group(2));
        }
        return matches;
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
