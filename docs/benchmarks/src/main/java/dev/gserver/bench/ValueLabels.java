package dev.gserver.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.knowm.xchart.internal.chartpart.Annotation;

/** Writes values into a plot: above bars, and at the end of lines, which XChart does not do by itself. */
abstract class ValueLabels extends Annotation {
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private ValueLabels() {
        super(false);
    }

    /** Above each bar: {@code values} has, for each series, a value or null for each of {@code groups}. */
    static ValueLabels onBars(List<String> groups, Collection<Map<String, Double>> values, double groupWidth) {
        return new OnBars(groups, List.copyOf(values), groupWidth);
    }

    /** At the last point of each line. */
    static ValueLabels onLines(Collection<? extends SortedMap<Integer, Double>> lines) {
        return new OnLines(lines);
    }

    /** {@code value} with three or four significant digits, such as 0.123, 12.3, 1,234, 45.6k or 1.23M. */
    static String compact(double value) {
        if (value >= 999_500) {
            return digits(value / 1e6) + "M";
        }
        return value >= 9_995 ? digits(value / 1e3) + "k" : digits(value);
    }

    private static String digits(double value) {
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static Rectangle2D size(String text) {
        return layout(text).getBounds();
    }

    private static TextLayout layout(String text) {
        return new TextLayout(text, FONT, CONTEXT);
    }

    private static void draw(Graphics2D graphics, String text, AffineTransform where, Color color) {
        Shape shape = layout(text).getOutline(where);
        graphics.setColor(color);
        graphics.fill(shape);
    }

    private static final class OnBars extends ValueLabels {
        private static final int GAP = 4;

        private final List<String> groups;
        private final List<Map<String, Double>> values;
        private final double groupWidth;

        private OnBars(List<String> groups, List<Map<String, Double>> values, double groupWidth) {
            this.groups = groups;
            this.values = values;
            this.groupWidth = groupWidth;
        }

        @Override
        public void paint(Graphics2D graphics) {
            double left = getXAxisScreenValueForMin();
            double step = (getXAxisScreenValueForMax() - left) / groups.size();
            double bar = step * groupWidth / values.size();
            boolean upright = widest() > bar;
            for (int group = 0; group < groups.size(); group++) {
                double x = left + step * (group + (1 - groupWidth) / 2) + bar / 2;
                for (Map<String, Double> series : values) {
                    Double value = series.get(groups.get(group));
                    if (value != null) {
                        label(graphics, value, x, upright);
                    }
                    x += bar;
                }
            }
        }

        private double widest() {
            return values.stream()
                    .flatMap(series -> series.values().stream())
                    .mapToDouble(value -> size(compact(value)).getWidth())
                    .max()
                    .orElse(0);
        }

        private void label(Graphics2D graphics, double value, double x, boolean upright) {
            String text = compact(value);
            Rectangle2D size = size(text);
            double y = chart.getScreenYFromChart(value) - GAP;
            AffineTransform where = upright
                    ? AffineTransform.getTranslateInstance(x + size.getHeight() / 2, y)
                    : AffineTransform.getTranslateInstance(x - size.getCenterX(), y);
            if (upright) {
                where.rotate(-Math.PI / 2);
            }
            draw(graphics, text, where, styler.getChartFontColor());
        }
    }

    private static final class OnLines extends ValueLabels {
        private static final int GAP = 10;
        private static final int LEAST_DISTANCE = 14;

        private final List<SortedMap<Integer, Double>> highestFirst;

        private OnLines(Collection<? extends SortedMap<Integer, Double>> lines) {
            highestFirst = new ArrayList<>(lines);
            highestFirst.sort(Comparator.comparing(ValueLabels::last).reversed());
        }

        @Override
        public void paint(Graphics2D graphics) {
            double lowest = Double.NEGATIVE_INFINITY;
            for (SortedMap<Integer, Double> line : highestFirst) {
                String text = compact(last(line));
                double y = Math.max(chart.getScreenYFromChart(last(line)), lowest + LEAST_DISTANCE);
                double x = chart.getScreenXFromChart(line.lastKey()) + GAP;
                AffineTransform where =
                        AffineTransform.getTranslateInstance(x, y - size(text).getCenterY());
                draw(graphics, text, where, styler.getChartFontColor());
                lowest = y;
            }
        }
    }

    private static Double last(SortedMap<Integer, Double> line) {
        return line.get(line.lastKey());
    }
}
