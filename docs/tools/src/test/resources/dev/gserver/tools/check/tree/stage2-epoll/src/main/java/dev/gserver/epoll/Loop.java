package dev.gserver.epoll;

import dev.gserver.common.Trace;

/** A loop. */
public final class Loop {
    Loop() {
        Trace.step("loop.1", "it goes round");
    }
}
