package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;

/**
 * Assertions about why an upgrade is refused, or stopped.
 *
 * <pre>{@code
 * assertRefused(() -> database.upgrade("4.6.0"))
 *         .because(FindingCode.CHANGE_NOT_IN_TARGET)
 *         .mentions("V_4.5.3_A.sql", "4.6.1");
 * }</pre>
 */
public final class FindingsAssert extends TextAssert<FindingsAssert, List<Finding>> {

    FindingsAssert(List<Finding> actual) {
        super(actual, FindingsAssert.class);
    }

    /** Each of these is among the reasons. */
    public FindingsAssert because(FindingCode... codes) {
        if (!codes().containsAll(List.of(codes))) {
            throw unlike("These reasons are expected", codes);
        }
        return this;
    }

    /** These are the reasons, in any order, and there is no other. */
    public FindingsAssert becauseOnly(FindingCode... codes) {
        if (!codes().stream()
                .sorted()
                .toList()
                .equals(Arrays.stream(codes).sorted().toList())) {
            throw unlike("These reasons alone are expected", codes);
        }
        return this;
    }

    /** Each of these strings is in what is said of the reasons or of what to do; case counts. */
    public FindingsAssert mentions(String... texts) {
        String all = actual.stream().map(FindingsAssert::words).collect(Collectors.joining("\n"));
        List<String> missing =
                Arrays.stream(texts).filter(text -> !all.contains(text)).toList();
        if (!missing.isEmpty()) {
            throw failure("The reasons do not mention " + String.join(", ", missing) + ":\n" + all);
        }
        return this;
    }

    private List<FindingCode> codes() {
        return actual.stream().map(Finding::code).toList();
    }

    private AssertionError unlike(String what, FindingCode... codes) {
        List<String> expected = Arrays.stream(codes).map(FindingCode::name).toList();
        List<String> found = codes().stream().map(FindingCode::name).toList();
        return failure(what + ":\n" + SideBySide.ofNames(expected, found) + "\n"
                + actual.stream().map(FindingsAssert::words).collect(Collectors.joining("\n")));
    }

    private static String words(Finding finding) {
        return finding.subject() + ": " + finding.description() + " " + finding.remedy();
    }
}
