package dev.gserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("without a file and overrides, the defaults hold")
    void hasDefaults() throws Exception {
        ServerConfig config = ServerConfig.load(null, Map.of());
        assertThat(config.listenAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(config.listenPorts()).containsExactly(9000, 9001);
        assertThat(config.listenBacklog()).isEqualTo(511);
        assertThat(config.workerConnections()).isEqualTo(2048);
        assertThat(config.stopGrace()).hasSeconds(5);
        assertThat(config.workerThreads())
                .isEqualTo(Math.min(Runtime.getRuntime().availableProcessors(), 1_024));
    }

    @Test
    @DisplayName("a file changes what it names, in UTF-8 and with spaces around values")
    void readsFile() throws Exception {
        String file = file("# a comment", "listen.ports = 9100 , 0,9102 ", "listen.backlog=16");
        ServerConfig config = ServerConfig.load(file, Map.of());
        assertThat(config.listenPorts()).containsExactly(9100, 0, 9102);
        assertThat(config.listenBacklog()).isEqualTo(16);
    }

    @Test
    @DisplayName("a file as Windows editors write it: a byte order mark in front, lines that end in CR LF")
    void readsFileFromWindows() throws Exception {
        String file = Files.writeString(
                        folder.resolve("windows.properties"), "\uFEFFlisten.ports=9100\r\nlisten.backlog=16\r\n")
                .toString();
        ServerConfig config = ServerConfig.load(file, Map.of());
        assertThat(config.listenPorts()).containsExactly(9100);
        assertThat(config.listenBacklog()).isEqualTo(16);
    }

    @Test
    @DisplayName("an empty file changes nothing")
    void readsEmptyFile() throws Exception {
        assertThat(ServerConfig.load(file(), Map.of()).listenPorts()).containsExactly(9000, 9001);
    }

    @Test
    @DisplayName("an override wins over the file")
    void overridesFile() throws Exception {
        String file = file("listen.backlog=16", "listen.address=::1");
        ServerConfig config = ServerConfig.load(file, Map.of("listen.backlog", "17"));
        assertThat(config.listenBacklog()).isEqualTo(17);
        assertThat(config.listenAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    @DisplayName("a default that other values make wrong is named like any bad value")
    void reportsBadDefault() {
        Map<String, String> manyPorts = Map.of("listen.ports", "0" + ",0".repeat(2_047));
        assertRefused(null, manyPorts)
                .hasMessage("worker.connections (the default) = 2048: expected a whole number from 2049 to 1000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen.address            | ''",
                "listen.address            | 256.1.1.1",
                "listen.ports              | ''",
                "listen.ports              | 65536",
                "listen.ports              | -1",
                "listen.ports              | '9000,'",
                "listen.ports              | '9000,9000'",
                "listen.ports              | http",
                "listen.backlog            | 0",
                "listen.backlog            | 65536",
                "listen.backlog            | many",
                "worker.connections        | 2",
                "worker.connections        | 1000001",
                "stop.grace-ms             | -1",
                "stop.grace-ms             | 600001",
                "worker.threads            | 0",
                "worker.threads            | 1025",
            })
    @DisplayName("a bad value is refused in one line: where, key, value, what is expected")
    void refusesBadValue(String key, String value) throws Exception {
        assertRefused(null, Map.of(key, value))
                .hasMessageStartingWith("-Dgserver." + key + " = ")
                .hasMessageContaining(": expected ")
                .hasMessageContaining(value)
                .hasMessageNotContaining("\n");
        String file = file(key + "=" + value);
        assertRefused(file, Map.of()).hasMessageStartingWith(file + ": " + key + " = ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen.ports              | 0",
                "listen.ports              | 65535",
                "listen.ports              | '0,0'",
                "listen.backlog            | 1",
                "listen.backlog            | 65535",
                "worker.connections        | 3",
                "worker.connections        | 1000000",
                "stop.grace-ms             | 0",
                "stop.grace-ms             | 600000",
                "worker.threads            | 1",
                "worker.threads            | 1024",
            })
    @DisplayName("the ends of each range are allowed")
    void takesEndsOfRange(String key, String value) throws Exception {
        ServerConfig.load(null, Map.of(key, value));
    }

    @Test
    @DisplayName("values arrive under their own names")
    void tellsKeysApart() throws Exception {
        ServerConfig config = ServerConfig.load(
                null,
                Map.ofEntries(
                        Map.entry("worker.threads", "3"),
                        Map.entry("worker.connections", "100"),
                        Map.entry("stop.grace-ms", "70")));
        assertThat(config.workerConnections()).isEqualTo(100);
        assertThat(config.stopGrace()).hasMillis(70);
        assertThat(config.workerThreads()).isEqualTo(3);
    }

    @Test
    @DisplayName("an unknown key is refused, with the keys that there are")
    void refusesUnknownKey() throws Exception {
        String file = file("listen.port=9000");
        assertRefused(file, Map.of())
                .hasMessageStartingWith(file + ": listen.port = 9000: expected one of the keys ")
                .hasMessageContaining("listen.address, listen.backlog, listen.ports");
    }

    @Test
    @DisplayName("a key that a file gives twice is refused, also with the same value; -D may give it once more")
    void refusesRepeatedKey() throws Exception {
        String twice = file("listen.backlog=16", "listen.ports=0", "listen.backlog: 16");
        assertRefused(twice, Map.of("listen.backlog", "17"))
                .hasMessage(twice + ": listen.backlog is given twice: expected once");
    }

    @ParameterizedTest
    @CsvSource({"00a0", "000a", "000d", "0009", "001b", "0085", "200b", "2028", "202e", "3000", "feff"})
    @DisplayName("a character that nobody can see stands as its number in the message, which is one line")
    void showsInvisibleCharacters(String number) throws Exception {
        String shown = "\\u" + number;
        String invisible = Character.toString(Integer.parseInt(number, 16));
        assertRefused(file("listen.backlog = 1" + shown + "6"), Map.of())
                .as("a value in a file")
                .hasMessageContaining(": listen.backlog = 1" + shown + "6: expected a whole number")
                .hasMessageNotContaining(invisible);
        assertRefused(null, Map.of("listen." + invisible + "x", "a" + invisible + "b"))
                .as("an unknown key, and its value")
                .hasMessageStartingWith("-Dgserver.listen." + shown + "x = a" + shown + "b: expected one of the keys ")
                .hasMessageNotContaining(invisible);
        assertRefused(folder + "/a" + invisible + "b", Map.of())
                .as("the name of a file")
                .hasMessageContaining("a" + shown + "b: ")
                .hasMessageNotContaining(invisible);
    }

    @Test
    @DisplayName("letters of any language are shown as they are")
    void showsVisibleCharacters() {
        assertRefused(null, Map.of("listen.address", "服务器 ñ"))
                .hasMessageStartingWith("-Dgserver.listen.address = 服务器 ñ: expected ");
    }

    @Test
    @DisplayName("a file that is not there, or cannot be read, is named")
    void refusesUnreadableFile() throws Exception {
        String missing = folder.resolve("missing.properties").toString();
        assertRefused(missing, Map.of()).hasMessage(missing + ": there is no such file; expected a properties file");
        assertRefused("a\0b", Map.of()).hasMessageContaining("cannot be read (not a path)");
        assertRefused(folder.toString(), Map.of()).hasMessageStartingWith(folder + ": cannot be read (");
        Path notText = Files.write(folder.resolve("not.text"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertRefused(notText.toString(), Map.of()).hasMessageStartingWith(notText + ": cannot be read (not UTF-8)");
    }

    @Test
    @DisplayName("a file that may not be read is named, with the reason")
    void refusesForbiddenFile() throws Exception {
        Path forbidden = Path.of(file("listen.backlog=16"));
        assumeTrue(forbidden.toFile().setReadable(false) && !Files.isReadable(forbidden), "may read everything");
        assertRefused(forbidden.toString(), Map.of())
                .hasMessageStartingWith(forbidden + ": cannot be read (permission denied)");
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(String file, Map<String, String> overrides) {
        return assertThatThrownBy(() -> ServerConfig.load(file, overrides)).isInstanceOf(ConfigException.class);
    }

    private String file(String... lines) throws Exception {
        return Files.write(folder.resolve("test.properties"), java.util.List.of(lines))
                .toString();
    }
}
