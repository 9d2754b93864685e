package org.apache.cloudstack.framework.dbupgrade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture;
import org.apache.cloudstack.framework.dbupgrade.release.GraphPicture.Release;

/**
 * One row of the drawn lanes.
 *
 * @param drawing stars, bars, slashes and underscores at their columns; a row with a star ends where text can start
 * @param star the release of the row's star; rows between two stars have none
 */
record GraphRow(String drawing, Optional<Release> star) {

    static List<GraphRow> of(GraphPicture picture) {
        Lanes lanes = new Lanes();
        List<GraphRow> rows = new ArrayList<>();
        for (Release release : picture.releases()) {
            List<String> drawn = lanes.draw(release.version(), release.follows());
            rows.add(new GraphRow(drawn.get(0), Optional.of(release)));
            drawn.stream().skip(1).forEach(each -> rows.add(new GraphRow(each, Optional.empty())));
        }
        return rows;
    }

    /** The character at a column, a blank beyond the drawing's ends. */
    char at(int column) {
        return column >= 0 && column < drawing.length() ? drawing.charAt(column) : ' ';
    }
}
