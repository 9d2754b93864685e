package org.apache.cloudstack.framework.dbupgrade.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the handbook. */
public final class Handbook {

    private static final String FOLDER = "cloud-framework-dbupgrade/docs/";

    private Handbook() {}

    /** A page by its path below the directory of the handbook, such as {@code guide/testing.md}. */
    public static Markdown page(String path) {
        return Markdown.read(FOLDER + path);
    }

    /** The front page of the project. */
    public static Markdown readme() {
        return Markdown.read("README.md");
    }

    /** The rules for names of migrations. */
    public static Markdown conventions() {
        return Markdown.read("conventions.md");
    }

    static Path directory() {
        return page("README.md").file().resolveSibling("");
    }

    /** All pages, generated ones too. */
    static List<Markdown> all() {
        try (Stream<Path> files = Files.walk(directory())) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return Stream.concat(
                            Stream.of(readme(), conventions()), pages.stream().map(Markdown::at))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages that people write, in which code and commands are for readers to try. */
    static List<Markdown> written() {
        return all().stream().filter(page -> !page.isCommandPage()).toList();
    }

    /** The pages whose code is for readers to use. */
    static List<Markdown> withCode() {
        return written().stream()
                .filter(page -> !page.file().startsWith(directory().resolve("reference")))
                .toList();
    }

    /** The pages whose files below {@code src/} are one application, in their order. */
    public static List<Markdown> application() {
        return List.of(
                readme(),
                page("guide/embedding.md"),
                page("guide/writing-migrations.md"),
                page("guide/large-tables.md"),
                page("guide/testing.md"),
                page("operations/verify.md"));
    }
}
