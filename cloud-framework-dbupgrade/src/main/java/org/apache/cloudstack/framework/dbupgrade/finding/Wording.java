package org.apache.cloudstack.framework.dbupgrade.finding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of this library whose readers have different means: in {@code {cloud.dbupgrade.release|--target}} the first is what
 * an application's operator can change, and the second is for the tool's. Only strings of the library are given here, never
 * those of servers and files.
 *
 * @param template the text with its alternatives
 */
public record Wording(String template) {

    private static final Pattern ALTERNATIVES = Pattern.compile("\\{([^{}|]*)\\|([^{}|]*)}");

    /** The text for one of its readers. */
    public String to(Audience audience) {
        int group = audience == Audience.APPLICATION ? 1 : 2;
        return ALTERNATIVES.matcher(template).replaceAll(found -> Matcher.quoteReplacement(found.group(group)));
    }

    /** What an application's operator reads. */
    @Override
    public String toString() {
        return to(Audience.APPLICATION);
    }
}
