package org.apache.cloudstack.framework.dbupgrade.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.cloudstack.framework.dbupgrade.finding.Finding;
import org.apache.cloudstack.framework.dbupgrade.internal.scan.MigrationScanner;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;

/**
 * A piece of code of the manual.
 *
 * @param path the file it is said to be, as printed; may be empty
 * @param text its lines
 */
public record Snippet(String path, String text) {

    /** The name of its file. */
    String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What an upgrade would have against a script; a migration stands beside it, since a repeatable alone is none. */
    List<Finding> findingsAsScript(Path folder) throws IOException {
        Files.writeString(folder.resolve(file()), text);
        if (!file().startsWith("V_")) {
            Files.writeString(folder.resolve("V_100_A.sql"), "SELECT 1;");
        }
        return findings("filesystem:" + folder, Snippet.class.getClassLoader());
    }

    /** What an upgrade would have against a class in package {@code db.upgrade}, compiled into the directory. */
    List<Finding> findingsAsClass(Path folder) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, Snippet.class.getClassLoader())) {
            return findings("classpath:db/upgrade", loader);
        }
    }

    private static List<Finding> findings(String location, ClassLoader loader) {
        return MigrationScanner.scan(List.of(location), loader, MigrationInstances.byDefaultConstructor(), Map.of())
                .findings();
    }

    /** What the compiler says; empty when it is content. */
    String compileInto(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(said, null, null, options, null, List.of(new SourceText(file(), text)))
                .call();
        return compiled ? "" : said.toString();
    }

    /** Puts it where a build would: what it is compiled to, or the file itself. */
    void buildInto(Path classes) throws IOException {
        if (file().endsWith(".java")) {
            String problems = compileInto(classes);
            if (!problems.isEmpty()) {
                throw new IOException(problems);
            }
        } else {
            Path target = classes.resolve(path.replaceFirst("^src/\\w+/resources/", ""));
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        }
    }

    private static final class SourceText extends SimpleJavaFileObject {

        private final String text;

        SourceText(String file, String text) {
            super(URI.create("string:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
