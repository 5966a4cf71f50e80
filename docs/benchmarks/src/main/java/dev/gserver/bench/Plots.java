package dev.gserver.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the results as SVG files, on white, so that they can be read on a light and on a dark page. */
final class Plots {
    /** Latencies of one server under one load, in microseconds. */
    record Latency(double p50, double p99, double p999) {}

    private enum Look { // colours that the colour-blind tell apart (Okabe and Ito), and a marker for each
        BLUE(0x0072B2, SeriesMarkers.CIRCLE),
        VERMILION(0xD55E00, SeriesMarkers.SQUARE),
        GREEN(0x009E73, SeriesMarkers.TRIANGLE_UP),
        ORANGE(0xE69F00, SeriesMarkers.DIAMOND),
        PURPLE(0xCC79A7, SeriesMarkers.TRIANGLE_DOWN),
        SKY(0x56B4E9, SeriesMarkers.CIRCLE),
        BLACK(0x000000, SeriesMarkers.CROSS),
        GREY(0x999999, SeriesMarkers.SQUARE);

        private final Color color;
        private final Marker marker;

        Look(int rgb, Marker marker) {
            this.color = new Color(rgb);
            this.marker = marker;
        }
    }

    /** Whose name has {@code part} in it, in whatever case, has this look in every picture. */
    private record Rule(String part, Look look) {}

    private static final List<Rule> RULES = List.of( // the first that fits counts
            new Rule("stage", Look.BLUE),
            new Rule("gserver", Look.BLUE),
            new Rule("timerqueue", Look.BLUE),
            new Rule("executor", Look.ORANGE),
            new Rule("native", Look.SKY),
            new Rule("netty", Look.VERMILION),
            new Rule("hashedwheel", Look.VERMILION),
            new Rule("one java thread", Look.BLACK),
            new Rule("thread", Look.GREEN),
            new Rule("priorityqueue", Look.GREEN));

    private static final int WIDTH = 1240;
    private static final int HEIGHT = 460;
    private static final Color TEXT = new Color(0x24292F);
    private static final Color GRID = new Color(0xE4E7EB);
    private static final Color AXIS = new Color(0x8C959F);
    private static final double BAR_GROUP_WIDTH = 0.8;

    private Plots() {}

    /**
     * Bars in groups: {@code values} has for each series (a server) a value for each group (a load), all above 0; a bar
     * whose value is missing is left out.
     */
    static void bars(
            Path file, String title, String yLabel, boolean logarithmic, Map<String, Map<String, Double>> values)
            throws IOException {
        List<String> groups = values.values().stream()
                .flatMap(series -> series.keySet().stream())
                .distinct()
                .toList();
        Map<String, Look> looks = looks(values.keySet());
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(yLabel)
                .build();
        CategoryStyler styler = chart.getStyler();
        style(styler);
        styler.setAvailableSpaceFill(BAR_GROUP_WIDTH).setPlotContentSize(0.99);
        styler.setAxisTicksMarksVisible(false).setYAxisLogarithmic(logarithmic);
        scale(styler, values, logarithmic);
        values.forEach((name, series) -> {
            List<Double> heights = groups.stream().map(series::get).toList();
            chart.addSeries(name, groups, heights).setFillColor(looks.get(name).color);
        });
        chart.addAnnotation(ValueLabels.onBars(groups, values.values(), BAR_GROUP_WIDTH));
        write(file, chart);
    }

    private static void scale(CategoryStyler styler, Map<String, Map<String, Double>> values, boolean logarithmic) {
        double highest = extreme(values.values(), Comparator.naturalOrder());
        if (logarithmic) {
            double lowest = extreme(values.values(), Comparator.reverseOrder());
            styler.setYAxisMin(decade(Math.floor(Math.log10(lowest * 0.8))));
            styler.setYAxisMax(highest * 3);
        } else {
            styler.setYAxisMin(0.0);
            styler.setYAxisMax(highest * 1.12);
        }
    }

    private static double extreme(Collection<? extends Map<?, Double>> values, Comparator<Double> order) {
        return values.stream()
                .flatMap(series -> series.values().stream())
                .max(order)
                .orElseThrow();
    }

    private static double decade(double exponent) {
        return Math.pow(10, exponent);
    }

    /** Percentiles of the latency by server, for one load. */
    static void latencies(Path file, String title, Map<String, Latency> servers) throws IOException {
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        servers.forEach((name, latency) -> {
            Map<String, Double> percentiles = new LinkedHashMap<>();
            percentiles.put("p50", latency.p50);
            percentiles.put("p99", latency.p99);
            percentiles.put("p99.9", latency.p999);
            values.put(name, percentiles);
        });
        bars(file, title, "microseconds, logarithmic", true, values);
    }

    /** Lines with both axes logarithmic: {@code series} has for each name its points, by x. All are above 0. */
    static void lines(
            Path file, String title, String xLabel, String yLabel, Map<String, SortedMap<Integer, Double>> series)
            throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xLabel)
                .yAxisTitle(yLabel)
                .build();
        style(chart.getStyler());
        chart.getStyler().setMarkerSize(9).setPlotContentSize(0.88);
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        double lowest = extreme(series.values(), Comparator.reverseOrder());
        double highest = extreme(series.values(), Comparator.naturalOrder());
        chart.getStyler().setYAxisMin(decade(Math.floor(Math.log10(lowest))));
        chart.getStyler().setYAxisMax(decade(Math.ceil(Math.log10(highest))));
        Map<String, Look> looks = looks(series.keySet());
        series.forEach((name, points) -> {
            Look look = looks.get(name);
            XYSeries line = chart.addSeries(name, new ArrayList<>(points.keySet()), new ArrayList<>(points.values()));
            line.setMarker(look.marker).setMarkerColor(look.color);
            line.setLineColor(look.color)
                    .setLineStyle(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        });
        chart.addAnnotation(ValueLabels.onLines(series.values()));
        write(file, chart);
    }

    private static void style(AxesChartStyler styler) {
        styler.setLocale(Locale.ROOT).setDecimalPattern("#,##0.###");
        styler.setChartBackgroundColor(Color.WHITE).setChartFontColor(TEXT).setChartPadding(14);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16)).setChartTitleBoxVisible(false);
        styler.setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLegendPadding(14)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setAxisTickLabelsColor(TEXT)
                .setAxisTickMarksColor(AXIS)
                .setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1));
    }

    /** A look for each name: that of its rule, or one that no other has. */
    private static Map<String, Look> looks(Set<String> names) {
        if (names.size() > Look.values().length) {
            throw new IllegalArgumentException(names.size() + " series: expected at most " + Look.values().length);
        }
        Map<String, Look> looks = new LinkedHashMap<>();
        List<Look> left = new ArrayList<>(List.of(Look.values()));
        for (String name : names) {
            RULES.stream()
                    .filter(rule -> name.toLowerCase(Locale.ROOT).contains(rule.part))
                    .findFirst()
                    .filter(rule -> left.remove(rule.look))
                    .ifPresent(rule -> looks.put(name, rule.look));
        }
        for (String name : names) {
            if (!looks.containsKey(name)) {
                looks.put(name, left.remove(0));
            }
        }
        return looks;
    }

    private static void write(Path file, Chart<?, ?> chart) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
        String title = chart.getTitle().replace("&", "&amp;").replace("<", "&lt;");
        String svg = bytes.toString(StandardCharsets.UTF_8)
                .replaceAll("(\\d\\.\\d\\d)\\d+", "$1") // hundredths of a pixel are fine enough
                .replaceFirst(
                        "(<svg [^>]*)>", "$1 role=\"img\">\n  <title>" + Matcher.quoteReplacement(title) + "</title>");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg);
    }
}
