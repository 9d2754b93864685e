package org.apache.cloudstack.framework.dbupgrade.backup;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.apache.cloudstack.framework.dbupgrade.internal.mysql.ServerProduct;

/**
 * Where the servers' executables are.
 *
 * @param folders are searched in this order
 * @param tool which executable reads the databases
 * @param dumpProgram the executable that reads the databases; searched when empty
 * @param clientProgram the executable that writes them, {@code mariadb} or {@code mysql}; searched when empty
 */
public record DumpTools(List<Path> folders, BackupTool tool, Optional<Path> dumpProgram, Optional<Path> clientProgram) {

    private static final List<String> DUMP = List.of("mariadb-dump", "mysqldump");
    private static final List<String> CLIENT = List.of("mariadb", "mysql");

    public DumpTools {
        folders = List.copyOf(folders);
    }

    /** The executables on the PATH. */
    public static DumpTools onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> folders = Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .distinct()
                .toList();
        return new DumpTools(folders, BackupTool.AUTO, Optional.empty(), Optional.empty());
    }

    /** The same with a directory that is searched first, such as {@code bin} of a server's own executables. */
    public DumpTools withFolder(Path folder) {
        List<Path> all = Stream.concat(Stream.of(folder), folders.stream()).toList();
        return new DumpTools(all, tool, dumpProgram, clientProgram);
    }

    /** The same with a directory that is searched last. */
    public DumpTools orElseIn(Path folder) {
        List<Path> all = Stream.concat(folders.stream(), Stream.of(folder)).toList();
        return new DumpTools(all, tool, dumpProgram, clientProgram);
    }

    /** The same with the executables of one directory only. */
    public DumpTools onlyIn(Path folder) {
        return new DumpTools(List.of(folder), tool, dumpProgram, clientProgram);
    }

    /** The same with a choice of the executable that reads the databases. */
    public DumpTools using(BackupTool tool) {
        return new DumpTools(folders, tool, dumpProgram, clientProgram);
    }

    /** The same with this executable for reading the databases. */
    public DumpTools withDumpProgram(Path program) {
        return new DumpTools(folders, tool, Optional.of(program), clientProgram);
    }

    /** The same with this executable for writing the databases. */
    public DumpTools withClientProgram(Path program) {
        return new DumpTools(folders, tool, dumpProgram, Optional.of(program));
    }

    /** The executable that reads databases of such a server. */
    ToolProgram dump(ServerProduct server) throws InterruptedException {
        return program(dumpProgram, DUMP, tool.productFor(server));
    }

    /** The executable that writes databases to such a server. */
    ToolProgram client(ServerProduct server) throws InterruptedException {
        return program(clientProgram, CLIENT, server);
    }

    /** The executable that reads rows of many tables at once, where that is asked for; also from the PATH. */
    Optional<MyDumper> rows() throws InterruptedException {
        if (tool != BackupTool.MYDUMPER) {
            return Optional.empty();
        }
        for (Path folder :
                Stream.concat(folders.stream(), onPath().folders().stream()).toList()) {
            Optional<MyDumper> found = MyDumper.at(folder.resolve(MyDumper.NAME));
            if (found.isPresent()) {
                return found;
            }
        }
        throw new BackupException(FindingCode.BACKUP_TOOL_UNUSABLE.about(
                MyDumper.NAME, "it is not on the PATH, or does not know the options that are needed"));
    }

    private ToolProgram program(Optional<Path> given, List<String> names, ServerProduct wanted)
            throws InterruptedException {
        List<Path> candidates = given.map(List::of).orElseGet(() -> candidates(names));
        List<ToolProgram> others = new ArrayList<>();
        for (Path candidate : candidates) {
            Optional<ToolProgram> program = ToolProgram.at(candidate);
            if (program.isPresent() && program.get().product() == wanted) {
                return program.get();
            }
            program.ifPresent(others::add);
        }
        throw new BackupException(FindingCode.BACKUP_TOOL_UNUSABLE.about(
                given.map(Path::toString).orElse(String.join(" or ", names)),
                "no such executable of " + wanted + " is there; " + found(given, others)));
    }

    private List<Path> candidates(List<String> names) {
        return folders.stream()
                .flatMap(folder -> names.stream().map(folder::resolve))
                .toList();
    }

    private String found(Optional<Path> given, List<ToolProgram> others) {
        if (!others.isEmpty()) {
            return others.get(0) + " would leave things out or garble them";
        }
        return given.isPresent()
                ? "the file does not exist, or does not show its version as these executables do"
                : "searched in " + folders;
    }
}
