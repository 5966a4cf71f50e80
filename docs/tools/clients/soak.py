#!/usr/bin/env python3
"""Soak test: many clients that talk, stall, reset, send garbage or go silent, at random, for as long as you like.

usage: python3 docs/tools/clients/soak.py JAR MINUTES [SEED]     (or: ./course soak N MINUTES [SEED])

Every answer is checked, and every request is accounted for. At the end the server has to be as it was before the
storm: descriptors, threads and connection pool, with no mailbox, outbox or timer entry left. Linux and a JDK only.
"""
import contextlib
import os
import random
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

CLIENTS = 60  # at a time
POOL = 500  # worker.connections
WORKERS = 4
INTERVAL = 10  # seconds of the heartbeat; three of them without a ping are far more than any client but `silent` needs
PENDING = 2_000_000  # send.max-pending-bytes: low, so that those who stall are not read from for a while
PATIENCE = 90  # seconds until something counts as missing; the machine may be busy
KEPT = {"Client": "epoll.Client", "Mailbox": "threadpool.Mailbox", "Outbox": "send.Outbox",
        "TimerEntry": "timer.TimerEntry"}  # one a client
EXPECTED_LOG = re.compile(
    r"^[\d-]{10} [\d:.]{12} WARNING 127\.0\.0\.1:\d+: (packet dropped: |closed at once: all worker\.connections are taken"
    r"|closed: (packet length |no ping for |it takes no answer for |its packet stays incomplete for "
    r"|more than \d+ bytes of answers would wait for it))"
    r"|^Picked up ")  # a line of the JVM about its environment


class Fault(Exception):
    """Something is not as it has to be, in plain words."""


def packet(code, body=b"", crc=None):
    return struct.pack(">HHI", 8 + len(body), code, zlib.crc32(body) if crc is None else crc) + body


PING = packet(0)
BAD = [packet(0, crc=1), packet(99, b"?"), packet(5, bytes(100), crc=1), packet(6, b"short"), packet(65535, bytes(28992))]


def pairs_without_ping(rng, count):
    """Random register and login packets, each with its answer."""
    heads = [(code, rng.randbytes(60 if code == 5 else 56)) for code in rng.choices((5, 6), k=count)]
    return [(packet(code, head + rng.randbytes(40)), packet(code, head + bytes(40))) for code, head in heads]


def exchange(client, rng, pairs, then=b"", cut=False, stall=0.0, half_close=False, until_end=False, leave_after=None):
    """Sends the requests of `pairs` and the bytes `then`, checks the answers, and returns how many came."""
    out = b"".join(request for request, _ in pairs) + then
    size = sum(len(answer) for _, answer in pairs)
    enough = size if leave_after is None else min(size, leave_after)
    got, sent, ended, reading_from = bytearray(), 0, False, time.monotonic() + stall
    while not ended and (sent < len(out) or until_end or len(got) < enough):
        reading = time.monotonic() >= reading_from
        readable, writable, _ = select.select(
            [client] * reading, [client] * (sent < len(out)), [], PATIENCE if reading else 0.05)
        if reading and not readable and not writable:
            raise Fault(f"nothing happened for {PATIENCE} s; {len(got)} of {size} bytes have come")
        if writable:
            sent += client.send(out[sent:sent + (rng.randrange(1, 40) if cut else 1 << 16)])
            if sent == len(out) and half_close:
                client.shutdown(socket.SHUT_WR)
            if cut and rng.random() < 0.2:
                time.sleep(0.002)
        if readable:
            more = client.recv(1 << 16)
            got += more
            ended = not more
    position = answers = 0
    for number, (_, answer) in enumerate(pairs):
        part = got[position:position + len(answer)]
        if part != answer[:len(part)]:
            raise Fault(f"packet {number}: expected the answer {answer.hex()}, got {part.hex()}")
        position += len(answer)
        answers += len(answer) > 0 and len(part) == len(answer)
    if len(got) > size:
        raise Fault(f"bytes that nobody asked for: {got[size:size + 200].hex()}")
    if ended and (len(got) < size or not until_end):
        raise Fault(f"closed too early, after {len(got)} of {size} bytes")
    return answers


class Soak:
    """The clients, each on a thread of its own, and the count of what they did."""

    def __init__(self, server, seed):
        self.ports, self.seed = server.ports, seed
        self.lock, self.faults = threading.Lock(), []
        self.count = dict.fromkeys(("connections", "requests", "answers", "cut", "kicked"), 0)
        # Drawn from over and over: making packets would keep the clients busier than the server.
        self.stock = pairs_without_ping(random.Random(f"{seed}"), 2000) + [(PING, PING)] * 1000
        self.quick = [self.steady, self.burst, self.cut, self.stall, self.half_close, self.reset, self.garbage]
        self.slow = [self.faithful] + [self.silent] * server.kicks

    def add(self, **more):
        with self.lock:
            for key, value in more.items():
                self.count[key] += value

    def run(self, seconds, slow=True):
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=self.work, args=(number, until, slow), daemon=True) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        told = time.monotonic()
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.2)
            if time.monotonic() - told >= 30:
                told = time.monotonic()
                print(f"{told - until + seconds:6.0f} s: {self.totals()}", flush=True)

    def totals(self):
        with self.lock:
            return ", ".join(f"{key} {value}" for key, value in self.count.items())

    def work(self, number, until, slow):
        rng = random.Random(f"{self.seed}/{number}")
        while time.monotonic() < until and not self.faults:
            behaviour = rng.choice(self.slow if slow and rng.random() < 0.01 else self.quick)
            try:
                behaviour(rng)
            except Exception as fault:  # whatever it is, it ends the test
                self.faults.append(f"client {number}, {behaviour.__name__}: {type(fault).__name__}: {fault}")

    def pairs(self, rng, least, most):
        return rng.choices(self.stock, k=rng.randrange(least, most))

    def connect(self, rng, receive_buffer=None):
        self.add(connections=1)
        client = socket.socket()
        if receive_buffer:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        client.settimeout(PATIENCE)
        client.connect(("127.0.0.1", rng.choice(self.ports)))
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def talk(self, client, rng, pairs, **options):
        asked = sum(len(answer) > 0 for _, answer in pairs)
        self.add(requests=asked)
        answers = exchange(client, rng, pairs, **options)
        self.add(answers=answers, cut=asked - answers if "leave_after" in options else 0)

    def once(self, rng, pairs, receive_buffer=None, **options):
        with self.connect(rng, receive_buffer) as client:
            self.talk(client, rng, pairs, **options)

    def steady(self, rng):
        with self.connect(rng) as client:
            for _ in range(rng.randrange(5, 20)):
                self.talk(client, rng, [(PING, PING)] + self.pairs(rng, 0, 3))
                time.sleep(rng.random() / 10)

    def burst(self, rng):
        self.once(rng, self.pairs(rng, 100, 1000))

    def cut(self, rng):
        self.once(rng, self.pairs(rng, 5, 30), cut=True)

    def stall(self, rng):
        self.once(rng, self.pairs(rng, 1000, rng.choice((5000, 60000))), receive_buffer=16384, stall=rng.random() * 3)

    def half_close(self, rng):
        pairs = self.pairs(rng, 1, 1000) + [(bad, b"") for bad in rng.choices(BAD, k=rng.randrange(5))]
        rng.shuffle(pairs)
        self.once(rng, pairs, half_close=True, until_end=True)

    def garbage(self, rng):
        bad = struct.pack(">HHI", rng.choice((0, 7, 29001, 65535)), 0, 0) + rng.randbytes(rng.randrange(1000))
        self.once(rng, self.pairs(rng, 0, 50), then=bad, until_end=True)

    def reset(self, rng):
        """Leaves in the middle of a packet and, often, of an answer."""
        pairs = self.pairs(rng, 1, 1000)
        with self.connect(rng) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.talk(client, rng, pairs, then=pairs[0][0][:rng.randrange(8)], leave_after=rng.randrange(len(pairs) * 60))

    def faithful(self, rng):
        """Pings now and then, for longer than a silent client could stay."""
        with self.connect(rng) as client:
            start = time.monotonic()
            while time.monotonic() - start < 4.5 * INTERVAL and not self.faults:
                self.talk(client, rng, [(PING, PING)])
                time.sleep(rng.random() * INTERVAL / 2)

    def silent(self, rng):
        """Pings once at most and then only talks: has to be closed after three intervals, not earlier."""
        start = time.monotonic()
        with self.connect(rng) as client:
            self.talk(client, rng, [(PING, PING)] * rng.randrange(2))
            while time.monotonic() - start < 2 * INTERVAL and not self.faults:
                self.talk(client, rng, pairs_without_ping(rng, 1))
                time.sleep(rng.random() * INTERVAL / 4)
            exchange(client, rng, [], until_end=True)
            if time.monotonic() - start < 3 * INTERVAL:
                raise Fault(f"closed after {time.monotonic() - start:.2f} s, before 3 intervals of {INTERVAL} s")
            self.add(kicked=1)


class Server:
    def __init__(self, jar, folder):
        self.log = os.path.join(folder, "log")
        copy = shutil.copy(jar, folder)  # a build meanwhile would pull the jar away from under the server
        self.kicks = re.findall(r"stage(\d)", os.path.abspath(jar))[-1:] != ["4"]
        settings = {"listen.ports": "0,0", "worker.connections": POOL, "worker.threads": WORKERS,
                    "send.max-pending-bytes": PENDING}
        if self.kicks:
            settings["heartbeat.interval-ms"] = INTERVAL * 1000
        options = [f"-Dgserver.{key}={value}" for key, value in settings.items()]
        self.tools = os.path.join(os.environ["JAVA_HOME"], "bin", "") if os.environ.get("JAVA_HOME") else ""
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([self.tools + "java", "-Xmx256m", *options, "-jar", copy],
                                            stdout=subprocess.PIPE, stderr=log, text=True)
        self.start_line = self.process.stdout.readline().strip()
        self.ports = [int(port) for port in re.findall(r":(\d+)", self.start_line)]
        names = ["event-loop", "send", *(f"worker-{number + 1}" for number in range(WORKERS))] + ["timer"] * self.kicks
        self.quiet = {"threads": " ".join(sorted(names)), **dict.fromkeys(KEPT, 0)}

    def state(self):
        """What must be the same after the storm as before it. Collects garbage first."""
        proc = f"/proc/{self.process.pid}"
        histogram = subprocess.run([self.tools + "jcmd", str(self.process.pid), "GC.class_histogram"],
                                   capture_output=True, text=True, check=True, timeout=PATIENCE).stdout
        names = []
        for task in os.listdir(f"{proc}/task"):
            with contextlib.suppress(OSError), open(f"{proc}/task/{task}/comm") as file:  # the JVM's own come and go
                names += re.findall(r"^(?:event-loop|worker-\d+|send|timer)$", file.read().strip())
        state = {"threads": " ".join(sorted(names))}
        for short, name in KEPT.items():
            found = re.search(rf" (\d+) +\d+ +dev\.gserver\.{re.escape(name)}(?![\w$])", histogram)
            state[short] = int(found.group(1)) if found else 0
        state["descriptors"] = len(os.listdir(f"{proc}/fd"))
        return state

    def settle(self, when, wanted):
        """Waits until the state is as wanted, three times in a row the same; returns it, and what is wrong with it."""
        deadline, last = time.monotonic() + PATIENCE, [None] * 3
        while True:
            state = self.state()
            last = last[1:] + [state]
            wrong = [f"{when}: {key} {state[key]}, expected {value}" for key, value in wanted.items() if state[key] != value]
            if not wrong and last == [state] * 3 or time.monotonic() > deadline:
                print(f"{when}: {', '.join(f'{key} {value}' for key, value in state.items())}", flush=True)
                return state, wrong
            time.sleep(0.2)


def check_pool(ports):
    """Every place of the pool can be taken, and not one more."""
    with contextlib.ExitStack() as stack:
        for number in range(1, POOL - len(ports) + 2):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", ports[number % len(ports)]), PATIENCE))
            answer = b""
            with contextlib.suppress(ConnectionError):
                client.sendall(PING)
                answer = client.recv(100)
            if answer != (PING if number <= POOL - len(ports) else b""):
                raise Fault(f"client {number} of a pool of {POOL}, {len(ports)} of them ports, got '{answer.hex()}'")
    print(f"the pool: {number - 1} clients at once are answered, one more is closed")


def storm(server, minutes, seed, faults):
    """All of the test but the log; adds what is wrong to `faults`."""
    if not server.ports:
        raise Fault("the server has not started")
    print(f"{server.start_line}, process {server.process.pid}", flush=True)
    warm_up = Soak(server, f"{seed}/warm-up")
    warm_up.run(5, slow=False)
    print(f"warmed up: {warm_up.totals()}")
    faults += warm_up.faults
    before, wrong = server.settle("before", server.quiet)
    faults += wrong
    if faults:
        return
    soak = Soak(server, seed)
    soak.run(minutes * 60)
    print(f"done: {soak.totals()}", flush=True)
    faults += soak.faults
    faults += server.settle("after", before)[1]
    missing = soak.count["requests"] - soak.count["answers"] - soak.count["cut"]
    if missing:
        faults.append(f"{missing} requests are neither answered nor cut")
    if not faults:
        check_pool(server.ports)
    server.process.send_signal(signal.SIGTERM)
    if server.process.wait(PATIENCE) != 0:
        faults.append(f"exit code {server.process.returncode} after SIGTERM, expected 0")


def main(jar, minutes, seed):
    print(f"soak: {minutes:g} min, {CLIENTS} clients at a time, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        server, faults = Server(jar, folder), []
        try:
            storm(server, minutes, seed, faults)
        except (Fault, OSError, subprocess.SubprocessError) as fault:
            faults.append(f"{type(fault).__name__}: {fault}")
            if server.process.poll() is not None:
                faults.append(f"the server has ended, exit code {server.process.returncode}")
        finally:
            server.process.kill()
            server.process.wait()
        with open(server.log, errors="replace") as log:
            lines = log.read().splitlines()
    odd = [line for line in lines if not EXPECTED_LOG.search(line)]
    print(f"log: {len(lines) - len(odd)} expected warnings, {len(odd)} other lines")
    for fault in faults + [f"in the log: {line}" for line in odd[:20]]:
        print(f"FAIL {fault}")
    failed = bool(faults or odd)
    print(f"{'FAILED' if failed else 'passed'}, seed {seed}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.split("\n\n")[1])
    sys.exit(main(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else str(random.randrange(10**9))))
