package org.apache.cloudstack.framework.dbupgrade.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options that every command has: where the databases are, and where the migrations. */
final class GlobalOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "<jdbc-url>",
            description =
                    "The database server, as jdbc:mysql://host:3306/. Else DBUPGRADE_URL, else the configuration.")
    @Nullable
    String url;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "<name>",
            description = "Who connects. Else DBUPGRADE_USER, else the configuration.")
    @Nullable
    String user;

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "<file>",
            description = "A file whose first line is the password. Else DBUPGRADE_PASSWORD, else the configuration.")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "<file>",
            description =
                    "An application's application.yml or .properties, the directory of these, or classpath:<file> of"
                            + " what --jars names; or CloudStack's db.properties.")
    @Nullable
    Path config;

    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            paramLabel = "<name>",
            description = "The profiles that the application runs with, with commas between them. Else"
                    + " SPRING_PROFILES_ACTIVE, else the configuration.")
    @Nullable
    String profile;

    @Option(
            names = "--schemas",
            scope = ScopeType.INHERIT,
            split = ",",
            paramLabel = "<name>",
            description = "The databases; the first holds the history. The URL's database unless given or configured.")
    @Nullable
    List<String> schemas;

    @Option(
            names = "--locations",
            scope = ScopeType.INHERIT,
            split = ",",
            paramLabel = "<place>",
            description = "Where migrations lie: filesystem:<directory>, or classpath:<directory> of what --jars names."
                    + " classpath:db/upgrade unless given or configured.")
    @Nullable
    List<String> locations;

    @Option(
            names = "--jars",
            scope = ScopeType.INHERIT,
            split = ",",
            paramLabel = "<file>",
            description =
                    "Jars with migrations, or with a driver, or directories of such jars or of classes. Those within a"
                            + " Spring Boot jar or a WAR are found too.")
    @Nullable
    List<Path> jars;

    @Option(
            names = "--target",
            scope = ScopeType.INHERIT,
            paramLabel = "<release>",
            description = "The release to go to; the newest one among the migrations unless given or configured.")
    @Nullable
    String target;

    @Option(
            names = "--unknown-release",
            scope = ScopeType.INHERIT,
            description = "Accept a --target that no migration and no entry of releases.yaml knows.")
    boolean unknownRelease;

    @Option(
            names = "--rolling",
            scope = ScopeType.INHERIT,
            paramLabel = "<mode>",
            description =
                    "How it goes together with older nodes: auto, require or off. auto unless given or configured.")
    @Nullable
    String rolling;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Answer with one JSON document on standard output.")
    boolean json;

    /** It would be seen in the list of processes. It is known so that it can be refused without being repeated. */
    @Option(names = "--password", scope = ScopeType.INHERIT, hidden = true, arity = "0..1")
    @SuppressWarnings("DoNotCallSuggester") // it is for picocli to call
    void refusePassword(@Nullable String ignored) {
        throw new ParameterException(
                java.util.Objects.requireNonNull(command).commandLine(),
                "A password on the command line is seen by everybody on this machine. Put it into a file that only you can"
                        + " read, and name that with --password-file, or set DBUPGRADE_PASSWORD.");
    }
}
