package dev.gserver.tools.client;

import dev.gserver.tools.common.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A client: sends what the words say, and prints all bytes with what they mean. */
@Command(
        name = "send",
        customSynopsis = {"send [PORT] WORD...", "         [--split N]", "         [--wait MS]"},
        description = {
            "talk to a server: ping, register:NAME:PASSWORD, login:NAME:PASSWORD, hex:0008...",
            "in pieces of N bytes",
            "how long to wait for an answer"
        })
public final class SendCommand implements Callable<Integer> {
    private static final int FIRST_PORT = 9000; // what listen.ports begins with by default
    private static final int LAST_PORT = 65_535;

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "what to send, in this order; first perhaps a port")
    private List<String> words;

    @Option(names = "--split", paramLabel = "N", description = "send pieces of N bytes")
    private Integer piece;

    @Option(names = "--wait", paramLabel = "MS", defaultValue = "2000", description = "by default ${DEFAULT-VALUE}")
    private int waitMillis;

    @Override
    public Integer call() {
        boolean hasPort = words.get(0).matches("[0-9]+");
        int port = hasPort ? port(words.get(0)) : FIRST_PORT;
        List<String> requests = words.subList(hasPort ? 1 : 0, words.size());
        if (requests.isEmpty()) {
            throw Refusal.ofArguments("WORD is missing");
        }
        if (waitMillis < 1 || piece != null && piece < 1) {
            throw Refusal.ofArguments("--split and --wait: expected a number from 1");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        requests.forEach(word -> bytes.writeBytes(Word.bytes(word)));
        Exchange exchange = new Exchange(waitMillis, System.out);
        return exchange.run(port, bytes.toByteArray(), piece == null ? Integer.MAX_VALUE : piece) ? 0 : 1;
    }

    private static int port(String word) {
        if (word.length() > 5 || Integer.parseInt(word) < 1 || Integer.parseInt(word) > LAST_PORT) {
            throw Refusal.ofArguments("port '" + word + "': expected 1 to " + LAST_PORT);
        }
        return Integer.parseInt(word);
    }
}
