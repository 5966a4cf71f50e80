package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.config.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients whose bytes would look like lines of the log there; the whole server, with its log at all levels. */
class LogInjectionTest {
    private static final String FORGED = "\r\nSEVERE  forged \u001b[31m\r\n";
    private static final int LINE_BREAK = 0x0d0a; // CR LF; 3338, a good length
    private static final int ESCAPE = 0x1b5b; // ESC [
    private static final int TOO_LONG = 0x7a0a; // z LF; 31242, a bad length

    private final LogRecorder log = new LogRecorder();
    private GServer server;

    @BeforeEach
    void start() throws Exception {
        server = new GServer(ServerConfig.load(null, Map.of("listen.ports", "0")));
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    @Test
    @DisplayName("good packets with forged lines as user names and passwords: none of that in the log")
    void goodPackets() throws Exception {
        send(Packets.register(LINE_BREAK, FORGED, FORGED), Packets.login(FORGED, FORGED));
        assertLogIsClean();
    }

    @Test
    @DisplayName("lengths, codes, checksums and bodies that spell forged lines: numbers in the log, or nothing")
    void badPackets() throws Exception {
        byte[] body = Packets.registerBody(LINE_BREAK, FORGED, FORGED);
        send(
                Packets.packet(LINE_BREAK, body),
                Packets.packet(ESCAPE, body),
                Packets.packet(6, body),
                Packets.packet(108, 5, LINE_BREAK << 16 | ESCAPE, body),
                Packets.packet(LINE_BREAK, ESCAPE, LINE_BREAK, forged(LINE_BREAK - 8)),
                Packets.packet(TOO_LONG, LINE_BREAK, ESCAPE, body));
        assertLogIsClean();
        assertThat(log.texts(Level.WARNING))
                .anyMatch(text -> text.endsWith("closed: packet length 31242, expected 8 to 29000"));
    }

    @Test
    @DisplayName("forged lines without a header in front: none of them in the log")
    void bareLines() throws Exception {
        send(forged(100));
        send(forged(100_000));
        assertLogIsClean();
    }

    private static byte[] forged(int length) {
        return FORGED.repeat(length).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** Waits for the end too: then the server is done with {@code packets}. */
    private void send(byte[]... packets) throws Exception {
        try (TestClient client = new TestClient(server.addresses().get(0))) {
            client.send(packets);
            client.endOutput();
            client.receiveEnd();
        }
    }

    private void assertLogIsClean() {
        server.close();
        assertThat(log.records()).isNotEmpty().allSatisfy(LogInjectionTest::assertIsClean);
    }

    /** One line of printable ASCII, to which neither a line break nor ESC belongs. */
    private static void assertIsClean(LogRecord record) {
        assertThat(record.getThrown()).isNull();
        assertThat(new SimpleFormatter().formatMessage(record))
                .matches("[ -~]+")
                .doesNotContain("SEVERE", "forged", "[31m");
    }
}
