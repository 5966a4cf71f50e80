package dev.gserver.demo;

import dev.gserver.listen.ListeningSocket;
import dev.gserver.listen.ListeningSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Layer 1: ports that are open, and clients that get as far as the backlog though nobody accepts them. */
final class ListenDemo implements Scene {
    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 511;

    @Override
    public void play(Narrator narrator) throws Exception {
        narrator.act("""
                This layer alone: it opens two ports. Look for the same six steps for each port.""");
        try (ListeningSockets sockets = ListeningSockets.open(ADDRESS, List.of(0, 0), BACKLOG)) {
            knock(narrator, sockets.sockets());
            collide(narrator, sockets.sockets().get(0).address());
        }
        narrator.act("""
                A running server can be seen from outside:
                ps -eo pid,ppid,sid,tty,pgrp,comm,stat,cmd | grep gserver""");
        showProcess(narrator);
    }

    private static void knock(Narrator narrator, List<ListeningSocket> ports) throws IOException {
        narrator.act("""
                A client connects to each port and sends 5 bytes. Nobody accepts it, and no step is taken:
                the kernel completes the handshake and keeps client and bytes in the port's backlog.""");
        for (ListeningSocket port : ports) {
            try (Socket client = new Socket(ADDRESS, port.address().getPort())) {
                client.getOutputStream().write(new byte[5]);
                narrator.tell("connected from port " + client.getLocalPort() + " to " + port + ", 5 bytes sent");
            }
        }
    }

    private static void collide(Narrator narrator, InetSocketAddress taken) {
        narrator.act("""
                Two more ports are wanted, but the second is taken. All or nothing: the first is closed again.
                Look for the step that the second port does not reach.""");
        try (ListeningSockets never = ListeningSockets.open(ADDRESS, List.of(0, taken.getPort()), BACKLOG)) {
            throw new IllegalStateException("a port could be opened twice: " + never.sockets());
        } catch (IOException e) {
            narrator.tell("the error is: " + e.getMessage());
        }
    }

    private static void showProcess(Narrator narrator) throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        ProcessBuilder command = new ProcessBuilder("ps", "-o", "pid,ppid,sid,tty,pgrp,comm,stat,cmd", "-p", pid);
        try (BufferedReader lines = command.start().inputReader()) {
            lines.lines().forEach(narrator::tell);
        } catch (IOException e) {
            narrator.tell("there is no ps here; the process is number " + pid);
        }
    }
}
