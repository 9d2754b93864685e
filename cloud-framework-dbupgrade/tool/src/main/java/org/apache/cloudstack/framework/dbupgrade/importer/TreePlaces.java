package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** Which file of a tree becomes which migration, by the names of the files and what the caller says. */
final class TreePlaces {

    /** The old upgrades ran Java code between a script and its cleanup, so a sequence between them is left free. */
    private static final int CLEANUP = 2;

    private static final Pattern REPEATABLE = Pattern.compile("(?<kind>views|procedures)/(?<name>[^/]+)\\.sql");
    private static final Pattern REPEATABLE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    private final LegacyTree tree;
    private final LegacySettings settings;
    private final LegacyVersions versions;
    private final SortedMap<String, Place> places = new TreeMap<>();
    private final SortedMap<String, String> unplaced = new TreeMap<>();
    private final SortedMap<String, OpenQuestion> doubtfulDigits = new TreeMap<>();
    private final List<OpenQuestion> doubts = new ArrayList<>();
    private final NavigableMap<ReleaseVersion, List<Step>> steps = new TreeMap<>();
    private final LegacyGraph graph;

    /** A file whose name shows two releases. */
    private record Step(LegacyName name, ReleaseVersion from, ReleaseVersion to) {

        String file() {
            return name.file();
        }
    }

    private TreePlaces(LegacyTree tree, LegacySettings settings) {
        this.tree = tree;
        this.settings = settings;
        this.versions = new LegacyVersions(settings);
        this.graph = new LegacyGraph(settings);
    }

    static TreePlaces of(LegacyTree tree, LegacySettings settings) {
        TreePlaces places = new TreePlaces(tree, settings);
        settings.base().ifPresent(base -> places.name(base.release(), base.files()));
        new TreeMap<>(settings.scripts()).forEach(places::name);
        tree.files().stream().filter(file -> !places.places.containsKey(file)).forEach(places::read);
        places.steps.forEach(places::place);
        places.doubts.addAll(0, places.doubtfulDigits.values());
        if (places.doubtfulDigits.isEmpty()) {
            places.doubts.addAll(places.graph.gaps());
        }
        return places;
    }

    /** Scripts in the order of their releases, then repeatables. */
    List<Place> places() {
        return places.values().stream().sorted().toList();
    }

    List<SkippedFile> unplaced() {
        return unplaced.entrySet().stream()
                .map(each -> new SkippedFile(each.getKey(), each.getValue()))
                .toList();
    }

    List<OpenQuestion> doubts() {
        return doubts;
    }

    LegacyGraph graph() {
        return graph;
    }

    /** Takes files in the order that the caller says. */
    private void name(ReleaseVersion release, List<String> files) {
        graph.add(release);
        for (String file : files) {
            if (!tree.has(file)) {
                doubts.add(new OpenQuestion(
                        OpenQuestion.Kind.FILE, file, List.of(), "The tree has no file " + file + "."));
            } else if (places.containsKey(file)) {
                doubts.add(new OpenQuestion(OpenQuestion.Kind.FILE, file, List.of(), file + " is named twice."));
            } else {
                places.put(file, Place.of(file, release, files.indexOf(file), description(release, file)));
            }
        }
    }

    private String description(ReleaseVersion release, String file) {
        Optional<LegacyName> name = LegacyName.of(file);
        name.filter(known -> !graph.isBase(release))
                .flatMap(known -> version(known.from()))
                .filter(from -> release.isAfter(from) && !graph.isBefore(from))
                .ifPresent(from -> graph.add(release, from));
        String last = file.substring(file.lastIndexOf('/') + 1);
        return name.map(LegacyName::description).orElse(last.replaceFirst("\\.sql$", ""));
    }

    private void read(String file) {
        Matcher repeatable = REPEATABLE.matcher(file);
        Optional<LegacyName> name = LegacyName.of(file);
        if (repeatable.matches()) {
            boolean isProcedure = repeatable.group("kind").equals("procedures");
            addRepeatable(Place.repeatable(file, isProcedure), repeatable.group("name"));
        } else if (name.isEmpty()) {
            unplaced.put(
                    file,
                    file.endsWith(".sql")
                            ? "its name shows no release, it is in neither views nor procedures, and nobody named it"
                            : "it is no script");
        } else {
            step(name.get())
                    .ifPresentOrElse(
                            step -> steps.computeIfAbsent(step.to(), release -> new ArrayList<>())
                                    .add(step),
                            () -> unplaced.put(file, "its version is doubtful"));
        }
    }

    private void addRepeatable(Place place, String name) {
        boolean isTaken =
                places.values().stream().anyMatch(other -> other.name().equalsIgnoreCase(place.name()));
        if (isTaken) {
            refuse(place.file(), "another file becomes " + place.name() + " too");
        } else if (!REPEATABLE_NAME.matcher(name).matches()) {
            refuse(place.file(), "a repeatable's name is made of letters, digits, _, . and -");
        } else {
            places.put(place.file(), place);
        }
    }

    private void refuse(String file, String reason) {
        unplaced.put(file, reason);
        doubts.add(
                new OpenQuestion(OpenQuestion.Kind.FILE, file, List.of(), file + " cannot be placed: " + reason + "."));
    }

    private Optional<Step> step(LegacyName name) {
        Optional<ReleaseVersion> from = version(name.from());
        Optional<ReleaseVersion> to = version(name.to());
        return from.flatMap(lower -> to.map(higher -> new Step(name, lower, higher)));
    }

    private Optional<ReleaseVersion> version(String digits) {
        Optional<ReleaseVersion> version = versions.read(digits);
        if (version.isEmpty()) {
            doubtfulDigits.put(digits, versions.doubt(digits));
        }
        return version;
    }

    /** Places the files of one release, which the caller did not name. */
    private void place(ReleaseVersion release, List<Step> all) {
        if (graph.isBefore(release) || graph.isBase(release)) {
            String reason = graph.isBase(release)
                    ? "the base scripts install release " + release
                    : "release " + release + " is before the base";
            all.forEach(step -> unplaced.put(step.file(), reason));
        } else if (settings.scripts().containsKey(release)) {
            all.forEach(
                    step -> unplaced.put(step.file(), "the scripts of release " + release + " were named without it"));
        } else {
            placeBehindBase(release, all);
        }
    }

    private void placeBehindBase(ReleaseVersion release, List<Step> all) {
        graph.add(release);
        List<Step> open = new ArrayList<>();
        for (Step step : all) {
            if (graph.isBefore(step.from())) {
                unplaced.put(step.file(), "it leads from release " + step.from() + ", which is before the base");
            } else {
                open.add(step);
            }
        }
        open.stream().map(Step::from).filter(release::isAfter).forEach(from -> graph.add(release, from));
        if (!isPlain(release, open)) {
            ask(release, open);
            return;
        }
        for (Step step : open) {
            int index = step.name().isCleanup() ? CLEANUP : 0;
            places.put(
                    step.file(),
                    Place.of(step.file(), release, index, step.name().description()));
        }
    }

    /** Whether all lead from one lower release, and are one script and its cleanup at most. */
    private static boolean isPlain(ReleaseVersion release, List<Step> all) {
        Set<String> parts = new HashSet<>();
        return all.stream()
                .allMatch(step -> step.name().hasPlace()
                        && release.isAfter(step.from())
                        && step.from().equals(all.get(0).from())
                        && parts.add(step.name().part()));
    }

    private void ask(ReleaseVersion release, List<Step> all) {
        List<String> files = all.stream().map(Step::file).toList();
        files.forEach(file -> unplaced.put(file, "it is doubtful how release " + release + " is made"));
        doubts.add(new OpenQuestion(
                OpenQuestion.Kind.SCRIPTS,
                release.toString(),
                files,
                "The names do not show which scripts make release " + release + ", and in what order."));
    }
}
