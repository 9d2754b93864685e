package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The executable that reads the rows of many tables at once.
 *
 * @param path where it is
 * @param version such as {@code 0.10.0}
 * @param oneMoment the option that makes all tables show one moment and lets others write meanwhile, in the words of this
 *     version
 */
record MyDumper(Path path, String version, String oneMoment) {

    static final String NAME = "mydumper";

    private static final Pattern VERSION = Pattern.compile("\\bmydumper v?(\\d+\\.\\d+\\.\\d+[\\w.-]*)");
    private static final String SINCE_0_19 = "--trx-tables";
    private static final String BEFORE = "--trx-consistency-only";

    /** Asks the file for its version and its options; empty when it is no mydumper that can be used. */
    static Optional<MyDumper> at(Path path) throws InterruptedException {
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(ToolProgram.answer(path, "--version"));
            String options = ToolProgram.answer(path, "--help");
            String oneMoment = options.contains(SINCE_0_19) ? SINCE_0_19 : BEFORE;
            return version.find() && options.contains(oneMoment)
                    ? Optional.of(new MyDumper(path, version.group(1), oneMoment))
                    : Optional.empty();
        } catch (IOException e) {
            // what cannot be started is none
            return Optional.empty();
        }
    }
}
