package dev.gserver.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.RealServer;
import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** ./course run with a real server of stage 5. */
@Timeout(120)
class RunTest {
    @Test
    @DisplayName("SIGTERM to the tool stops the server in order; the tool ends after it, with its exit code")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void handsSignalsOn() throws Exception {
        try (RealServer server = RealServer.byTool()) {
            ProcessHandle child = server.server();
            server.process().destroy();
            assertThat(server.process().waitFor()).isZero();
            assertThat(child).isNotEqualTo(server.process().toHandle());
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    @DisplayName("the server's exit code is the tool's")
    void passesTheExitCodeOn() throws Exception {
        Result result = Tool.run(RealServer.course("run", "5", "no-such-file"));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("no-such-file: there is no such file");
    }
}
