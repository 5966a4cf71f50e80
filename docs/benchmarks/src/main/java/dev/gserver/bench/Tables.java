package dev.gserver.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the report's tables are made with. */
final class Tables {
    private Tables() {}

    /** A Markdown table; the first row is its head. */
    static String markdown(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---")
                        .append("|---:".repeat(rows.get(i).size() - 1))
                        .append("|\n");
            }
        }
        return text.toString();
    }

    /** The different values of a column, in the order in which they come. */
    static Set<String> distinct(List<Map<String, String>> rows, String column) {
        Set<String> values = new LinkedHashSet<>();
        rows.forEach(row -> values.add(row.get(column)));
        return values;
    }

    /** The numbers of a column in the rows that have these values: name, value, name, value ... */
    static double[] numbers(List<Map<String, String>> rows, String column, String... where) {
        return rows.stream()
                .filter(row -> matches(row, where))
                .mapToDouble(row -> Double.parseDouble(row.get(column)))
                .toArray();
    }

    private static boolean matches(Map<String, String> row, String... where) {
        for (int i = 0; i < where.length; i += 2) {
            if (!where[i + 1].equals(row.get(where[i]))) {
                return false;
            }
        }
        return true;
    }

    static double median(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of the ratios of numbers of the same round. */
    static double ratio(double[] ours, double[] theirs) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ours.length; i++) {
            ratios[i] = ours[i] / theirs[i];
        }
        return median(ratios);
    }

    /** Three digits that mean something, thousands apart. */
    static String number(double value) {
        if (value >= 1_000) {
            double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
            return String.format(Locale.ROOT, "%,d", (long) (Math.round(value / unit) * unit));
        }
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    static String range(double... numbers) {
        double least = Arrays.stream(numbers).min().orElseThrow();
        double most = Arrays.stream(numbers).max().orElseThrow();
        return number(median(numbers)) + " (" + number(least) + " to " + number(most) + ")";
    }

    static List<String> row(String first, Collection<String> others) {
        List<String> row = new ArrayList<>(List.of(first));
        row.addAll(others);
        return row;
    }
}
