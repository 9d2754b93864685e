package org.apache.cloudstack.framework.dbupgrade.internal.scan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.finding.FindingCode;
import org.jspecify.annotations.Nullable;

/** A file or directory of a migration location cannot be read; the message is a clause. */
final class UnreadableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    private UnreadableFileException(String problem, String remedy, @Nullable IOException cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    static UnreadableFileException of(IOException error) {
        if (error instanceof UnreadableFileException known) {
            return known;
        }
        String user = System.getProperty("user.name");
        return error instanceof AccessDeniedException
                ? new UnreadableFileException(
                        "its permissions keep the user " + user + " from reading it",
                        "Let that user read it; a directory must be executable for it, too.",
                        error)
                : new UnreadableFileException(error.toString(), "Look at the file and its disk.", error);
    }

    static UnreadableFileException leadingNowhere(Path target, IOException cause) {
        return new UnreadableFileException(
                "it is a link to " + target + ", where nothing is",
                "Restore what it links to, or delete the link.",
                cause);
    }

    static UnreadableFileException endless(Path directory) {
        return new UnreadableFileException(
                "it links to " + directory + ", the directory that it is in, so that there is no end",
                "Delete the link.",
                null);
    }

    static UnreadableFileException directory() {
        return new UnreadableFileException(
                "it is a directory with the name of a file",
                "Put the file there. A container runtime makes such a directory where the file to be mounted is missing.",
                null);
    }

    static UnreadableFileException neither() {
        return new UnreadableFileException(
                "it is neither a file nor a directory, but a pipe, a socket or a device",
                "Put a file there, or move it elsewhere.",
                null);
    }

    Finding finding(String path) {
        return FindingCode.UNREADABLE_FILE.about(path, String.valueOf(getMessage()), remedy);
    }
}
