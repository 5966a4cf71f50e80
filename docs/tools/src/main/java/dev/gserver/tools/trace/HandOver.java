package dev.gserver.tools.trace;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A step after which work goes on in another thread, with the step {@code to}. */
record HandOver(String from, String what, String to, boolean sameConnection) {
    static final List<HandOver> ALL = List.of(
            new HandOver("inMsgRecvQueueAndSignal.1", "", "ThreadFunc.2", true),
            new HandOver("msgSend.2", "", "ServerSendQueueThread.1", true),
            new HandOver("ServerSendQueueThread.5", "part sent", "gsx_write_request_handler.1", true),
            new HandOver("AddToTimerQueue.1", "", "GetOverTimeTimer.2-1", true),
            new HandOver("procPingTimeOutChecking.1", "", "gsx_epoll_process_events.1", false));

    boolean starts(Step step) {
        return step.id().equals(from) && step.what().contains(what);
    }

    /** Takes those out of {@code underWay} that arrive with a step of {@code connection}. */
    List<Integer> take(Map<String, Integer> underWay, String connection) {
        if (sameConnection) {
            return Stream.ofNullable(underWay.remove(connection)).toList();
        }
        List<Integer> all = List.copyOf(underWay.values());
        underWay.clear();
        return all;
    }
}
