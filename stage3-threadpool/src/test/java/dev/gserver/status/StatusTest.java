package dev.gserver.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.GServer;
import dev.gserver.config.ServerConfig;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusTest {
    @Test
    @DisplayName("it names the stage and the addresses")
    void namesStageAndAddresses() throws Exception {
        try (GServer server = start("0,0")) {
            StatusReader status = new StatusReader(server);
            assertThat(status.get("Stage")).isEqualTo(GServer.STAGE);
            assertThat((String[]) status.get("Addresses"))
                    .containsExactly(
                            "127.0.0.1:" + server.addresses().get(0).getPort(),
                            "127.0.0.1:" + server.addresses().get(1).getPort());
        }
    }

    @Test
    @DisplayName("each server has one of its own, and takes it away when it closes")
    void goesWithItsServer() throws Exception {
        Set<ObjectName> before = StatusReader.names();
        GServer one = start("0");
        GServer other = start("0");
        ObjectName nameOfOne = new StatusReader(one).name();
        ObjectName nameOfOther = new StatusReader(other).name();
        assertThat(nameOfOne).isNotEqualTo(nameOfOther);
        one.close();
        assertThat(StatusReader.names()).contains(nameOfOther).doesNotContain(nameOfOne);
        other.close();
        assertThat(StatusReader.names()).isEqualTo(before);
    }

    @Test
    @DisplayName("a start that fails leaves none; a start after a close brings one again")
    void comesWithAStartThatWorks() throws Exception {
        Set<ObjectName> before = StatusReader.names();
        GServer server = new GServer(ServerConfig.load(null, Map.of("listen.ports", "0")));
        for (int i = 0; i < 2; i++) {
            server.start();
            assertThat(StatusReader.names()).hasSize(before.size() + 1);
            int taken = server.addresses().get(0).getPort();
            assertThatThrownBy(() -> start("0," + taken)).hasMessageContaining(":" + taken);
            assertThat(StatusReader.names()).hasSize(before.size() + 1);
            server.close();
            assertThat(StatusReader.names()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("a server whose bean somebody else took away closes all the same")
    void closesWithoutItsBean() throws Exception {
        InetSocketAddress address;
        try (GServer server = start("0")) {
            address = server.addresses().get(0);
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new StatusReader(server).name());
        }
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    @DisplayName("it can be read and not written, and has nothing to call")
    void isReadOnly() throws Exception {
        try (GServer server = start("0")) {
            StatusReader status = new StatusReader(server);
            assertThat(status.info().getOperations()).isEmpty();
            assertThat(status.info().getAttributes()).isNotEmpty().allMatch(attribute -> !attribute.isWritable());
            assertThatThrownBy(() -> ManagementFactory.getPlatformMBeanServer()
                            .setAttribute(status.name(), new Attribute("Stage", "another")))
                    .isInstanceOf(AttributeNotFoundException.class);
        }
    }

    private static GServer start(String ports) throws Exception {
        GServer server = new GServer(ServerConfig.load(null, Map.of("listen.ports", ports)));
        server.start();
        return server;
    }
}
