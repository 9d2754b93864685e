package org.apache.cloudstack.framework.dbupgrade.internal.mysql;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL, which may hold accounts and passwords in many places: before an {@code @}, in {@code address=(…)}, among the
 * parameters. So people are shown the parts that are known to be none of these, rather than what is left without them.
 */
public final class JdbcUrl {

    private static final String MASK = "…";
    private static final Pattern PARTS =
            Pattern.compile("(?s)\\s*(jdbc:[\\w+.:-]*?:)\\s*//([^/?#]*)(?:/([^?#]*))?(?:\\?([^#]*))?.*");
    private static final Pattern SCHEME = Pattern.compile("(?s)\\s*(jdbc:[\\w+-]+).*");
    private static final Pattern WITHOUT_HOST = Pattern.compile("\\s*(jdbc:[\\w+-]+:[\\w+.:/~-]*)(?:[;?][^@]*)?\\s*");
    private static final Pattern HOST = Pattern.compile("(?:[\\w.-]+|\\[[0-9a-fA-F:.%]+])?(?::\\d{1,5})?");
    private static final Pattern KEYED_HOST =
            Pattern.compile("[(,]\\s*host\\s*=\\s*([\\w.-]+|\\[?[0-9a-fA-F:.]+]?)\\s*[),]");
    private static final Pattern KEYED_PORT = Pattern.compile("[(,]\\s*port\\s*=\\s*(\\d{1,5})\\s*[),]");
    private static final Pattern DATABASE = Pattern.compile("[\\w$-]*");
    private static final Pattern WITHIN_TEXT = Pattern.compile("jdbc:[^\\s'\"`]+(?<![.,;])");
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)([\\w.-]*(?:password|passwd|passphrase|secret)[\\w.-]*\\s*[=:]\\s*)('[^']*'|\"[^\"]*\"|[^\\s&,;)'\"]+)");
    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)(?:^|[?&(,;])\\s*[\\w.]*(?:password|passwd|passphrase)\\w*\\s*=");
    private static final Pattern SECRET_BEFORE_AT = Pattern.compile("//(?:[^?]*:[^?]*|[^/?]*:[^=]*)@");
    private static final Pattern ACCOUNT = Pattern.compile("^([^:@(]*)(?::(.*))?@");

    private final String text;

    private JdbcUrl(String text) {
        this.text = text;
    }

    /** A URL, whatever it is like. */
    public static JdbcUrl of(String text) {
        return new JdbcUrl(text);
    }

    /** What people call the server: kind, hosts and database. */
    public String address() {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            Matcher plain = WITHOUT_HOST.matcher(text);
            return plain.matches() ? plain.group(1) : scheme();
        }
        String path = parts.group(3) == null ? "" : parts.group(3);
        if (path.contains("@") || hasAtBeforeParameters(parts.group(4))) {
            // a password with a slash or a question mark in it, which is none of the parts that it seems to be
            return scheme();
        }
        String database = DATABASE.matcher(path).matches() ? path : MASK;
        return parts.group(1) + "//" + hosts(parts.group(2)) + (parts.group(3) == null ? "" : "/" + database);
    }

    private static boolean hasAtBeforeParameters(@Nullable String parameters) {
        if (parameters == null) {
            return false;
        }
        int at = parameters.indexOf('@');
        return at >= 0 && parameters.lastIndexOf('=', at) < 0;
    }

    private String scheme() {
        Matcher scheme = SCHEME.matcher(text);
        return (scheme.matches() ? scheme.group(1) : "jdbc") + ":" + MASK;
    }

    private static String hosts(String authority) {
        List<String> hosts = new ArrayList<>();
        List<String> parts = parts(authority);
        for (int index = 0; index < parts.size(); index++) {
            String part = parts.get(index);
            // of a password with a comma in it, this may be the first half
            boolean mayBeAccount = !part.contains("@")
                    && parts.subList(index + 1, parts.size()).stream().anyMatch(later -> later.contains("@"));
            hosts.add(mayBeAccount ? MASK : host(part));
        }
        return String.join(",", hosts);
    }

    /** Split at the commas that are not within brackets. */
    private static List<String> parts(String authority) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int index = 0; index < authority.length(); index++) {
            char letter = authority.charAt(index);
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ',' && depth <= 0) {
                parts.add(authority.substring(begin, index));
                begin = index + 1;
            }
        }
        parts.add(authority.substring(begin));
        return parts;
    }

    private static String host(String part) {
        if (part.contains("(")) {
            Matcher host = KEYED_HOST.matcher(part);
            Matcher port = KEYED_PORT.matcher(part);
            return (host.find() ? host.group(1) : MASK) + (port.find() ? ":" + port.group(1) : "");
        }
        String host = part.substring(part.lastIndexOf('@') + 1).strip();
        return HOST.matcher(host).matches() ? host : MASK;
    }

    /** Whether a password is in it. */
    public boolean hasSecret() {
        String plain = decoded(text);
        return SECRET_PARAMETER.matcher(plain).find()
                || SECRET_BEFORE_AT.matcher(text).find();
    }

    /** The account in it. */
    public Optional<String> user() {
        return account(1, "user");
    }

    /** That account's password. */
    public Optional<String> password() {
        return account(2, "password");
    }

    private Optional<String> account(int group, String name) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Pattern parameter = Pattern.compile("(?:^|[&(,])\\s*" + name + "\\s*=\\s*([^&),]*)");
        Matcher before = ACCOUNT.matcher(parts.group(2));
        if (before.find() && before.group(group) != null) {
            return Optional.of(decoded(before.group(group)));
        }
        return Optional.ofNullable(parts.group(4))
                .flatMap(query -> first(parameter, query))
                .or(() -> first(parameter, parts.group(2)))
                .map(JdbcUrl::decoded);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a % that stands for itself
            return text;
        }
    }

    /** A text of somebody else, such as a driver, without the passwords of URLs and parameters that it may repeat. */
    public static String hideSecrets(String text) {
        String withoutUrls = WITHIN_TEXT
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(of(found.group()).address()));
        return withoutUrls
                .lines()
                .map(line -> NAMED_SECRET.matcher(line).replaceAll("$1" + MASK))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return address();
    }
}
