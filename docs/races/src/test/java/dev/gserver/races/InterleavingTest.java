package dev.gserver.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InterleavingTest {
    private static final Map<String, Interleaving.Source> SOURCES = Stream.of(
                    "ReceiveQueue.java", "Mailbox.java", "Client.java", "Work.java", "GiveBackScenario.java")
            .collect(Collectors.toMap(
                    name -> name,
                    name -> new Interleaving.Source(
                            "stage3-threadpool/" + name, Collections.nCopies(200, "  a line of " + name))));

    private static Interleaving.Schedule schedule() throws IOException, URISyntaxException {
        Path file =
                Path.of(InterleavingTest.class.getResource("/interleaving.txt").toURI());
        return Interleaving.read(Files.readString(file), SOURCES);
    }

    private static String line(Event event) {
        String value = event.value() == null ? "" : " " + event.value();
        return event.thread() + " " + " ".repeat(event.depth()) + event.kind() + " " + event.what() + value;
    }

    @Test
    @DisplayName("threads have the server's names; steps are those of the stage, in order, without frames of the JDK")
    void readsSteps() throws Exception {
        assertThat(schedule().threads()).containsExactly("event-loop", "worker-1");
        List<String> lines =
                schedule().events().stream().map(InterleavingTest::line).toList();
        assertThat(lines)
                .containsSubsequence(
                        "1 call queue.giveBack(Mailbox#1, ArrayList#3)",
                        "1  lock mutex.lock()",
                        "1  call mailbox.size() 0",
                        "1   call waiting.size() 0",
                        "1  unlock mutex.unlock()",
                        "1   switch switch",
                        "0 call queue.flush()",
                        "0  call mailbox.schedule() false",
                        "0   read scheduled true",
                        "0   write scheduled true",
                        "0  signal notEmpty.signal()",
                        "1  call mailbox.unschedule()",
                        "1   write scheduled false",
                        "1   lock its monitor",
                        "1  wait notEmpty.awaitUninterruptibly()",
                        "1   result waits, and nobody is left to wake it")
                .noneMatch(line -> line.contains("sync.lock") || line.contains("PARK") || line.contains("listener"));
    }

    @Test
    @DisplayName("an event has its source, and the step of the notes that it is")
    void tellsSourceAndStep() throws Exception {
        Event signal = schedule().events().stream()
                .filter(event -> event.kind().equals("signal"))
                .findFirst()
                .orElseThrow();
        assertThat(signal.file()).isEqualTo("stage3-threadpool/ReceiveQueue.java");
        assertThat(signal.line()).isEqualTo(86);
        assertThat(signal.source()).isEqualTo("a line of ReceiveQueue.java");
        assertThat(schedule().events()).extracting(Event::step).contains("inMsgRecvQueueAndSignal.2");
    }

    @Test
    @DisplayName("a text that is no report is refused")
    void refusesOtherText() {
        assertThatThrownBy(() -> Interleaving.read("= Concurrent test has hung =", SOURCES))
                .hasMessage("Lincheck's report has no line \"Detailed trace:\"");
    }
}
