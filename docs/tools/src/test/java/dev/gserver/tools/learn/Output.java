package dev.gserver.tools.learn;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is printed, for another thread to wait for. */
final class Output extends PrintStream {
    private final ByteArrayOutputStream bytes;

    Output() {
        this(new ByteArrayOutputStream());
    }

    private Output(ByteArrayOutputStream bytes) {
        super(bytes, true, StandardCharsets.UTF_8);
        this.bytes = bytes;
    }

    @Override
    public void print(String text) {
        synchronized (bytes) {
            super.print(text);
            bytes.notifyAll();
        }
    }

    void await(String text) throws InterruptedException {
        synchronized (bytes) {
            while (!bytes.toString(StandardCharsets.UTF_8).contains(text)) {
                bytes.wait();
            }
        }
    }
}
