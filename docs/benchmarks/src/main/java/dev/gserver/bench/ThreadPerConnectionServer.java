package dev.gserver.bench;

import dev.gserver.epoll.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The same service with blocking streams and a thread for each connection: a virtual one where the JDK has them (21 and
 * later), else one of the system's.
 */
final class ThreadPerConnectionServer {
    private static final int BUFFER_BYTES = 8 * 1024;

    private ThreadPerConnectionServer() {}

    public static void main(String[] args) throws IOException {
        ExecutorService threads = threads();
        try (ServerSocket server = new ServerSocket(0, 511, InetAddress.getLoopbackAddress())) {
            System.out.println("threads listening on 127.0.0.1:" + server.getLocalPort());
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        }
    }

    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) { // a JDK before 21
            return Executors.newCachedThreadPool();
        }
    }

    private static void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream(), BUFFER_BYTES));
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(client.getOutputStream(), BUFFER_BYTES));
            while (true) {
                serveOne(in, out);
                if (in.available() == 0) { // nothing more has come: what is answered goes out
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the client has left
        }
    }

    private static void serveOne(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readUnsignedShort();
        int code = in.readUnsignedShort();
        int crc32 = in.readInt();
        byte[] body = new byte[length - 8];
        in.readFully(body);
        List<Message> answers = new ArrayList<>(1); // a sink cannot throw what the stream does
        Handlers.handle(code, crc32, body, answers::add);
        for (Message answer : answers) {
            out.writeShort(answer.packetLength());
            out.writeShort(answer.code());
            out.writeInt(answer.crc32());
            out.write(answer.body());
        }
    }
}
