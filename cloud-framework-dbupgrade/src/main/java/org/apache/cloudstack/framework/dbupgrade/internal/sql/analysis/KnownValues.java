package org.apache.cloudstack.framework.dbupgrade.internal.sql.analysis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What variables and prepared statements hold at one place of a script or of a stored program, as far as it is known. */
final class KnownValues {

    private static final String OF_SESSION = "@";

    private final Map<String, KnownValue> values = new HashMap<>();
    private final Map<String, KnownValue> prepared = new HashMap<>();
    private final Set<String> spoiled = new HashSet<>();

    KnownValues copy() {
        KnownValues copy = new KnownValues();
        copy.values.putAll(values);
        copy.prepared.putAll(prepared);
        copy.spoiled.addAll(spoiled);
        return copy;
    }

    /** What is known after branches of which one ran. */
    static KnownValues merged(List<KnownValues> branches) {
        KnownValues merged = branches.get(0).copy();
        for (KnownValues branch : branches.subList(1, branches.size())) {
            merge(merged.values, branch.values);
            merge(merged.prepared, branch.prepared);
            merged.spoiled.addAll(branch.spoiled);
        }
        return merged;
    }

    private static void merge(Map<String, KnownValue> one, Map<String, KnownValue> other) {
        one.keySet().retainAll(other.keySet());
        for (String name : Set.copyOf(one.keySet())) {
            KnownValue.either(Optional.ofNullable(one.get(name)), Optional.ofNullable(other.get(name)))
                    .ifPresentOrElse(both -> one.put(name, both), () -> one.remove(name));
        }
    }

    Optional<KnownValue> get(String variable) {
        String key = key(variable);
        return spoiled.contains(key) ? Optional.empty() : Optional.ofNullable(values.get(key));
    }

    void set(String variable, Optional<KnownValue> value) {
        value.ifPresentOrElse(known -> values.put(key(variable), known), () -> values.remove(key(variable)));
    }

    /** From now on the variable can have any value at any time, as one that a handler sets. */
    void spoil(String variable) {
        spoiled.add(key(variable));
    }

    /** Nothing is known any more. */
    void forget() {
        values.clear();
        prepared.clear();
    }

    void prepare(String statement, Optional<KnownValue> text) {
        text.ifPresentOrElse(known -> prepared.put(key(statement), known), () -> prepared.remove(key(statement)));
    }

    Optional<KnownValue> prepared(String statement) {
        return Optional.ofNullable(prepared.get(key(statement)));
    }

    /** What a called procedure finds: the session's, without the caller's own variables. */
    KnownValues ofSession() {
        KnownValues session = copy();
        session.values.keySet().removeIf(name -> !name.startsWith(OF_SESSION));
        return session;
    }

    /** What a called procedure leaves in the session. */
    void takeSession(KnownValues called) {
        values.keySet().removeIf(name -> name.startsWith(OF_SESSION));
        values.putAll(called.ofSession().values);
        prepared.clear();
        prepared.putAll(called.prepared);
    }

    private static String key(String name) {
        return Names.plain(name).toLowerCase(Locale.ROOT);
    }
}
