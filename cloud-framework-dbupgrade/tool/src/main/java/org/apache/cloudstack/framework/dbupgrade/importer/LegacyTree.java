package org.apache.cloudstack.framework.dbupgrade.importer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of a legacy tree, by their paths below it, with slashes. */
final class LegacyTree {

    private final Path root;
    private final SortedSet<String> files = new TreeSet<>();

    private LegacyTree(Path root) {
        this.root = root;
    }

    /**
     * Lists the tree.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    static LegacyTree read(Path root) {
        LegacyTree tree = new LegacyTree(root);
        try (Stream<Path> found = Files.walk(root)) {
            found.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .forEach(tree.files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    SortedSet<String> files() {
        return Collections.unmodifiableSortedSet(files);
    }

    boolean has(String file) {
        return files.contains(file);
    }

    /** The text of a file; empty when it is not valid UTF-8. */
    Optional<String> text(String file) {
        try {
            byte[] bytes = Files.readAllBytes(root.resolve(file));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
