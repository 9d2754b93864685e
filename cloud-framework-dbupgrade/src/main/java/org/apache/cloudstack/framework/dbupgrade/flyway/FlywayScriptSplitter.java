package org.apache.cloudstack.framework.dbupgrade.flyway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.sql.DashComments;
import org.apache.cloudstack.framework.dbupgrade.sql.ScriptSplitter;
import org.apache.cloudstack.framework.dbupgrade.sql.SqlStatement;
import org.apache.cloudstack.framework.dbupgrade.sql.UnreadableScriptException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.extensibility.Plugin;
import org.flywaydb.core.extensibility.ResourceTypeProvider;
import org.flywaydb.core.internal.parser.ParserContext;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.plugin.PluginRegister;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.mysql.mariadb.MariaDBParser;
import org.springframework.util.function.SingletonSupplier;

/**
 * Splits scripts with Flyway's parser of MariaDB's dialect, which reads MySQL's too. Three readings of the servers' own
 * client are added: a comment directive needs no version number, MariaDB's {@code /*M!} is one, and a line that begins
 * with two dashes is a comment even without a blank behind them, as CloudStack's old runner had it.
 */
public final class FlywayScriptSplitter implements ScriptSplitter {

    private static final Pattern BEHIND_PLACE = Pattern.compile("[:'\"\\v].*|\\. See .*", Pattern.DOTALL);

    private final Supplier<Configuration> configuration = SingletonSupplier.of(FlywayScriptSplitter::configuration);

    private static Configuration configuration() {
        ClassicConfiguration configuration = new ClassicConfiguration();
        configuration.setPlaceholderReplacement(false);
        configuration.setPluginRegister(new NoFileTypes());
        return configuration;
    }

    @Override
    public List<SqlStatement> split(String name, String text) {
        return PlainScript.statementOf(text).map(List::of).orElseGet(() -> parse(name, text));
    }

    List<SqlStatement> parse(String name, String text) {
        List<SqlStatement> statements = new ArrayList<>();
        try (SqlStatementIterator found = new Dialect(configuration.get()).parse(new StringResource(text))) {
            while (found.hasNext()) {
                org.flywaydb.core.internal.sqlscript.SqlStatement statement = found.next();
                statements.add(new SqlStatement(
                        statements.size() + 1, statement.getLineNumber(), DashComments.withBlanks(statement.getSql())));
            }
        } catch (FlywayException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new UnreadableScriptException(name, withoutStatement(String.valueOf(reason.getMessage())));
        }
        return statements;
    }

    /** Flyway quotes the statement behind the place, and statements hold values. */
    private static String withoutStatement(String message) {
        return BEHIND_PLACE.matcher(message).replaceFirst("");
    }

    /** Flyway asks all its plug-ins for each script what its name may mean, and the scripts here have none. */
    private static final class NoFileTypes extends PluginRegister {

        @Override
        public <T extends Plugin> List<T> getInstancesOf(Class<T> type) {
            return type == ResourceTypeProvider.class ? List.of() : super.getInstancesOf(type);
        }
    }

    private static final class Dialect extends MariaDBParser {

        Dialect(Configuration configuration) {
            super(configuration, new ParsingContext());
        }

        @Override
        protected boolean isCommentDirective(String text) {
            return text.startsWith("/*!") || text.startsWith("/*M!");
        }

        @Override
        protected boolean isSingleLineComment(String peek, ParserContext context, int col) {
            boolean dashesInside =
                    peek.startsWith("--") && col > 1 && peek.length() > 2 && !Character.isWhitespace(peek.charAt(2));
            return !dashesInside && super.isSingleLineComment(peek, context, col);
        }
    }
}
