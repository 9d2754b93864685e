package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/**
 * The lines that run down beside each other while the releases are drawn from the newest to the oldest. A lane waits for one
 * release, and no two wait for the same. A release
 * <ol>
 *   <li>takes the lane that waits for it, or opens one on the right;
 *   <li>is connected with the lanes that already wait for a release it follows;
 *   <li>leaves its lane to the highest of the other releases it follows, and opens a lane beside it for each further one;
 *   <li>ends its lane when nothing is left to wait for, and the lanes on the right move up.
 * </ol>
 */
final class Lanes {

    private static final int LANE_WIDTH = 2;

    private final List<ReleaseVersion> awaited = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** The rows of the next release: first the one with its star, padded to where text can start, then those below. */
    List<String> draw(ReleaseVersion release, SortedSet<ReleaseVersion> follows) {
        rows.clear();
        if (!awaited.contains(release)) {
            awaited.add(release);
        }
        int lane = awaited.indexOf(release);
        int before = awaited.size();
        Row star = straight();
        star.put(LANE_WIDTH * lane, '*');
        leave(lane, follows);
        star.padTo(LANE_WIDTH * Math.max(before, awaited.size()));
        rows.add(0, star);
        return rows.stream().map(Row::toString).toList();
    }

    private void leave(int lane, SortedSet<ReleaseVersion> follows) {
        List<ReleaseVersion> known = new ArrayList<>();
        List<ReleaseVersion> fresh = new ArrayList<>();
        for (ReleaseVersion lower : new TreeSet<>(follows).descendingSet()) {
            (awaited.contains(lower) ? known : fresh).add(lower);
        }
        if (fresh.isEmpty() && known.isEmpty()) {
            end(lane);
        } else if (fresh.isEmpty()) {
            known.stream().skip(1).forEach(lower -> connect(lane, awaited.indexOf(lower)));
            merge(lane, awaited.indexOf(known.get(0)));
        } else {
            known.forEach(lower -> connect(lane, awaited.indexOf(lower)));
            awaited.set(lane, fresh.get(0));
            for (int further = fresh.size() - 1; further > 0; further--) {
                open(lane, fresh.get(further));
            }
        }
    }

    /** Opens a lane on the right of the given one; those further right move. */
    private void open(int lane, ReleaseVersion release) {
        Row row = bars(lane + 1);
        for (int each = lane; each < awaited.size(); each++) {
            row.put(LANE_WIDTH * each + 1, '\\');
        }
        rows.add(row);
        awaited.add(lane + 1, release);
    }

    /** Draws a line from one lane to another one; both go on. */
    private void connect(int from, int to) {
        boolean leftward = to < from;
        char slash = leftward ? '/' : '\\';
        Row upper = straight();
        upper.put(LANE_WIDTH * from + (leftward ? -1 : 1), slash);
        rows.add(upper);
        if (Math.abs(from - to) > 1) {
            cross(upper, from, to);
            Row lower = straight();
            lower.put(LANE_WIDTH * to + (leftward ? 1 : -1), slash);
            rows.add(lower);
        }
    }

    /** Two lanes that wait for the same go on as the left one of them; those on the right of the other move up. */
    private void merge(int one, int other) {
        int left = Math.min(one, other);
        int right = Math.max(one, other);
        awaited.set(left, awaited.get(other));
        Row upper = moveUp(right);
        upper.put(LANE_WIDTH * right - 1, '/');
        rows.add(upper);
        awaited.remove(right);
        if (right - left > 1) {
            cross(upper, right, left);
            Row lower = straight();
            lower.put(LANE_WIDTH * left + 1, '/');
            rows.add(lower);
        }
    }

    /** Ends a lane with the last release it has waited for. */
    private void end(int lane) {
        if (lane < awaited.size() - 1) {
            rows.add(moveUp(lane));
        }
        awaited.remove(lane);
    }

    /** Fills the gaps between the lanes that a line crosses, except those where its two ends are. */
    private static void cross(Row row, int from, int to) {
        for (int lane = Math.min(from, to) + 1; lane < Math.max(from, to) - 1; lane++) {
            row.put(LANE_WIDTH * lane + 1, '_');
        }
    }

    private Row moveUp(int gone) {
        Row row = bars(gone);
        for (int each = gone + 1; each < awaited.size(); each++) {
            row.put(LANE_WIDTH * each - 1, '/');
        }
        return row;
    }

    private Row straight() {
        return bars(awaited.size());
    }

    private static Row bars(int lanes) {
        Row row = new Row();
        for (int lane = 0; lane < lanes; lane++) {
            row.put(LANE_WIDTH * lane, '|');
        }
        return row;
    }

    /** Characters at their columns, blanks between them. */
    private static final class Row {

        private final StringBuilder text = new StringBuilder();

        void put(int column, char character) {
            padTo(column + 1);
            text.setCharAt(column, character);
        }

        void padTo(int width) {
            while (text.length() < width) {
                text.append(' ');
            }
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
