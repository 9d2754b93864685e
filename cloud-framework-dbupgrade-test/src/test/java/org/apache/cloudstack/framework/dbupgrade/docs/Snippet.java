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
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationInstances;
import org.apache.cloudstack.framework.dbupgrade.migration.MigrationScanner;

/**
 * A piece of code of the manual.
 *
 * @param file the file it is said to be; may be empty
 * @param text its lines
 */
public record Snippet(String file, String text) {

    /** What an upgrade would have against a script; a migration stands beside it, since a repeatable alone is none. */
    List<Finding> findingsAsScript(Path folder) throws IOException {
        Files.writeString(folder.resolve(file), text);
        if (!file.startsWith("V_")) {
            Files.writeString(folder.resolve("V_100_A.sql"), "SELECT 1;");
        }
        return findings("filesystem:" + folder, Snippet.class.getClassLoader());
    }

    /** What an upgrade would have against a class in package {@code db.upgrade}, compiled into the folder. */
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
        boolean compiled = compiler.getTask(said, null, null, options, null, List.of(new SourceText(file, text)))
                .call();
        return compiled ? "" : said.toString();
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
