package dev.gserver.listen;

import dev.gserver.common.Trace;

/** A door. */
public final class Door {
    private boolean locked = true;

    /** Opens it, whether it is locked or not. */
    public void open() {
        if (locked()) {
            unlock();
        }
        Trace.step("door.1", "it swings");
    }

    private boolean locked() {
        return locked;
    }

    private void unlock() {
        locked = false;
    }
}
