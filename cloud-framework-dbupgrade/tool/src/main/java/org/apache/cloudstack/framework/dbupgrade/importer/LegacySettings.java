package org.apache.cloudstack.framework.dbupgrade.importer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * What the caller knows of a legacy tree.
 *
 * @param versions the releases that really exist, to read digits such as {@code 41100} by; empty when nobody knows
 * @param answers digits whose version was asked for
 * @param base the scripts that install the first release; without them the lowest release of the tree is the first
 * @param follows what the names of the files do not show: the lower releases that a release follows in addition
 * @param scripts the scripts of a release in their order, where the names do not show
 */
public record LegacySettings(
        List<ReleaseVersion> versions,
        Map<String, ReleaseVersion> answers,
        Optional<BaseScripts> base,
        Map<ReleaseVersion, Set<ReleaseVersion>> follows,
        Map<ReleaseVersion, List<String>> scripts) {

    public LegacySettings {
        versions = List.copyOf(versions);
        answers = Map.copyOf(answers);
        follows = Map.copyOf(follows);
        scripts = Map.copyOf(scripts);
        follows.forEach((release, lower) -> lower.forEach(each -> checkLower(release, each)));
        if (base.isPresent() && scripts.containsKey(base.get().release())) {
            throw new IllegalArgumentException(
                    "The scripts of release " + base.get().release() + " are named twice");
        }
    }

    /** Nothing but what the names of the files say. */
    public static LegacySettings none() {
        return new LegacySettings(List.of(), Map.of(), Optional.empty(), Map.of(), Map.of());
    }

    public LegacySettings withVersions(Collection<ReleaseVersion> real) {
        return new LegacySettings(new ArrayList<>(real), answers, base, follows, scripts);
    }

    public LegacySettings withAnswer(String digits, ReleaseVersion version) {
        return new LegacySettings(versions, with(answers, digits, version), base, follows, scripts);
    }

    public LegacySettings withBase(BaseScripts scriptsOfFirst) {
        return new LegacySettings(versions, answers, Optional.of(scriptsOfFirst), follows, scripts);
    }

    public LegacySettings withFollows(ReleaseVersion release, Collection<ReleaseVersion> lower) {
        return new LegacySettings(versions, answers, base, with(follows, release, Set.copyOf(lower)), scripts);
    }

    public LegacySettings withScripts(ReleaseVersion release, List<String> files) {
        return new LegacySettings(versions, answers, base, follows, with(scripts, release, List.copyOf(files)));
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    private static void checkLower(ReleaseVersion release, ReleaseVersion lower) {
        if (!release.isAfter(lower)) {
            throw new IllegalArgumentException(
                    "Release " + release + " cannot follow " + lower + ", which is not lower");
        }
    }
}
