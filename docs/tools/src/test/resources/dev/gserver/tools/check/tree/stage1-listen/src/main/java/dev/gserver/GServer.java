package dev.gserver;

import dev.gserver.listen.Door;

/** Opens the door. */
final class GServer {
    void start() {
        new Door().open();
    }
}
