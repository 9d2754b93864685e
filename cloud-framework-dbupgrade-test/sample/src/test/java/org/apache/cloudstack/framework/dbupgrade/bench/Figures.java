package org.apache.cloudstack.framework.dbupgrade.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was measured: the shortest time for applying, which takes long, and the median of the starts. */
final class Figures {

    private record Figure(Entrant entrant, Measure measure, int migrations, Duration time) {}

    private final List<Figure> figures = new ArrayList<>();

    void add(Entrant entrant, Measure measure, int migrations, Duration time) {
        figures.add(new Figure(entrant, measure, migrations, time));
    }

    /** Takes over the starts that others measured, without what was applied before them. */
    void addStartsOf(Figures others) {
        others.figures.stream()
                .filter(figure -> figure.measure() == Measure.START)
                .forEach(figures::add);
    }

    /** The contenders, in the order of their first turn. */
    List<Entrant> entrants() {
        return figures.stream().map(Figure::entrant).distinct().toList();
    }

    /** The numbers of migrations that something was measured for. */
    List<Integer> sizes(Measure measure) {
        return figures.stream()
                .filter(figure -> figure.measure() == measure)
                .map(Figure::migrations)
                .distinct()
                .sorted()
                .toList();
    }

    /** The time that counts; empty when it was not measured. */
    Optional<Duration> time(Entrant entrant, Measure measure, int migrations) {
        List<Duration> sorted = times(entrant, measure, migrations).sorted().toList();
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get(measure == Measure.APPLY ? 0 : sorted.size() / 2));
    }

    /** The time that counts as a multiple of the yardstick's; empty when one of them was not measured. */
    Optional<Double> ratio(Entrant entrant, Measure measure, int migrations) {
        Entrant yardstick = measure == Measure.APPLY ? Entrant.JDBC_LOOP : Entrant.ONE_ROW;
        return time(entrant, measure, migrations).flatMap(time -> time(yardstick, measure, migrations)
                .map(unit -> (double) time.toNanos() / unit.toNanos()));
    }

    private Stream<Duration> times(Entrant entrant, Measure measure, int migrations) {
        return figures.stream()
                .filter(figure -> figure.entrant().equals(entrant)
                        && figure.measure() == measure
                        && figure.migrations() == migrations)
                .map(Figure::time);
    }
}
