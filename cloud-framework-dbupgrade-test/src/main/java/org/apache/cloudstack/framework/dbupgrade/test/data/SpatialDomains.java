package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The values of spatial columns, as strings that the server turns into shapes. */
final class SpatialDomains {

    private static final long SIDE = 16_000;

    private SpatialDomains() {}

    /** Empty when the column holds no shapes. */
    static Optional<Domain> of(Column column) {
        String shape =
                switch (column.type()) {
                    case "point", "geometry" -> "POINT(%s)";
                    case "linestring" -> "LINESTRING(%s,1 1)";
                    case "polygon" -> "POLYGON((%s,85 85,85 86,%1$s))";
                    case "multipoint" -> "MULTIPOINT(%s,1 1)";
                    case "multilinestring" -> "MULTILINESTRING((%s,1 1),(2 2,3 3))";
                    case "multipolygon" -> "MULTIPOLYGON(((%s,85 85,85 86,%1$s)))";
                    case "geometrycollection", "geomcollection" -> "GEOMETRYCOLLECTION(POINT(%s),LINESTRING(1 1,2 2))";
                    default -> "";
                };
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        String function = column.srid() == null ? "ST_GeomFromText(?)" : "ST_GeomFromText(?, " + column.srid() + ")";
        return Optional.of(Domain.of(
                        SIDE * SIDE,
                        (number, random) -> shape(shape, number),
                        (SplittableRandom random) -> shape(shape, random.nextLong(SIDE * SIDE)),
                        List.of(shape(shape, 0)))
                .in(function));
    }

    /** Within 80 degrees either way, so that it fits every reference system. */
    private static String shape(String shape, long number) {
        String place = (number / SIDE - SIDE / 2) / 100.0 + " " + (number % SIDE - SIDE / 2) / 100.0;
        return shape.replace("%s", place).replace("%1$s", place);
    }
}
