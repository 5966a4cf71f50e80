package dev.gserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Message;
import dev.gserver.threadpool.MessageHandler;
import dev.gserver.threadpool.ReceivingServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Passwords on their way from the socket to the answer: log (at all levels) and trace are searched for them. */
class PasswordSecrecyTest {
    private static final String PASSWORD = "OpenSesame";
    private static final int BROKEN = 40;

    private final LogRecorder log = new LogRecorder();
    private final TraceRecorder trace = new TraceRecorder();
    private ReceivingServer server;

    @BeforeEach
    void start() throws Exception {
        MessageHandler broken = (request, answers) -> {
            throw new IllegalStateException("broken");
        };
        server = new ReceivingServer(2)
                .handling(RegisterHandler.CODE, RegisterHandler.BODY_LENGTH, new RegisterHandler())
                .handling(LoginHandler.CODE, LoginHandler.BODY_LENGTH, new LoginHandler())
                .handling(BROKEN, LoginHandler.BODY_LENGTH, broken)
                .handling(PingHandler.CODE, PingHandler.BODY_LENGTH, new PingHandler())
                .start();
    }

    @AfterEach
    void close() {
        server.close();
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("register and login: no password in log, trace or answer")
    void goodRequests() throws Exception {
        List<Message> answers = answersTo(2, Packets.register(7, "anna", PASSWORD), Packets.login("anna", PASSWORD));
        assertThat(trace.steps("threadRecvProcFunc.2")).hasSize(2);
        assertThat(answers).allSatisfy(answer -> {
            assertSecret(answer.toString());
            assertSecret(new String(answer.body(), StandardCharsets.ISO_8859_1));
        });
        assertNowhere();
    }

    @Test
    @DisplayName("a handler that fails: no password in its stack trace")
    void failingHandler() throws Exception {
        answersTo(1, Packets.packet(BROKEN, Packets.loginBody("anna", PASSWORD)), Packets.ping());
        assertThat(log.texts(Level.SEVERE)).hasSize(1);
        assertNowhere();
    }

    @Test
    @DisplayName("packets that are dropped: no password in the warnings")
    void droppedPackets() throws Exception {
        byte[] body = Packets.loginBody("anna", PASSWORD);
        answersTo(
                1,
                Packets.packet(8 + body.length, LoginHandler.CODE, 0xbad, body),
                Packets.packet(RegisterHandler.CODE, body),
                Packets.packet(99, body),
                Packets.ping());
        assertThat(log.texts(Level.WARNING)).hasSize(3);
        assertNowhere();
    }

    /** Sends {@code packets} and returns their {@code count} answers. */
    private List<Message> answersTo(int count, byte[]... packets) throws Exception {
        try (TestClient client = server.connect()) {
            client.send(packets);
            return server.answers(count);
        }
    }

    private void assertNowhere() {
        server.close();
        List<String> texts = new ArrayList<>();
        log.records().forEach(record -> texts.add(new SimpleFormatter().format(record)));
        for (String id : List.copyOf(trace.ids(""))) {
            trace.steps(id).stream().map(Trace.Step::toString).forEach(texts::add);
        }
        assertThat(texts).isNotEmpty().allSatisfy(PasswordSecrecyTest::assertSecret);
    }

    /** Neither as text nor as bytes, in decimal or hexadecimal. */
    private static void assertSecret(String text) {
        byte[] bytes = PASSWORD.getBytes(StandardCharsets.UTF_8);
        String decimal = Arrays.toString(bytes).replaceAll("[\\[\\]]", "");
        assertThat(text)
                .doesNotContain(PASSWORD)
                .doesNotContain(decimal)
                .doesNotContainIgnoringCase(HexFormat.of().formatHex(bytes));
    }
}
