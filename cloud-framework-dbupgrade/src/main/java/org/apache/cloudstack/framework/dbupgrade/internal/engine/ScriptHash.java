package org.apache.cloudstack.framework.dbupgrade.internal.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.LineEnds;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.SqlStatement;

/**
 * A hash over the first statements of a script, each one upon the hash of those before it. The kind of line ends makes no
 * difference.
 *
 * @param hex 64 hexadecimal digits
 */
record ScriptHash(String hex) {

    static final ScriptHash START = new ScriptHash("0".repeat(64));

    ScriptHash and(SqlStatement statement) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(hex));
            byte[] hash = digest.digest(LineEnds.unified(statement.text()).getBytes(StandardCharsets.UTF_8));
            return new ScriptHash(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static ScriptHash over(List<SqlStatement> statements) {
        return START.and(statements);
    }

    ScriptHash and(List<SqlStatement> statements) {
        ScriptHash chain = this;
        for (SqlStatement statement : statements) {
            chain = chain.and(statement);
        }
        return chain;
    }
}
