package org.apache.cloudstack.framework.dbupgrade.test.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * A way that databases take: a fresh install of the first release, then an upgrade to each of the others in turn;
 * {@code 4.5.2 -> 4.6.0 -> 4.7.0} has three.
 *
 * @param releases the releases, in ascending order; at least one
 * @param withData whether rows of a database in use are put in after the fresh install
 */
public record UpgradePath(List<ReleaseVersion> releases, boolean withData) {

    public UpgradePath {
        releases = List.copyOf(releases);
        if (releases.isEmpty()) {
            throw new IllegalArgumentException("A way has a release");
        }
    }

    /** The way of an empty database. */
    static UpgradePath of(ReleaseVersion... releases) {
        return new UpgradePath(List.of(releases), false);
    }

    UpgradePath filled() {
        return new UpgradePath(releases, true);
    }

    UpgradePath to(ReleaseVersion release) {
        List<ReleaseVersion> more = new ArrayList<>(releases);
        more.add(release);
        return new UpgradePath(more, withData);
    }

    /** The release it starts with. */
    public ReleaseVersion first() {
        return releases.get(0);
    }

    /** The release it ends at. */
    public ReleaseVersion last() {
        return releases.get(releases.size() - 1);
    }

    /** Whether it is a fresh install and nothing else. */
    public boolean isFresh() {
        return releases.size() == 1 && !withData;
    }

    /** The same without its last step. A fresh install has none. */
    UpgradePath before() {
        return releases.size() > 1
                ? new UpgradePath(releases.subList(0, releases.size() - 1), withData)
                : new UpgradePath(releases, false);
    }

    /** The shortest way to the same end from the same rows, which the others are compared with. */
    UpgradePath reference() {
        if (!withData) {
            return of(last());
        }
        return releases.size() < 3 ? this : of(first(), last()).filled();
    }

    boolean isReference() {
        return equals(reference());
    }

    boolean beginsWith(UpgradePath other) {
        return other.withData == withData
                && other.releases.size() <= releases.size()
                && releases.subList(0, other.releases.size()).equals(other.releases);
    }

    /** {@code fresh 4.7.0}, {@code 4.5.2 -> 4.5.3 -> 4.7.0}, {@code 4.0.0 with data -> 4.7.0}. */
    @Override
    public String toString() {
        String rest = releases.stream().skip(1).map(release -> " -> " + release).collect(Collectors.joining());
        return (releases.size() == 1 ? "fresh " : "") + first() + (withData ? " with data" : "") + rest;
    }
}
