package dev.gserver.bench;

/**
 * What the clients do.
 *
 * @param connections how many there are
 * @param inFlight requests on the way in each; 0: as fast as the server takes them, without an answer
 * @param code 0 for pings, 5 for register requests with a body of 100 bytes
 */
record Load(int connections, int inFlight, int code) {
    @Override
    public String toString() {
        return inFlight == 0 ? connections + " flooding" : (code == 0 ? "ping " : "") + connections + " × " + inFlight;
    }
}
