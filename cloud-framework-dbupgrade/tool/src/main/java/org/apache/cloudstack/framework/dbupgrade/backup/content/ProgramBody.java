package org.apache.cloudstack.framework.dbupgrade.backup.content;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The body of a stored program, of which only the end is of interest: what stands after it would run at once, as a
 * statement of its own, since the servers' client sends all up to the delimiter. A block counts as open only where it is
 * certain that the server opens one, so that nothing after the end can pass for a part of the body.
 */
final class ProgramBody {

    private static final Set<String> BY_WORD = Set.of("IF", "LOOP", "WHILE", "REPEAT", "FOR");

    /** After them a name stands, and not the end of a {@code CASE}. */
    private static final Set<String> BEFORE_OPERAND = Set.of(
            "THEN",
            "ELSE",
            "WHEN",
            "CASE",
            "AND",
            "OR",
            "XOR",
            "NOT",
            "BINARY",
            "INTERVAL",
            "LIKE",
            "BETWEEN",
            "DIV",
            "MOD",
            "COLLATE",
            "ESCAPE",
            "REGEXP",
            "RLIKE",
            "FOR",
            "OF",
            "SELECT",
            "DISTINCT",
            "PRIOR",
            "IN",
            "IS");

    private final List<DumpToken> tokens;
    private final Deque<Block> open = new ArrayDeque<>();
    private int at;
    private int depth;
    private boolean startsStatement = true;
    private boolean isDeclaration;
    private boolean isHandler;

    private ProgramBody(List<DumpToken> tokens) {
        this.tokens = tokens;
    }

    /** An open block; a condition ends with {@code THEN}, {@code DO} or {@code END REPEAT}. */
    private static final class Block {

        private final String word;
        private final int depth;
        private boolean inCondition;

        Block(String word, int depth, boolean inCondition) {
            this.word = word;
            this.depth = depth;
            this.inCondition = inCondition;
        }
    }

    /** Requires that the tokens are one body and nothing else. */
    static void requireOne(List<DumpToken> tokens) throws RefusedContentException {
        new ProgramBody(tokens).read();
    }

    private void read() throws RefusedContentException {
        if (tokens.isEmpty()) {
            throw new RefusedContentException("a stored program without a body");
        }
        while (at < tokens.size()) {
            DumpToken token = tokens.get(at);
            if (token.is("(") || token.is(")")) {
                depth += token.is("(") ? 1 : -1;
                goOn();
            } else if (token.is(";")) {
                if (endOfStatement()) {
                    return;
                }
            } else if (token.isWord() && !isPartOfName()) {
                word(token.text());
            } else if (startsStatement && isLabel()) {
                at += 2;
            } else {
                goOn();
            }
        }
        if (!open.isEmpty() || depth != 0) {
            throw new RefusedContentException("a stored program with a block that does not end");
        }
    }

    /** Whether the body ends here. */
    private boolean endOfStatement() throws RefusedContentException {
        if (depth != 0 || isOpen("CASE of an expression")) {
            throw new RefusedContentException("a stored program with a semicolon inside of an expression");
        }
        if (open.isEmpty()) {
            if (!tokens.subList(at, tokens.size()).stream().allMatch(token -> token.is(";"))) {
                throw new RefusedContentException("a stored program with a statement after its end");
            }
            return true;
        }
        at++;
        startsStatement = true;
        isDeclaration = false;
        isHandler = false;
        return false;
    }

    private void word(String word) throws RefusedContentException {
        if (word.equals("END") && !open.isEmpty()) {
            end();
        } else if (startsStatement) {
            first(word);
        } else {
            inside(word);
        }
    }

    private void first(String word) {
        if (isLabel()) {
            at += 2;
            return;
        }
        if (isBetweenBranches(word)) {
            at++;
            open.element().inCondition = !word.equals("ELSE");
            startsStatement = word.equals("ELSE");
            return;
        }
        isDeclaration = word.equals("DECLARE");
        boolean opens = word.equals("BEGIN") || word.equals("CASE") || BY_WORD.contains(word);
        if (opens) {
            open.push(
                    new Block(word, depth, Set.of("IF", "CASE", "WHILE", "FOR").contains(word)));
        }
        at++;
        startsStatement = Set.of("BEGIN", "LOOP", "REPEAT").contains(word);
        if (word.equals("BEGIN") && is(at, "NOT") && is(at + 1, "ATOMIC")) {
            at += 2;
        }
    }

    private boolean isBetweenBranches(String word) {
        return isOpen("IF") && (word.equals("ELSE") || word.equals("ELSEIF"))
                || isOpen("CASE") && (word.equals("ELSE") || word.equals("WHEN"))
                || isOpen("REPEAT") && word.equals("UNTIL");
    }

    private void inside(String word) {
        Block top = open.peek();
        boolean here = top != null && top.depth == depth;
        isHandler |= isDeclaration && word.equals("HANDLER");
        switch (word) {
            case "CASE" -> open.push(new Block("CASE of an expression", depth, false));
            case "BEGIN" -> {
                if (isHandler && !is(at - 1, "FOR") && !is(at - 1, ",")) {
                    first(word);
                    return;
                }
            }
            case "THEN" -> {
                if (here && top.inCondition && (isOpen("IF") || isOpen("CASE"))) {
                    opensStatements(top);
                    return;
                }
            }
            case "DO" -> {
                if (here && top.inCondition && (isOpen("WHILE") || isOpen("FOR"))) {
                    opensStatements(top);
                    return;
                }
            }
            default -> {
                // of no interest
            }
        }
        goOn();
    }

    private void opensStatements(Block top) {
        top.inCondition = false;
        at++;
        startsStatement = true;
    }

    private void end() throws RefusedContentException {
        Block top = open.element();
        boolean ofExpression = isOpen("CASE of an expression");
        boolean afterStatement = at > 0 && (is(at - 1, ";") || is(at - 1, "BEGIN") || is(at - 1, "ATOMIC"));
        if (!ofExpression && !afterStatement && !(isOpen("REPEAT") && top.inCondition) || top.depth != depth) {
            // a name
            goOn();
            return;
        }
        if (ofExpression && isBeforeOperand()) {
            throw new RefusedContentException(
                    "a stored program with the name END inside of CASE; put it in back-quotes there");
        }
        open.pop();
        at++;
        if (!ofExpression && !top.word.equals("BEGIN")) {
            if (!is(at, top.word)) {
                throw new RefusedContentException("a stored program with a block that ends with another word");
            }
            at++;
        }
        startsStatement = false;
        if (open.isEmpty() && !ofExpression) {
            requireNothing();
        }
    }

    /** But for the label. */
    private void requireNothing() throws RefusedContentException {
        boolean isLabelled =
                at < tokens.size() && (tokens.get(at).isWord() || tokens.get(at).kind() == DumpToken.Kind.NAME);
        List<DumpToken> rest = tokens.subList(Math.min(tokens.size(), at + (isLabelled ? 1 : 0)), tokens.size());
        if (!rest.stream().allMatch(token -> token.is(";"))) {
            throw new RefusedContentException("a stored program with a statement after its end");
        }
        at = tokens.size();
    }

    private boolean isBeforeOperand() {
        DumpToken before = tokens.get(at - 1);
        return before.kind() == DumpToken.Kind.SIGN && !before.is(")")
                || before.isWord() && BEFORE_OPERAND.contains(before.text());
    }

    private boolean isOpen(String word) {
        Block top = open.peek();
        return top != null && top.word.equals(word);
    }

    private boolean isLabel() {
        return is(at + 1, ":") && !is(at + 2, "=");
    }

    private boolean isPartOfName() {
        return is(at - 1, ".") || is(at - 1, "@");
    }

    private boolean is(int place, String word) {
        return place >= 0 && place < tokens.size() && tokens.get(place).is(word);
    }

    private void goOn() {
        at++;
        startsStatement = false;
    }
}
