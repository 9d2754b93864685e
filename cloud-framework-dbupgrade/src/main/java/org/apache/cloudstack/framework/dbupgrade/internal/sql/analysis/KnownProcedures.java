package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import com.alibaba.druid.sql.ast.SQLParameter;
import com.alibaba.druid.sql.ast.SQLStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.sql.operation.ObjectName;

/**
 * The procedures of which scripts carry the bodies, as they are at one place in the order of the scripts; and what their authors
 * declare of those whose bodies do not show what they do. Immutable.
 */
public final class KnownProcedures {

    /** Before the first script. */
    public static final KnownProcedures NONE = new KnownProcedures(Map.of(), Map.of());

    /** One procedure; the name says in which database its body finds its tables. */
    record Procedure(ObjectName name, List<SQLParameter> parameters, SQLStatement body) {}

    private final Map<ObjectName, Procedure> byName;
    private final Map<String, List<String>> declared;

    private KnownProcedures(Map<ObjectName, Procedure> byName, Map<String, List<String>> declared) {
        this.byName = Map.copyOf(byName);
        this.declared = Map.copyOf(declared);
    }

    /**
     * With what a script declares of procedures.
     *
     * @param calls the statements that a call stands for, with {@code {1}} for its first argument, by the name of the procedure
     */
    public KnownProcedures declaring(Map<String, List<String>> calls) {
        if (calls.isEmpty()) {
            return this;
        }
        Map<String, List<String>> all = new HashMap<>(declared);
        calls.forEach((name, statements) -> all.put(name.toLowerCase(Locale.ROOT), List.copyOf(statements)));
        return new KnownProcedures(byName, all);
    }

    KnownProcedures with(Procedure procedure) {
        Map<ObjectName, Procedure> all = new HashMap<>(byName);
        all.put(key(procedure.name()), procedure);
        return new KnownProcedures(all, declared);
    }

    KnownProcedures without(ObjectName name) {
        if (!byName.containsKey(key(name))) {
            return this;
        }
        Map<ObjectName, Procedure> all = new HashMap<>(byName);
        all.remove(key(name));
        return new KnownProcedures(all, declared);
    }

    Optional<Procedure> find(ObjectName name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    /** The statements that a call is declared to stand for; none when nobody declares any. */
    List<String> declared(ObjectName name) {
        return declared.getOrDefault(name.name().toLowerCase(Locale.ROOT), List.of());
    }

    private static ObjectName key(ObjectName name) {
        return new ObjectName(
                name.schema().toLowerCase(Locale.ROOT), name.name().toLowerCase(Locale.ROOT));
    }
}
