package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlSelectQueryBlock;
import com.alibaba.druid.sql.dialect.mysql.parser.MySqlExprParser;
import com.alibaba.druid.sql.dialect.mysql.parser.MySqlLexer;
import com.alibaba.druid.sql.dialect.mysql.parser.MySqlStatementParser;
import com.alibaba.druid.sql.parser.Lexer;
import com.alibaba.druid.sql.parser.SQLExprParser;
import com.alibaba.druid.sql.parser.SQLParserFeature;
import com.alibaba.druid.sql.parser.SQLStatementParser;

/**
 * Stands for Druid's {@code SQLParserUtils} in the packed library: that one links to the parsers of all its dialects, which
 * are not packed. Druid itself calls these methods, as for {@code OPEN cursor}.
 */
public final class MySqlParsers {

    private MySqlParsers() {}

    public static SQLExprParser createExprParser(String sql, DbType type, SQLParserFeature... features) {
        return new MySqlExprParser(sql, features);
    }

    public static Lexer createLexer(String sql, DbType type) {
        return new MySqlLexer(sql);
    }

    public static SQLStatementParser createSQLStatementParser(String sql, DbType type) {
        return new MySqlStatementParser(sql);
    }

    public static SQLStatementParser createSQLStatementParser(String sql, DbType type, boolean keepComments) {
        return keepComments
                ? new MySqlStatementParser(sql, SQLParserFeature.KeepComments)
                : new MySqlStatementParser(sql);
    }

    public static SQLStatementParser createSQLStatementParser(String sql, DbType type, SQLParserFeature... features) {
        return new MySqlStatementParser(sql, features);
    }

    public static SQLSelectQueryBlock createSelectQueryBlock(DbType type) {
        return new MySqlSelectQueryBlock();
    }
}
