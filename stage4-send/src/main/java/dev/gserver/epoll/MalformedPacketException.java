package dev.gserver.epoll;

/** A header whose length cannot be true; where the next packet begins is unknown from here on. */
final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        super(message);
    }
}
