package dev.gserver.tools.trace;

import dev.gserver.tools.trace.Recording.Item;
import dev.gserver.tools.trace.Recording.Remark;
import dev.gserver.tools.trace.Recording.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds where each hand-over of a recording arrives. Of a connection at most one of a kind is under way at a time. */
final class Arrows {
    /** A step after which work goes on in another thread, with the step {@code to}. */
    private record HandOver(String from, String what, String to) {
        static final List<HandOver> ALL = List.of(
                new HandOver("inMsgRecvQueueAndSignal.1", "", "ThreadFunc.2"),
                new HandOver("msgSend.2", "", "ServerSendQueueThread.1"),
                new HandOver("ServerSendQueueThread.5", "part sent", "gsx_write_request_handler.1"),
                new HandOver("AddToTimerQueue.1", "", "GetOverTimeTimer.2-1"),
                new HandOver("procPingTimeOutChecking.1", "", "gsx_epoll_process_events.1"));

        boolean starts(Step step) {
            return step.id().equals(from) && step.what().contains(what);
        }
    }

    private final List<Item> items;
    private final Map<HandOver, Map<String, Integer>> underWay = new HashMap<>(); // connection, index of the item
    private final Set<String> seen = new HashSet<>(); // ids of this act
    private final List<int[]> found = new ArrayList<>();

    private Arrows(List<Item> items) {
        this.items = items;
        HandOver.ALL.forEach(kind -> underWay.put(kind, new TreeMap<>()));
    }

    /** Pairs of indices into the recording's items. */
    static List<int[]> of(Recording recording) {
        Arrows arrows = new Arrows(recording.items());
        for (int i = 0; i < arrows.items.size(); i++) {
            if (arrows.items.get(i) instanceof Step step) {
                arrows.arrive(step, i);
                arrows.leave(step, i);
            } else {
                arrows.note((Remark) arrows.items.get(i));
            }
        }
        return arrows.found;
    }

    private void arrive(Step step, int index) {
        seen.add(step.id());
        for (HandOver kind : HandOver.ALL) {
            if (kind.to().equals(step.id())) {
                Map<String, Integer> sources = new TreeMap<>(underWay.get(kind));
                if (!step.subject().isEmpty()) { // else it is a step of all connections
                    sources.keySet().retainAll(Set.of(step.subject()));
                }
                sources.values().forEach(source -> connect(source, index));
                underWay.get(kind).keySet().removeAll(sources.keySet());
            }
        }
    }

    private void connect(int source, int target) {
        if (!((Step) items.get(source)).thread().equals(((Step) items.get(target)).thread())) {
            found.add(new int[] {source, target});
        }
    }

    private void leave(Step step, int index) {
        for (HandOver kind : HandOver.ALL) {
            if (kind.starts(step)) {
                underWay.get(kind).put(step.subject(), index);
            }
        }
    }

    /** Steps that were left out look like some that were not: what is under way may have arrived at one of them. */
    private void note(Remark remark) {
        if (remark.kind().equals("hidden")) {
            underWay.forEach((kind, sources) -> {
                if (seen.contains(kind.to())) {
                    sources.clear();
                }
            });
        } else if (remark.kind().equals("act")) {
            seen.clear();
        }
    }
}
