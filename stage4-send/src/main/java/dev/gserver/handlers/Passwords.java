package dev.gserver.handlers;

import dev.gserver.epoll.Message;

/** Keeps passwords, the last field of a body, out of what leaves the server. */
final class Passwords {
    private static final int PASSWORD_BYTES = 40;

    private Passwords() {}

    /** The answer that repeats {@code request} up to its password, and has zeros there. */
    static Message answerWithout(Message request) {
        byte[] body = new byte[request.body().length];
        System.arraycopy(request.body(), 0, body, 0, body.length - PASSWORD_BYTES);
        return request.answer(body);
    }
}
