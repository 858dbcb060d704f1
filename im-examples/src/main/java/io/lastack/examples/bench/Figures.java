package io.lastack.examples.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The figures of one workload in the order in which they are printed, by their names. Names say the unit. */
final class Figures {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Figures put(String name, String value) {
        values.put(name, value);
        return this;
    }

    Figures put(String name, long value) {
        values.put(name, value);
        return this;
    }

    Figures put(String name, double value) {
        values.put(name, round(value));
        return this;
    }

    /** Names come before what was measured. */
    Figures putFirst(String name, Object value) {
        Map<String, Object> rest = new LinkedHashMap<>(values);
        values.clear();
        values.put(name, value);
        values.putAll(rest);
        return this;
    }

    /** A number; 0 if there is none of this name. */
    double get(String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    /** The usual percentiles of a histogram of microseconds, in milliseconds. */
    Figures putMillis(String name, Histogram micros) {
        if (micros.getTotalCount() > 0) {
            put(name + "P50Millis", micros.getValueAtPercentile(50) / 1e3);
            put(name + "P90Millis", micros.getValueAtPercentile(90) / 1e3);
            put(name + "P99Millis", micros.getValueAtPercentile(99) / 1e3);
            put(name + "P999Millis", micros.getValueAtPercentile(99.9) / 1e3);
            put(name + "MaxMillis", micros.getMaxValue() / 1e3);
        }
        return this;
    }

    /** Three digits are more than a run is worth; whole numbers stay whole. */
    private static double round(double value) {
        double unit = value >= 100 ? 1 : value >= 1 ? 100 : 10_000;
        return Math.round(value * unit) / unit;
    }

    /** A line for a person. */
    String toText() {
        return values.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "  %-34s %s", e.getKey(), plain(e.getValue())))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** For JSON. */
    Map<String, Object> toMap() {
        return Collections.unmodifiableMap(values);
    }

    private static String plain(Object value) {
        return value instanceof Double number && number == Math.rint(number)
                ? String.valueOf(number.longValue())
                : String.valueOf(value);
    }
}
