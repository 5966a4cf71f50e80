package dev.gserver.tools.exercise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** In which order classes are written: what a class needs comes before it. */
final class Order {
    private Order() {}

    /** In groups: those that need one another stand together. Who needs more than another class needs it after it. */
    static List<List<Piece>> of(List<Piece> tasks) {
        Map<String, Set<String>> reach = reach(tasks);
        List<Piece> sorted = new ArrayList<>(tasks);
        sorted.sort(
                Comparator.<Piece>comparingInt(piece -> reach.get(piece.name()).size())
                        .thenComparing(piece -> new TreeSet<>(reach.get(piece.name())).toString())
                        .thenComparing(piece ->
                                piece.uses().stream().filter(reach::containsKey).count())
                        .thenComparing(Piece::name));
        List<List<Piece>> groups = new ArrayList<>();
        for (Piece piece : sorted) {
            Piece last =
                    groups.isEmpty() ? piece : groups.get(groups.size() - 1).get(0);
            if (last == piece || !reach.get(last.name()).equals(reach.get(piece.name()))) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(piece);
        }
        return groups;
    }

    /** Itself, all that it needs, and what that needs, and so on; those that need one another have the same. */
    private static Map<String, Set<String>> reach(List<Piece> tasks) {
        Map<String, Set<String>> reach = new HashMap<>();
        tasks.forEach(piece -> reach.put(piece.name(), new HashSet<>(piece.uses())));
        reach.forEach((name, uses) -> {
            uses.retainAll(reach.keySet());
            uses.add(name);
        });
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
