package org.apache.cloudstack.framework.dbupgrade;

import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.internal.text.TextTable;

/** Breaks every rule of {@link PublicApiTest}. */
public final class BrokenApi {

    public static final List<TextTable> TABLES = List.of();

    public BrokenApi(int one, int two, int three, int four, int five, int six, TextTable table) {}

    public List<TextTable> tables(Optional<String> name) {
        return TABLES;
    }
}
