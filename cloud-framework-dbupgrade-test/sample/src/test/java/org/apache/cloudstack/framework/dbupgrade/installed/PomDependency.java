package org.apache.cloudstack.framework.dbupgrade.installed;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a POM says that its project needs.
 *
 * @param artifact its artifact id
 * @param scope its scope, as it holds without a word
 * @param isOptional whether those who depend on the project do without
 */
record PomDependency(String artifact, String scope, boolean isOptional) {

    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");

    static List<PomDependency> of(String pom) {
        return DEPENDENCY
                .matcher(pom.replaceAll("(?s)<exclusions>.*?</exclusions>", ""))
                .results()
                .map(found -> new PomDependency(
                        element(found.group(1), "artifactId", ""),
                        element(found.group(1), "scope", "compile"),
                        element(found.group(1), "optional", "false").equals("true")))
                .toList();
    }

    private static String element(String xml, String name, String otherwise) {
        Matcher matcher = Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(name)).matcher(xml);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
