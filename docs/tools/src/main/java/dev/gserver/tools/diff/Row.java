package dev.gserver.tools.diff;

/** One row of the table: a line of the stage before, one of the stage after, or both; -1 where there is none. */
record Row(int before, int after, boolean changed) {
    boolean isPair() {
        return changed && before >= 0 && after >= 0;
    }
}
