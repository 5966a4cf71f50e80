package dev.gserver.races;

/** What cannot be done, in one line: what, where, which value, what is expected. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message, null, false, false);
    }
}
