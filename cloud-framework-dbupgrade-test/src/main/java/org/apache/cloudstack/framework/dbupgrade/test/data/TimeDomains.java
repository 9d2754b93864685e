package org.apache.cloudstack.framework.dbupgrade.test.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The values of columns of dates and times, written as strings in UTC. */
final class TimeDomains {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private static final LocalDate FIRST_DAY = LocalDate.of(1000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final LocalDate BEGIN = LocalDate.of(2000, 1, 1);
    private static final long DAYS = LAST_DAY.toEpochDay() - FIRST_DAY.toEpochDay() + 1;
    private static final int DAYS_PER_YEAR = 365;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long LONGEST_TIME = 838 * 3600 + 59 * 60 + 59;
    private static final int FIRST_YEAR = 1901;
    private static final int YEARS = 255;

    private TimeDomains() {}

    static Domain date() {
        return Domain.of(
                DAYS,
                (number, random) -> LocalDate.ofEpochDay(
                                FIRST_DAY.toEpochDay() + (number + BEGIN.toEpochDay() - FIRST_DAY.toEpochDay()) % DAYS)
                        .toString(),
                random -> BEGIN.plusDays(random.nextInt(30 * DAYS_PER_YEAR)).toString(),
                List.of(FIRST_DAY.toString(), LAST_DAY.toString(), "2024-02-29", "1969-12-31"));
    }

    static Domain dateTime(Column column) {
        long first = FIRST_DAY.toEpochDay() * SECONDS_PER_DAY;
        long size = DAYS * SECONDS_PER_DAY;
        long begin = BEGIN.toEpochDay() * SECONDS_PER_DAY;
        return Domain.of(
                size,
                (number, random) -> text(first + (number + begin - first) % size),
                random -> usual(column, begin, random),
                List.of("1000-01-01 00:00:00", "9999-12-31 23:59:59", "2024-02-29 23:59:59", "1969-12-31 23:59:59"));
    }

    static Domain timestamp(Column column) {
        long size = Integer.MAX_VALUE;
        long begin = BEGIN.toEpochDay() * SECONDS_PER_DAY;
        return Domain.of(
                size,
                (number, random) -> text(1 + (number + begin) % size),
                random -> usual(column, begin, random),
                List.of("1970-01-01 00:00:01", "2038-01-19 03:14:07", "2024-03-31 02:30:00"));
    }

    private static String usual(Column column, long begin, SplittableRandom random) {
        String text = text(begin + random.nextLong(30L * DAYS_PER_YEAR * SECONDS_PER_DAY));
        return column.fraction() == 0 ? text : text + "." + (1 + random.nextInt(9)) + "0".repeat(column.fraction() - 1);
    }

    private static String text(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).format(SECONDS);
    }

    static Domain time() {
        long size = 2 * LONGEST_TIME + 1;
        return Domain.of(
                size,
                (number, random) -> time(number <= LONGEST_TIME ? number : LONGEST_TIME - number),
                random -> time(random.nextLong(SECONDS_PER_DAY)),
                List.of("00:00:00", "838:59:59", "-838:59:59"));
    }

    private static String time(long seconds) {
        long all = Math.abs(seconds);
        return (seconds < 0 ? "-" : "") + "%02d:%02d:%02d".formatted(all / 3600, all / 60 % 60, all % 60);
    }

    static Domain year() {
        return Domain.of(
                YEARS,
                (number, random) -> FIRST_YEAR + (number + 99) % YEARS,
                random -> 2000L + random.nextInt(30),
                List.of(1901L, 2155L, 0L));
    }

    static Domain between(LocalDate first, LocalDate last) {
        long days = last.toEpochDay() - first.toEpochDay() + 1;
        return Domain.of(
                days,
                (number, random) -> first.plusDays(number).toString(),
                random -> first.plusDays(random.nextLong(days)).toString(),
                List.of());
    }

    static Domain between(LocalDateTime first, LocalDateTime last) {
        long from = first.toEpochSecond(ZoneOffset.UTC);
        long seconds = last.toEpochSecond(ZoneOffset.UTC) - from + 1;
        return Domain.of(
                seconds,
                (number, random) -> text(from + number),
                random -> text(from + random.nextLong(seconds)),
                List.of());
    }

    /** A moment as servers read it. */
    @SuppressWarnings("JavaLocalDateTimeGetNano") // the fraction of the second is what is asked for
    static String text(LocalDateTime moment) {
        return moment.format(moment.getNano() == 0 ? SECONDS : MICROS);
    }
}
