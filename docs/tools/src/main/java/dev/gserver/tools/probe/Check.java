package dev.gserver.tools.probe;

/**
 * One thing that a server has to do.
 *
 * @param name for the command line
 * @param step of the notes that is in question if it does not
 * @param from the first stage that has to do it
 * @param to the last one
 * @param says what it has to do
 */
record Check(String name, String step, int from, int to, String says, Body body) {
    static final int LAST = 5; // stage

    interface Body {
        void run(Server server) throws Wrong;
    }

    /** From a stage on. */
    static Check from(int stage, String name, String step, String says, Body body) {
        return new Check(name, step, stage, LAST, says, body);
    }
}
