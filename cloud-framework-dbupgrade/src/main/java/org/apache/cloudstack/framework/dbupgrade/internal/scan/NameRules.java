package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationName;
import org.apache.cloudstack.framework.dbupgrade.migration.Sequence;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Reads the names of migrations, strictly: what does not follow the rules is reported, with a name that would. */
public final class NameRules {

    private static final Pattern REPEATABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Pattern DESCRIPTION = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_ .-]*");
    private static final Pattern SEPARATOR = Pattern.compile("[._]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final String EXAMPLE = "V_410_A__add_states";

    private NameRules() {}

    /**
     * Reads a versioned name without its extension, such as {@code V_410_A} or {@code V_4_10_0_2__fill_states}.
     *
     * @throws MalformedNameException when it breaks a rule
     */
    public static MigrationName versioned(String name) throws MalformedNameException {
        if (!name.startsWith("V_")) {
            throw new MalformedNameException("its name does not start with V_", EXAMPLE);
        }
        int separator = name.indexOf("__");
        String place = separator < 0 ? name.substring(2) : name.substring(2, Math.max(2, separator));
        String description = separator < 0 ? "" : name.substring(separator + 2);
        if (separator >= 0 && !DESCRIPTION.matcher(description).matches()) {
            throw new MalformedNameException(
                    "its description after __ is empty or holds other characters than letters, digits, _, . and -",
                    EXAMPLE);
        }
        int lastToken = place.lastIndexOf('_');
        if (lastToken < 0) {
            throw new MalformedNameException("it lacks a version or a sequence", EXAMPLE);
        }
        Sequence sequence = sequence(place.substring(lastToken + 1));
        ReleaseVersion release = release(place.substring(0, lastToken), sequence);
        return new MigrationName(release, sequence, description.replace('_', ' '));
    }

    /**
     * Reads the name of a verification query without its extension, such as {@code T_410_A__states}.
     *
     * @throws MalformedNameException when it breaks a rule
     */
    public static MigrationName query(String name) throws MalformedNameException {
        try {
            return versioned(name.replaceFirst("^T_", "V_"));
        } catch (MalformedNameException e) {
            throw new MalformedNameException(e.problem(), e.example().replaceFirst("^V_", "T_"));
        }
    }

    /**
     * Reads a repeatable name without its extension, such as {@code R_host_view}.
     *
     * @return the name after {@code R_}
     */
    static String repeatable(String name) throws MalformedNameException {
        String object = name.substring(Math.min(2, name.length()));
        if (!name.startsWith("R_") || !REPEATABLE.matcher(object).matches()) {
            throw new MalformedNameException(
                    "a repeatable is R_ and a name of letters, digits, _, . and -", "R_host_view");
        }
        return object;
    }

    private static Sequence sequence(String token) throws MalformedNameException {
        return Sequence.tryParse(token)
                .orElseThrow(() -> new MalformedNameException(
                        token.isEmpty()
                                ? "its sequence is missing"
                                : "its sequence '" + token + "' is neither up to three letters nor a number from 1",
                        EXAMPLE));
    }

    private static ReleaseVersion release(String token, Sequence sequence) throws MalformedNameException {
        if (token.equals("next")) {
            return ReleaseVersion.NEXT;
        }
        List<String> parts = Arrays.asList(SEPARATOR.split(token, -1));
        if (token.contains(".") && token.contains("_")) {
            throw new MalformedNameException(
                    "its version '" + token + "' mixes points and underscores",
                    "V_" + token.replace('_', '.') + "_" + sequence);
        }
        for (String part : parts) {
            if (!NUMBER.matcher(part).matches()) {
                throw new MalformedNameException("its version '" + token + "' is not made of numbers", EXAMPLE);
            }
        }
        if (parts.size() == 1) {
            return shortForm(token, sequence);
        }
        return ReleaseVersion.tryParse(String.join(".", parts))
                .orElseThrow(() -> new MalformedNameException(
                        "its version '" + token + "' has " + parts.size() + " parts instead of three or four",
                        "V_" + String.join(".", parts.subList(0, Math.min(2, parts.size()))) + ".0_" + sequence));
    }

    private static ReleaseVersion shortForm(String digits, Sequence sequence) throws MalformedNameException {
        if (digits.length() == 3) {
            return new ReleaseVersion(digits.charAt(0) - '0', digits.charAt(1) - '0', digits.charAt(2) - '0', 0);
        }
        if (digits.length() < 3) {
            throw new MalformedNameException(
                    "its version '" + digits + "' is too short: three digits such as 410 mean 4.1.0",
                    "V_" + "410" + "_" + sequence);
        }
        int lastParts = digits.length() == 4 ? 1 : 2;
        int middleEnd = digits.length() - lastParts;
        String longForm = digits.charAt(0) + "." + digits.substring(1, middleEnd) + "."
                + String.join(".", digits.substring(middleEnd).split(""));
        throw new MalformedNameException(
                "its version '" + digits + "' is ambiguous: only three digits have a short form",
                "V_" + longForm + "_" + sequence);
    }
}
