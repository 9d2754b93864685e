package org.apache.cloudstack.framework.dbupgrade.lint;

/**
 * A rule that a migration breaks.
 *
 * @param rule the rule
 * @param script the file or class
 * @param line the line, from 1; 0 when it is about the whole
 * @param problem what was found, with names
 */
public record LintFinding(LintRule rule, String script, int line, String problem) {

    @Override
    public String toString() {
        String place = line == 0 ? script : script + ":" + line;
        return place + ": [" + rule + "] " + problem + ". " + rule.remedy();
    }
}
