#!/usr/bin/env python3
"""Acceptance test of stage 5 from outside, by a client that shares no code with it.

usage: python3 docs/tools/clients/acceptance.py stage5-timer/target/gserver.jar
"""
import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from acceptance_client import PATIENCE, PING, Client, equal, login, packet, register

JAR = sys.argv[1]
# Without options for every JVM, which it would tell of on standard error.
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name not in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")}
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"


@contextlib.contextmanager
def server(**settings):
    """A server on two free ports; yields its process and the ports."""
    settings = {"listen.ports": "0,0", **{key.replace("_", "."): value for key, value in settings.items()}}
    options = [f"-Dgserver.{key}={value}" for key, value in settings.items()]
    process = subprocess.Popen([JAVA, *options, "-jar", JAR], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        line = process.stdout.readline().split()
        equal(line[:4], ["gserver", "stage5-timer", "listening", "on"], "the start line")
        yield process, [int(address.rpartition(":")[2]) for address in line[4:]]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def run(*arguments):
    return subprocess.run([JAVA, *arguments], capture_output=True, text=True, timeout=PATIENCE, env=ENVIRONMENT)


def answers_each_code(ports):
    with Client(ports[0]) as client:
        client.send(PING, register(-7, "grüße", "secret"), login("王", "secret"))
        client.expect(PING, register(-7, "grüße"), login("王"))


def one_byte_at_a_time(ports):
    with Client(ports[0]) as client:
        for byte in register(1, "slow", "secret") + PING:
            client.send(bytes([byte]))
        client.expect(register(1, "slow"), PING)


def thousand_packets_in_one_write(ports):
    with Client(ports[0]) as client:
        client.send(*(register(number, "user", "secret") for number in range(1000)))
        client.expect(*(register(number, "user") for number in range(1000)))


def both_ports(ports):
    equal(len(set(ports)), 2, "different ports")
    for port in ports:
        with Client(port) as client:
            client.send(PING).expect(PING)


def bad_length_closes(ports):
    with Client(ports[0]) as other:
        for length in (0, 7, 29001, 65535):
            with Client(ports[0]) as client:
                client.send(register(length, "before"), packet(5, length=length)).expect(register(length, "before"))
                client.expect_end()
        other.send(PING).expect(PING)


def bad_packets_are_dropped(ports):
    bad = [packet(5, bytes(100), crc=1), packet(0, crc=1), packet(99), packet(65535, bytes(28992)),
           packet(0, b"x"), packet(5, bytes(99)), packet(6, bytes(97))]
    with Client(ports[0]) as client:
        for number, each in enumerate(bad):
            client.send(each, register(number, "after")).expect(register(number, "after"))


def five_hundred_clients(ports):
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(Client(ports[number % 2])) for number in range(500)]
        for number, client in enumerate(clients):
            client.send(register(number, f"user {number}", "secret"), PING)
        for number, client in enumerate(clients):
            client.expect(register(number, f"user {number}"), PING)


def half_close(ports):
    with Client(ports[0]) as client:
        client.send(*(register(number, "user") for number in range(100)))
        client.socket.shutdown(socket.SHUT_WR)
        client.expect(*(register(number, "user") for number in range(100)))
        client.expect_end()


def late_reader(ports):
    count = 20000
    with Client(ports[0]) as client, Client(ports[0]) as other:
        client.send(*(register(number, "user") for number in range(count)))
        other.send(PING).expect(PING)
        client.expect(*(register(number, "user") for number in range(count)))


def never_reads(limit=2_000_000):
    with server(**{"send.max-pending-bytes": limit}) as (_, ports):
        with Client(ports[0], receive_buffer=4096) as client, Client(ports[0]) as other:
            many = b"".join(register(number, "user") for number in range(1000))
            deadline = time.monotonic() + PATIENCE
            client.socket.settimeout(5)
            with contextlib.suppress(ConnectionError, TimeoutError):  # closed, or not read from any more
                while time.monotonic() < deadline:
                    client.socket.sendall(many)
            if time.monotonic() >= deadline:
                raise AssertionError("what it sends is still taken, though it never reads")
            other.send(PING).expect(PING)


def never_reads_with_the_default_limit():
    never_reads(4194304)


def kicks_silent_clients():
    with server(**{"heartbeat.interval-ms": 1000}) as (_, ports):
        with Client(ports[0]) as silent, Client(ports[0]) as talking, Client(ports[0]) as pinging:
            start = time.monotonic()
            closed = {}
            while len(closed) < 2 or time.monotonic() - start < 5:
                if time.monotonic() - start > PATIENCE:
                    raise AssertionError(f"closed after {PATIENCE} s: {sorted(closed)}, expected silent and talking")
                pinging.send(PING).expect(PING)
                if "talking" not in closed:
                    with contextlib.suppress(ConnectionError):
                        talking.send(register(1, "user"))
                for name, client in (("silent", silent), ("talking", talking)):
                    if name not in closed and select.select([client.socket], [], [], 0.05)[0]:
                        if client.receive() == [b""]:
                            closed[name] = time.monotonic() - start
            for name, seconds in closed.items():
                if seconds < 3:
                    raise AssertionError(f"{name} closed after {seconds:.2f} s, expected more than 3 intervals of 1 s")
            pinging.send(PING).expect(PING)


def refuses_bad_configuration():
    with tempfile.NamedTemporaryFile("w", suffix=".properties") as file:
        file.write("worker.thread=4\n")
        file.flush()
        for arguments, words in (
            (["-jar", JAR, file.name], [file.name, "worker.thread = 4", "worker.threads"]),
            (["-Dgserver.worker.threads=none", "-jar", JAR], ["worker.threads = none", "1 to 1024"]),
            (["-jar", JAR, "/no/such.properties"], ["/no/such.properties"]),
        ):
            result = run(*arguments)
            equal(result.returncode, 2, "exit code")
            equal(result.stderr.count("\n"), 1, "lines on standard error")
            for word in words:
                equal(word in result.stderr, True, f"'{word}' in '{result.stderr.strip()}'")


def refuses_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        result = run(f"-Dgserver.listen.ports=0,{address.rpartition(':')[2]}", "-jar", JAR)
        equal(result.returncode, 1, "exit code")
        equal(result.stderr.count("\n"), 1, "lines on standard error")
        equal(address in result.stderr, True, f"'{address}' in '{result.stderr.strip()}'")


def stops_on_sigterm():
    for number in (signal.SIGTERM, signal.SIGINT):
        with server() as (process, ports), Client(ports[0]) as client:
            client.send(*(register(number, "user") for number in range(100))).expect(register(0, "user"))
            process.send_signal(number)
            client.expect(*(register(number, "user") for number in range(1, 100)))
            client.expect_end()
            equal(process.wait(PATIENCE), 0, "exit code")


def second_signal_ends_at_once():
    with server(**{"stop.grace-ms": 600000}) as (process, ports):
        with Client(ports[0], receive_buffer=4096) as client:
            client.socket.settimeout(1)
            with contextlib.suppress(TimeoutError):  # when nothing more fits anywhere, the stop has to wait for us
                while True:
                    client.send(*(register(number, "user") for number in range(1000)))
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):  # signals that come within a second are one
                raise AssertionError(f"the stop has not waited: exit code {process.wait(3)}")
            process.send_signal(signal.SIGINT)
            equal(process.wait(PATIENCE), 130, "exit code")


def shows_demo():
    start = time.monotonic()
    result = run("-jar", JAR, "demo")
    equal(result.returncode, 0, "exit code")
    equal("procPingTimeOutChecking.1" in result.stdout, True, "the kick in what the demo shows")
    equal(time.monotonic() - start < 10, True, "ends within 10 s")


def shows_in_process_list():
    if not shutil.which("ps"):
        return
    with server() as (process, _):
        lines = subprocess.run(["ps", "-eo", "pid,ppid,sid,tty,pgrp,comm,stat,cmd"], capture_output=True, text=True).stdout
        found = [line for line in lines.splitlines() if "gserver" in line and line.split()[0] == str(process.pid)]
        equal(len(found), 1, "lines with gserver and its process number")


def main():
    shared = [answers_each_code, one_byte_at_a_time, thousand_packets_in_one_write, both_ports, bad_length_closes,
              bad_packets_are_dropped, five_hundred_clients, half_close, late_reader]
    alone = [never_reads, never_reads_with_the_default_limit, kicks_silent_clients, refuses_bad_configuration, refuses_port_in_use, stops_on_sigterm,
             second_signal_ends_at_once, shows_demo, shows_in_process_list]
    # A shell has what it runs in the background ignore SIGINT, and a JVM then leaves it at that: not so ours.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    failed = 0
    with server(**{"send.max-pending-bytes": 100_000_000}) as (_, ports):
        for check in shared + alone:
            name = check.__name__.replace("_", " ")
            try:
                check(ports) if check in shared else check()
                print(f"ok   {name}", flush=True)
            except Exception as fault:  # whatever it is, the other checks still run
                failed += 1
                print(f"FAIL {name}: {type(fault).__name__}: {fault}", flush=True)
    print(f"{len(shared) + len(alone) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
