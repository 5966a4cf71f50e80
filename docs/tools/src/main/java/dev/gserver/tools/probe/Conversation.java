package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import dev.gserver.tools.probe.Wrong.Kind;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One client of the server that is examined: sends bytes, compares what comes with what has to come, and keeps a
 * transcript. From stage 4 on it expects answers; before, silence.
 */
final class Conversation extends Wire {
    static final int QUIET_MILLIS = 150; // for what must not come; too short lets a fault pass, and blames nobody
    private static final double MILLIS = 1_000; // of a second
    private static final int BUFFER = 64 * 1_024;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(15); // for all answers to what was sent in one go
    private static final int LONG = 4; // times that for very many
    private static final int KILO = 1_000;
    private static final int MOST_MORE = 4_096; // bytes that are shown after a wrong one

    private final Server server;
    private final Transcript transcript = new Transcript();
    private long deadline = System.nanoTime() + MOST_NANOS; // of what has to come now

    Conversation(Server server, Socket socket) {
        super(socket);
        this.server = server;
    }

    /** A server that has closed the connection already is found when something is to come. */
    void send(byte[]... parts) {
        byte[] bytes = Requests.join(parts);
        transcript.sent(bytes);
        write(bytes);
    }

    /** Byte by byte, each in a piece of its own as far as the network lets it be. */
    void sendInPieces(byte[] bytes) {
        for (byte one : bytes) {
            send(new byte[] {one});
        }
        transcript.remark("(sent byte by byte)");
    }

    void endOutput() {
        finish();
        transcript.remark("the client ends its sending side");
    }

    /** Sends all of them in one write, and expects all answers if the stage has any. */
    void ask(List<byte[]> requests) throws Wrong {
        send(Requests.join(requests));
        if (server.answers()) {
            expect(requests, List.of());
        }
    }

    void ask(byte[]... requests) throws Wrong {
        ask(List.of(requests));
    }

    /** @param dropped what was sent and must not be answered */
    void expect(List<byte[]> requests, List<byte[]> dropped) throws Wrong {
        List<byte[]> answers = requests.stream().map(Requests::answer).toList();
        deadline = System.nanoTime() + MOST_NANOS;
        for (int i = 0; i < answers.size(); i++) {
            expect(answers, i, dropped);
        }
    }

    private void expect(List<byte[]> answers, int number, List<byte[]> dropped) throws Wrong {
        byte[] answer = answers.get(number);
        byte[] got = new byte[answer.length];
        int count = 0;
        while (count < got.length) {
            int more = read(got, count, millisLeft());
            if (more <= NOTHING) {
                throw missing(answers.size(), number, Arrays.copyOf(got, count), answer.length, more);
            }
            count += more;
            int place = Arrays.mismatch(got, 0, count, answer, 0, count);
            if (place >= 0) {
                byte[] all = Requests.join(Arrays.copyOf(got, count), rest(count));
                throw different(new Difference(answers, number, dropped, all), all);
            }
        }
        transcript.received(got);
    }

    /** What else comes soon, so that the wrong packet can be shown whole. */
    private byte[] rest(int count) {
        byte[] more = new byte[MOST_MORE];
        int length = 0;
        int step = 1;
        while (step > 0 && length < more.length && count + length < MOST_MORE) {
            step = read(more, length, QUIET_MILLIS);
            length += Math.max(0, step);
        }
        return Arrays.copyOf(more, length);
    }

    private Wrong missing(int all, int number, byte[] got, int length, int how) {
        transcript.received(got);
        String which = all == 1 ? "the answer" : "answer " + (number + 1) + " of " + all;
        String missing = got.length == 0
                ? which + " is missing"
                : which + " ends too early: " + got.length + " of " + length + " bytes came";
        transcript.remark(why(how) + "; expected " + (length - got.length) + " more bytes");
        boolean isSilent = how == NOTHING && number == 0 && got.length == 0;
        return wrong(isSilent ? Kind.SILENT : Kind.DIFFERENT, missing + ": " + why(how));
    }

    private String why(int how) {
        if (how == END) {
            return "the server has " + (isReset() ? "reset" : "closed") + " the connection";
        }
        boolean isSlow = System.nanoTime() - deadline >= 0;
        return isSlow
                ? "not all of it came within " + TimeUnit.NANOSECONDS.toSeconds(MOST_NANOS) + " s"
                : "nothing came for " + millis() / MILLIS + " s";
    }

    /** The same answers again and again, so many times; too many to show. */
    void expectMany(List<byte[]> answers, int times) throws Wrong {
        byte[] all = Requests.join(answers);
        byte[] got = new byte[BUFFER];
        long count = 0;
        deadline = System.nanoTime() + LONG * MOST_NANOS;
        while (count < (long) all.length * times) {
            int more = read(got, 0, millisLeft());
            if (more <= NOTHING) {
                throw wrong("after " + count / KILO + " of " + (long) all.length * times / KILO + " kB of answers: "
                        + why(more));
            }
            for (int i = 0; i < more; i++) {
                int place = (int) ((count + i) % all.length);
                if (got[i] != all[place]) {
                    throw different(answers, all, place, Arrays.copyOfRange(got, i, more));
                }
            }
            count += more;
        }
    }

    /** @param place of the first wrong byte in {@code all}, the answers; {@code rest} came from there on */
    private Wrong different(List<byte[]> answers, byte[] all, int place, byte[] rest) {
        int number = 0;
        int start = 0;
        while (start + answers.get(number).length <= place) {
            start += answers.get(number++).length;
        }
        byte[] got = Requests.join(Arrays.copyOfRange(all, start, place), rest);
        return different(new Difference(answers, number, List.of(), got), got);
    }

    private Wrong different(Difference difference, byte[] got) {
        transcript.wrong(got, difference.place(), difference.mark());
        return wrong(difference.text());
    }

    /** Nothing comes for a while, and the connection stays. */
    void expectQuiet(String why) throws Wrong {
        expectQuiet(why, QUIET_MILLIS);
    }

    void expectQuiet(String why, int millis) throws Wrong {
        byte[] got = new byte[MOST_MORE];
        int count = read(got, 0, millis);
        if (count == END) {
            transcript.remark("the server has closed the connection");
            throw wrong("the server has closed the connection: " + why);
        }
        if (count > NOTHING) {
            unexpected(Arrays.copyOf(got, count), why);
        }
    }

    private void unexpected(byte[] bytes, String why) throws Wrong {
        transcript.wrong(bytes, 0, "the first byte that must not come");
        throw wrong("the server has sent " + bytes.length + " bytes where none must come: " + why);
    }

    /** The server closes; a reset is an end too. */
    void expectEnd(String why) throws Wrong {
        byte[] got = new byte[MOST_MORE];
        deadline = System.nanoTime() + MOST_NANOS;
        int count = read(got, 0, millisLeft());
        if (count == NOTHING) {
            transcript.remark(why(count) + ", and no end");
            throw wrong(Kind.SILENT, "the server keeps the connection: " + why);
        }
        if (count != END) {
            unexpected(Arrays.copyOf(got, count), why);
        }
    }

    /** It is still served: from stage 4 on a ping is answered; before, a length that cannot be closes. */
    void proveServed(String why) throws Wrong {
        if (server.answers()) {
            ask(Requests.PING);
        } else {
            expectQuiet(why);
            send(Requests.ofLength(Packet.HEADER - 1));
            expectEnd("a length of 7 cannot be, and has to end it");
        }
    }

    /** How long to wait for the next bytes: a server that sends one now and then ends too. */
    private int millisLeft() {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        return (int) Math.max(1, Math.min(millis(), left));
    }

    private int millis() {
        return (int) server.patience().toMillis();
    }

    private Wrong wrong(String message) {
        return wrong(Kind.DIFFERENT, message);
    }

    private Wrong wrong(Kind kind, String message) {
        return new Wrong(kind, message, transcript.toString());
    }

    /** What was sent and received. */
    String shown() {
        return transcript.toString();
    }

    void remark(String text) {
        transcript.remark(text);
    }
}
