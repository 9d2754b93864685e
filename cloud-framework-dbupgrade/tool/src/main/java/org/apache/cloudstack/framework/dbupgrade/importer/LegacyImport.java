package org.apache.cloudstack.framework.dbupgrade.importer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a legacy tree, and says what it would become. */
public final class LegacyImport {

    private final LegacySettings settings;

    /**
     * An import that knows what the caller knows.
     *
     */
    public LegacyImport(LegacySettings settings) {
        this.settings = settings;
    }

    /**
     * Reads the tree; writes nothing.
     *
     * @param tree the directory that holds {@code schema-….sql}, and {@code views} and {@code procedures} beside them
     * @throws java.io.UncheckedIOException when a file cannot be read
     */
    public ImportPlan read(Path tree) {
        LegacyTree files = LegacyTree.read(tree);
        TreePlaces places = TreePlaces.of(files, settings);
        Contents contents = new Contents(files, places);
        places.places().forEach(contents::read);
        return new ImportPlan(
                contents.imported,
                places.graph().declarations(),
                contents.rewrites,
                contents.dropped,
                contents.unplaced,
                contents.doubts);
    }

    private static final class Contents {

        private final LegacyTree tree;
        private final List<ImportedFile> imported = new ArrayList<>();
        private final List<Rewrite> rewrites = new ArrayList<>();
        private final List<UnterminatedTail> dropped = new ArrayList<>();
        private final List<SkippedFile> unplaced;
        private final List<OpenQuestion> doubts;

        Contents(LegacyTree tree, TreePlaces places) {
            this.tree = tree;
            this.unplaced = new ArrayList<>(places.unplaced());
            this.doubts = new ArrayList<>(places.doubts());
        }

        void read(Place place) {
            Optional<String> text = tree.text(place.file());
            if (text.isEmpty()) {
                refuse(
                        place,
                        List.of(
                                "its bytes are no valid UTF-8; the old runner read them by the charset of its platform"));
                return;
            }
            ImportedScript script = ScriptImport.of(place.file(), text.get());
            if (script.problems().isEmpty()) {
                add(place, script);
            } else {
                refuse(place, script.problems());
            }
        }

        private void add(Place place, ImportedScript script) {
            String head = "";
            if (!place.head().isEmpty()) {
                head = headOf(place, place.head(), "the old runner sent procedures first");
            }
            rewrites.addAll(script.rewrites());
            script.tail().ifPresent(dropped::add);
            imported.add(new ImportedFile(place.file(), place.name(), place.release(), head + script.text()));
        }

        private String headOf(Place place, String line, String reason) {
            rewrites.add(new Rewrite(place.file(), 1, "", line, reason));
            return line + "\n";
        }

        private void refuse(Place place, List<String> problems) {
            unplaced.add(new SkippedFile(place.file(), String.join("; ", problems)));
            problems.forEach(problem -> doubts.add(new OpenQuestion(
                    OpenQuestion.Kind.FILE,
                    place.file(),
                    List.of(),
                    place.file() + " cannot be taken as it is: " + problem + ".")));
        }
    }
}
