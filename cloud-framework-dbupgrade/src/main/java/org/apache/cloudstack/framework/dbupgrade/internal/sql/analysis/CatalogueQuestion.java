package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLObject;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLVariantRefExpr;
import com.alibaba.druid.sql.dialect.mysql.visitor.MySqlASTVisitorAdapter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.Reads;

/**
 * What a condition reads. One that asks {@code information_schema} for nothing but what its statement names reads no other
 * definitions than the statement does.
 *
 * @param reads what it reads, the catalogue among it
 * @param asked the strings that it compares with; empty when they are not all known
 */
record CatalogueQuestion(Reads reads, Optional<Set<String>> asked) {

    private static final String CATALOGUE = "information_schema";
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\w$]+");

    static CatalogueQuestion of(SQLObject condition, Names names, Set<String> declared, KnownValues values) {
        Texts texts = new Texts(declared, values);
        condition.accept(texts);
        return new CatalogueQuestion(
                new QueryReads(names, declared).read(condition).found(),
                texts.isKnown ? Optional.of(texts.found) : Optional.empty());
    }

    boolean isOnCatalogue() {
        return reads.tables().stream().anyMatch(table -> table.schema().equalsIgnoreCase(CATALOGUE));
    }

    /** Whether it also reads what is in tables. */
    boolean isOnRows() {
        return reads.tables().stream().anyMatch(table -> !table.schema().equalsIgnoreCase(CATALOGUE));
    }

    /** What it reads beside what statements with the given words touch anyway. */
    Reads beside(Set<String> words) {
        boolean isAboutThem = asked.filter(
                        texts -> !texts.isEmpty() && texts.stream().allMatch(text -> words.containsAll(words(text))))
                .isPresent();
        if (!isAboutThem) {
            return reads;
        }
        return new Reads(
                reads.tables().stream()
                        .filter(table -> !table.schema().equalsIgnoreCase(CATALOGUE))
                        .collect(Collectors.toSet()),
                reads.columns().stream()
                        .filter(column -> !column.table().schema().equalsIgnoreCase(CATALOGUE))
                        .collect(Collectors.toSet()),
                reads.functions());
    }

    /** The words of a statement, in lower case. */
    static Set<String> words(String statement) {
        return BETWEEN_WORDS
                .splitAsStream(statement.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static final class Texts extends MySqlASTVisitorAdapter {

        private final Set<String> declared;
        private final KnownValues values;
        private final Set<String> found = new LinkedHashSet<>();
        private boolean isKnown = true;

        Texts(Set<String> declared, KnownValues values) {
            this.declared = declared;
            this.values = values;
        }

        @Override
        public boolean visit(SQLCharExpr text) {
            found(text.getText());
            return true;
        }

        @Override
        public boolean visit(SQLIdentifierExpr name) {
            if (declared.contains(Names.plain(name.getName()).toLowerCase(Locale.ROOT))) {
                add(name.getName());
            }
            return true;
        }

        @Override
        public boolean visit(SQLVariantRefExpr variable) {
            add(variable.getName());
            return true;
        }

        private void add(String variable) {
            Optional<KnownValue> value = values.get(variable);
            isKnown &= value.isPresent();
            value.ifPresent(known -> known.texts().forEach(this::found));
        }

        /** A pattern asks for more than one. */
        private void found(String text) {
            isKnown &= !text.contains("%");
            found.add(text.toLowerCase(Locale.ROOT));
        }
    }
}
