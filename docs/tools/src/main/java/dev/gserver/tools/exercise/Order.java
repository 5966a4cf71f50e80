package dev.gserver.tools.exercise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which order classes are written: what a class needs comes before it. */
final class Order {
    private Order() {}

    /** In groups: those that need one another stand together. Who needs more than another class needs it after it. */
    static List<List<Piece>> of(List<Piece> tasks) {
        Map<String, Set<String>> reach = reach(tasks);
        List<Piece> sorted = new ArrayList<>(tasks);
        sorted.sort(Comparator.<Piece>comparingInt(
                        piece -> reach.get(piece.name()).size())
                .thenComparing(Piece::isNew)
                .thenComparing(piece ->
                        reach.get(piece.name()).stream().sorted().toList().toString())
                .thenComparing(Piece::name));
        List<List<Piece>> groups = new ArrayList<>();
        for (Piece piece : sorted) {
            Piece last =
                    groups.isEmpty() ? piece : groups.get(groups.size() - 1).get(0);
            if (last == piece || !reach.get(last.name()).contains(piece.name())) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(piece);
        }
        return groups;
    }

    /** All that each needs, and what that needs, and so on; a class that others need in turn reaches itself. */
    private static Map<String, Set<String>> reach(List<Piece> tasks) {
        Map<String, Set<String>> reach = new HashMap<>();
        tasks.forEach(piece -> reach.put(piece.name(), new HashSet<>(piece.uses())));
        reach.forEach((name, uses) -> uses.removeIf(use -> use.equals(name) || !reach.containsKey(use)));
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
}
