package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server process that may have 64 open descriptors, and 100 clients; none has sent anything before it is full. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class DescriptorLimitAnswersTest {
    private static final int CLIENTS = 100;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("out of descriptors: those inside get their answers, who waits gets them when others have left")
    void answersThoseInside() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (LimitedServer server = new LimitedServer(folder, 64)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new TestClient(server.address()));
            }
            server.await("accept failed: ");
            TestClient inside = clients.get(0);
            inside.send(Packets.ping(), Packets.register(1, "user", "secret"), Packets.login("user", "secret"));
            assertThat(inside.receive()).isEqualTo(Packets.ping());
            assertThat(inside.receive()).isEqualTo(Packets.register(1, "user", ""));
            assertThat(inside.receive()).isEqualTo(Packets.login("user", ""));

            TestClient waiting = clients.get(CLIENTS - 1).send(Packets.ping());
            for (TestClient client : clients.subList(0, CLIENTS - 1)) {
                client.close();
            }
            assertThat(waiting.receive()).isEqualTo(Packets.ping());
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }
}
