package dev.gserver.tools.exercise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** In which order classes are written: what a class needs comes before it. */
final class Order {
    private final Map<String, Set<String>> reach; // all that each needs, and what that needs, and so on
    private final List<Piece> left;

    private Order(List<Piece> tasks) {
        this.left = new ArrayList<>(tasks);
        this.left.sort(Comparator.comparing(Piece::isNew).thenComparing(Piece::name));
        this.reach = reach(tasks);
    }

    /** In groups: those that need one another stand together. */
    static List<List<Piece>> of(List<Piece> tasks) {
        Order order = new Order(tasks);
        List<List<Piece>> groups = new ArrayList<>();
        while (!order.left.isEmpty()) {
            List<Piece> group = order.nextGroup();
            order.left.removeAll(group);
            groups.add(sorted(group));
        }
        return groups;
    }

    private static Map<String, Set<String>> reach(List<Piece> tasks) {
        Map<String, Set<String>> reach = new HashMap<>();
        Set<String> names = names(tasks);
        for (Piece piece : tasks) {
            Set<String> uses = new HashSet<>(piece.uses());
            uses.retainAll(names);
            uses.remove(piece.name());
            reach.put(piece.name(), uses);
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Set<String> uses : reach.values()) {
                for (String use : List.copyOf(uses)) {
                    grows |= uses.addAll(reach.get(use));
                }
            }
        }
        return reach;
    }

    private static Set<String> names(List<Piece> pieces) {
        return pieces.stream().map(Piece::name).collect(Collectors.toSet());
    }

    /** The first that needs nothing of what is left but what needs it in turn, and with it all of those. */
    private List<Piece> nextGroup() {
        Set<String> names = names(left);
        Piece first = left.stream()
                .filter(piece -> reach.get(piece.name()).stream()
                        .filter(names::contains)
                        .allMatch(other -> reach.get(other).contains(piece.name())))
                .findFirst()
                .orElseThrow();
        return left.stream()
                .filter(piece -> piece == first || reach.get(first.name()).contains(piece.name()))
                .toList();
    }

    /** In a group each needs the others; whoever needs the fewest goes first. */
    private static List<Piece> sorted(List<Piece> group) {
        List<Piece> open = new ArrayList<>(group);
        List<Piece> result = new ArrayList<>();
        while (!open.isEmpty()) {
            Piece next = open.stream()
                    .min(Comparator.comparingLong(piece -> open.stream()
                            .filter(other -> other != piece && piece.uses().contains(other.name()))
                            .count()))
                    .orElseThrow();
            open.remove(next);
            result.add(next);
        }
        return result;
    }
}
