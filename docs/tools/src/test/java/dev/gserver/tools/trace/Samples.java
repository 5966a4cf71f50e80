package dev.gserver.tools.trace;

import java.util.Locale;

/** Traces that are made up, and scripts that look at their pages. */
final class Samples {
    /** A short life of a stage 5 server, made up so that each hand-over is in it, and things that could be confused. */
    static final String TRACE = """

            ==> Two clients connect.
            ==> One of them is slow.
                   1.00 ms  main        process.view                           gserver stage5-timer: running as process 7
                   2.00 ms  worker-2    ThreadFunc.1                           thread pool: waiting for the condition
                   2.10 ms  worker-10   ThreadFunc.1                           thread pool: waiting for the condition
                   2.20 ms  worker-11   ThreadFunc.1                           thread pool: waiting for the condition
                   3.00 ms  event-loop  gsx_event_accept.1                     connection 0 (port 127.0.0.1:9000): a client's socket accepted
                   4.00 ms  event-loop  AddToTimerQueue.1                      connection 1 (127.0.0.1:5001): in the timer queue
                   5.00 ms  event-loop  AddToTimerQueue.1                      connection 2 (127.0.0.1:5002): in the timer queue
                client: <b>hello</b> & </script><img src=x onerror="broken=1">
            2026-01-02 03:04:05.678 WARNING 127.0.0.1:5001: closed: <i>why</i>
                   6.00 ms  event-loop  inMsgRecvQueueAndSignal.1              connection 1 (127.0.0.1:5001): one thread signalled
                   6.50 ms  event-loop  inMsgRecvQueueAndSignal.1              connection 2 (127.0.0.1:5002): one thread signalled
                   6.70 ms  worker-1    ThreadFunc.2                           code 0 of connection 2 (127.0.0.1:5002): taken by a thread of the pool
                   6.60 ms  worker-2    ThreadFunc.2                           code 5 of connection 1 (127.0.0.1:5001): taken by a thread of the pool
                   6.80 ms  worker-2    ThreadFunc.2                           code 5 of connection 1 (127.0.0.1:5001): taken by a thread of the pool
                   7.00 ms  worker-1    msgSend.2                              code 0 of connection 2 (127.0.0.1:5002): send thread woken
                   7.20 ms  send        ServerSendQueueThread.1                connection 2 (127.0.0.1:5002): semaphore passed
                   7.30 ms  send        ServerSendQueueThread.5                connection 2 (127.0.0.1:5002): all sent
                   7.40 ms  worker-2    msgSend.2                              code 5 of connection 1 (127.0.0.1:5001): send thread woken
                   7.50 ms  send        ServerSendQueueThread.1                connection 1 (127.0.0.1:5001): semaphore passed
                   7.60 ms  send        ServerSendQueueThread.5                connection 1 (127.0.0.1:5001): part sent, a write event drives the rest
                   7.70 ms  worker-1    msgSend.2                              code 0 of connection 2 (127.0.0.1:5002): send thread woken
                (and 9 more steps like these, not shown)

            ==> The second goes silent.
                  50.00 ms  send        ServerSendQueueThread.1                connection 2 (127.0.0.1:5002): semaphore passed
                  51.00 ms  event-loop  gsx_write_request_handler.1            connection 1 (127.0.0.1:5001): writable, sending directly
                  90.00 ms  timer       GetOverTimeTimer.2-1                   connection 2 (127.0.0.1:5002): taken out
                  91.00 ms  timer       procPingTimeOutChecking.1              connection 2 (127.0.0.1:5002): kicked, milliseconds without a ping: 90
                  92.00 ms  event-loop  gsx_epoll_process_events.1             event loop: waited; events returned: 0
            """;

    static final String ARROWS = """
            AddToTimerQueue.1@5 -> GetOverTimeTimer.2-1@90
            ServerSendQueueThread.5@7.6 -> gsx_write_request_handler.1@51
            inMsgRecvQueueAndSignal.1@6 -> ThreadFunc.2@6.6
            inMsgRecvQueueAndSignal.1@6.5 -> ThreadFunc.2@6.7
            msgSend.2@7 -> ServerSendQueueThread.1@7.2
            msgSend.2@7.4 -> ServerSendQueueThread.1@7.5
            procPingTimeOutChecking.1@91 -> gsx_epoll_process_events.1@92""";

    /** The steps that an arrow runs over. */
    static final String OVER_CARDS = """
                [...document.querySelectorAll('.chart .arrow')].flatMap(path => {
                    const points = [];
                    for (let at = 2; at < path.getTotalLength(); at += 4) points.push(path.getPointAtLength(at));
                    return items.filter(i => isStep(i) && i.shown && points.some(p => p.x > i.box.left + 1
                        && p.x < i.box.right - 1 && p.y > i.box.top + 1 && p.y < i.box.bottom - 1)).map(i => i.raw);
                }).join('|')""";

    static final String CONTRAST = """
            const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            const rgb = color => {
                pixel.clearRect(0, 0, 1, 1); pixel.fillStyle = color; pixel.fillRect(0, 0, 1, 1);
                return [...pixel.getImageData(0, 0, 1, 1).data];
            };
            const luminance = color => color.slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const background = e => {
                for (; e; e = e.parentElement) {
                    const color = rgb(getComputedStyle(e).backgroundColor);
                    if (color[3] === 255) return color;
                }
            };
            const contrast = e => {
                const [low, high] = [luminance(rgb(getComputedStyle(e).color)), luminance(background(e))].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05);
            };
            """;

    private Samples() {}

    /** Packets of 25 clients, eight steps each, over four threads. */
    static String bigTrace(int steps) {
        String[] lines = {
            "event-loop  gsx_wait_request_handler.1  %s: bytes received: 8",
            "event-loop  inMsgRecvQueueAndSignal.1  %s: one thread signalled",
            "worker-1  ThreadFunc.2  code 0 of %s: taken by a thread of the pool",
            "worker-1  threadRecvProcFunc.2  code 0 of %s: its handler is called",
            "worker-1  msgSend.2  code 0 of %s: send thread woken",
            "event-loop  gsx_epoll_process_events.2  %s: has an event",
            "send  ServerSendQueueThread.1  %s: semaphore passed",
            "send  ServerSendQueueThread.5  %s: all sent",
        };
        StringBuilder trace = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            int client = 1 + i / lines.length % 25;
            String connection = "connection " + client + " (127.0.0.1:" + (5000 + client) + ")";
            trace.append(String.format(Locale.ROOT, "%8.2f ms  ", i * 0.4))
                    .append(String.format(Locale.ROOT, lines[i % lines.length], connection))
                    .append('\n');
        }
        return trace.toString();
    }
}
