package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.internal.engine.FailureCatalogue;

/** Finds the {@link FailureCause} of an error. */
public final class FailureCauses implements FailureCatalogue {

    private final List<Rule> rules = Stream.of(FailureCause.values())
            .flatMap(cause -> Rule.of(cause).stream())
            .toList();

    @Override
    public Optional<Advice> adviceFor(SQLException error) {
        return causeOf(error).map(known -> new Advice(known.cause(), known.cure()));
    }

    /** A code comes before a state, which is coarser. */
    Optional<FailureCause> causeOf(SQLException error) {
        return Stream.of(false, true)
                .flatMap(byState -> rules.stream().filter(rule -> rule.isState() == byState))
                .filter(rule -> rule.matches(error))
                .map(Rule::cause)
                .findFirst();
    }

    /**
     * One error of a cause.
     *
     * @param isState whether the number is the class of an SQL state, else it is a code
     * @param number the code, or the class
     * @param word what the message holds
     */
    private record Rule(FailureCause cause, boolean isState, String number, String word) {

        private static final Pattern ERROR = Pattern.compile("(state )?(\\d+)(?: \\(([^)]+)\\))?");

        static List<Rule> of(FailureCause cause) {
            return ERROR.matcher(cause.errors())
                    .results()
                    .map(error -> new Rule(
                            cause,
                            error.group(1) != null,
                            error.group(2),
                            Optional.ofNullable(error.group(3)).orElse("")))
                    .toList();
        }

        boolean matches(SQLException error) {
            boolean isNumber = isState
                    ? String.valueOf(error.getSQLState()).startsWith(number)
                    : number.equals(Integer.toString(error.getErrorCode()));
            return isNumber && String.valueOf(error.getMessage()).contains(word);
        }
    }
}
