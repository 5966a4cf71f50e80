package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.gserver.LogRecorder;
import dev.gserver.TraceRecorder;
import dev.gserver.common.ClientWarnings;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDispatcherTest {
    private static final int PLAIN = 9;
    private static final int EMPTY = 10;

    @AutoClose
    private final LogRecorder log = new LogRecorder();

    private final MessageDispatcher dispatcher = new MessageDispatcher(new ClientWarnings(() -> 0));
    private final List<Message> answered = new ArrayList<>();
    private final AnswerSink answers = answered::add;
    private final MessageHandler plain = mock(MessageHandler.class);
    private final MessageHandler empty = mock(MessageHandler.class);
    private final Client client = Connections.client(0, "10.0.0.7:4711");

    MessageDispatcherTest() {
        dispatcher.register(PLAIN, 4, plain);
        dispatcher.register(EMPTY, 0, empty);
    }

    @Test
    @DisplayName("threadRecvProcFunc.1 threadRecvProcFunc.2: the code is taken, then the handler it selects is called")
    void codeThenHandler() {
        List<String> stepsBeforeTheCall = new ArrayList<>();
        try (TraceRecorder trace = new TraceRecorder()) {
            dispatcher.register(PLAIN, 4, (request, sink) -> stepsBeforeTheCall.addAll(trace.ids("")));
            dispatch(message(PLAIN, 4));
            assertThat(trace.steps("threadRecvProcFunc.1").get(0).what()).endsWith("its code is 9");
        }
        assertThat(stepsBeforeTheCall).containsExactly("threadRecvProcFunc.1", "threadRecvProcFunc.2");
    }

    @Test
    @DisplayName("each code has its own handler, which gets the message itself")
    void ownHandlerForEachCode() {
        Message message = message(PLAIN, 4);
        dispatch(message);
        verify(plain).handle(message, answers);
        verifyNoInteractions(empty);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    @DisplayName("a handler may answer not at all, once or several times; nothing is logged")
    void answersAsOftenAsItLikes(int times) {
        List<Message> sent = Collections.nCopies(times, message(PLAIN, 4));
        dispatcher.register(PLAIN, 4, (request, sink) -> sent.forEach(sink::send));
        dispatch(message(PLAIN, 4));
        assertThat(answered).isEqualTo(sent);
        assertThat(log.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "77, 0, 0, is unknown",
        "65535, 0, 0, is unknown",
        "9, 3, 0, 'has a body of 3 bytes, expected 4'",
        "9, 0, 0, 'has a body of 0 bytes, expected 4'",
        "9, 28992, 0, 'has a body of 28992 bytes, expected 4'",
        "9, 4, 2989, 'has CRC-32 00000bad, expected 2144df1c'",
        "10, 0, 1, 'has CRC-32 00000001, expected 00000000'"
    })
    @DisplayName("unknown code, body of the wrong size, wrong CRC: dropped, with a warning that says what and whose")
    void dropsBadPackets(int code, int bodyLength, int crc32, String warning) {
        dispatch(new Message(client, code, crc32, new byte[bodyLength]));
        assertThat(log.texts(Level.WARNING))
                .containsExactly("10.0.0.7:4711: packet dropped: code " + code + " " + warning);
        assertThat(log.records()).hasSize(1);
        verifyNoInteractions(plain, empty);
        assertThat(answered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
    @DisplayName("a handler that throws an exception or an error is logged with its stack, and gives no answer")
    void handlerThrows(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getConstructor().newInstance();
        doThrow(thrown).when(plain).handle(any(), any());
        dispatch(message(PLAIN, 4));
        assertThat(log.texts(Level.SEVERE)).containsExactly("the handler of code 9 failed");
        assertThat(log.records()).singleElement().satisfies(record -> assertThat(record.getThrown())
                .isSameAs(thrown));
    }

    @Test
    @DisplayName("a flood of messages whose handler fails is logged ten times a second, not more")
    void floodOfFailuresIsLimited() {
        doThrow(new IllegalStateException("broken")).when(plain).handle(any(), any());
        for (int i = 0; i < 100; i++) {
            dispatch(message(PLAIN, 4));
        }
        assertThat(log.records()).hasSize(10);
    }

    @Test
    @DisplayName("what a handler has answered before it fails is an answer")
    void answersBeforeItFails() {
        dispatcher.register(PLAIN, 4, (request, sink) -> {
            sink.send(request);
            throw new IllegalStateException("broken");
        });
        Message message = message(PLAIN, 4);
        dispatch(message);
        assertThat(answered).containsExactly(message);
        assertThat(log.texts(Level.SEVERE)).hasSize(1);
    }

    @Test
    @DisplayName("a message of a client that has left is not handled, and not worth a warning")
    void staleMessage() {
        Message handled = message(PLAIN, 4);
        Message unknown = message(77, 4);
        Connections.leave(client);
        try (TraceRecorder trace = new TraceRecorder()) {
            dispatch(handled);
            dispatch(unknown);
            assertThat(trace.ids("")).isEmpty();
        }
        verifyNoInteractions(plain, empty);
        assertThat(answered).isEmpty();
        assertThat(log.records()).isEmpty();
    }

    private void dispatch(Message message) {
        dispatcher.dispatch(message, answers);
    }

    private Message message(int code, int bodyLength) {
        return Connections.message(client, code, new byte[bodyLength]);
    }
}
