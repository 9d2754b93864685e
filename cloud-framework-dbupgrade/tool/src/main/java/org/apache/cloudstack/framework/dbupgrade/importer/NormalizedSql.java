package org.apache.cloudstack.framework.dbupgrade.importer;

/**
 * What a server makes of a statement: without comments, and with one blank for each run of blanks outside of quotes.
 *
 * @param text what is left; without semicolons at its end
 * @param open whether a quote or a comment is not closed
 */
record NormalizedSql(String text, boolean open) {

    static NormalizedSql of(String statement) {
        Reader reader = new Reader(statement);
        reader.read();
        return new NormalizedSql(reader.bare.toString().replaceFirst("[\\s;]+$", ""), reader.open);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    private static final class Reader {

        private final String all;
        private final StringBuilder bare = new StringBuilder();
        private boolean open;
        private int at;

        Reader(String all) {
            this.all = all;
        }

        void read() {
            while (at < all.length()) {
                char sign = all.charAt(at);
                if (isBlank(at)) {
                    at++;
                    blank();
                } else if (sign == '#' || isDashes()) {
                    int end = all.indexOf('\n', at);
                    at = end < 0 ? all.length() : end;
                    blank();
                } else if (isBlockComment()) {
                    int end = all.indexOf("*/", at + 2);
                    open |= end < 0;
                    at = end < 0 ? all.length() : end + 2;
                    blank();
                } else if (sign == '\'' || sign == '"' || sign == '`') {
                    quoted(sign);
                } else {
                    bare.append(sign);
                    at++;
                }
            }
        }

        /** Copies a quoted text; two quotes inside are read as two strings, which comes to the same. */
        private void quoted(char quote) {
            int begin = at++;
            while (at < all.length() && all.charAt(at) != quote) {
                at += all.charAt(at) == '\\' && quote != '`' ? 2 : 1;
            }
            open |= at >= all.length();
            at = Math.min(at + 1, all.length());
            bare.append(all, begin, at);
        }

        private void blank() {
            if (!bare.isEmpty() && bare.charAt(bare.length() - 1) != ' ') {
                bare.append(' ');
            }
        }

        /** Servers take two dashes for a comment only with a blank, or nothing, after them. */
        private boolean isDashes() {
            return all.startsWith("--", at) && (at + 2 == all.length() || isBlank(at + 2));
        }

        private boolean isBlockComment() {
            return all.startsWith("/*", at) && !all.startsWith("/*!", at) && !all.startsWith("/*M!", at);
        }

        private boolean isBlank(int place) {
            return all.charAt(place) <= ' ';
        }
    }
}
