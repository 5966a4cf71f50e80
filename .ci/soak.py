#!/usr/bin/env python3
"""Soak test: clients that ping, burst, cut, stall, half-close, reset, send garbage or go silent, at random, for a while.

usage: python3 .ci/soak.py JAR MINUTES [SEED]     (or: ./course soak N MINUTES [SEED])

Every answer is checked. At the end each request is accounted for, and the server is as it was before: descriptors,
threads, connection pool, and no mailbox, outbox or timer entry is left.
"""
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

CLIENTS = 40  # at a time
POOL = 300  # worker.connections
INTERVAL = 10  # seconds of the heartbeat; no client but the silent ones lives for three of them
PATIENCE = 120  # seconds; the machine may be busy
KEPT = ("dev.gserver.threadpool.Mailbox", "dev.gserver.send.Outbox", "dev.gserver.timer.TimerEntry")
EXPECTED_LOG = re.compile(
    r"WARNING 127\.0\.0\.1:\d+: (packet dropped: |closed: packet length |closed: no ping |closed at once: all worker)"
    r"|WARNING a client that has left: packet dropped: ")


def packet(code, body=b"", crc=None):
    crc = (zlib.crc32(body) if body else 0) if crc is None else crc
    return struct.pack(">HHI", 8 + len(body), code, crc) + body


PING = packet(0)
BAD_LENGTH = struct.pack(">HHI", 7, 0, 0)


def request(rng):
    """A random request, and its answer."""
    kind = rng.randrange(3)
    if kind == 0:
        return PING, PING
    head = (struct.pack(">i", rng.randrange(-2**31, 2**31)) if kind == 1 else b"") + rng.randbytes(56)
    return packet(4 + kind, head + rng.randbytes(40)), packet(4 + kind, head + bytes(40))


class Client:
    """A connection that checks every byte it gets."""

    def __init__(self, soak, rng, receive_buffer=None):
        self.soak, self.rng = soak, rng
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", rng.choice(soak.ports)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def exchange(self, count, cut=False, stall=0.0, dropped=0, then=b"", until_end=False, stop_after=None):
        """Sends `count` requests and what follows them; checks the answers, and the end; returns how many came."""
        pairs = [request(self.rng) for _ in range(count)]
        for _ in range(dropped):
            bad = self.rng.choice((packet(0, crc=1), packet(99, b"?"), packet(5, bytes(100), crc=1), packet(6, b"short")))
            pairs.insert(self.rng.randrange(len(pairs) + 1), (bad, b""))
        out = b"".join(pair[0] for pair in pairs) + then
        want = b"".join(pair[1] for pair in pairs)
        got = bytearray()
        reading_from = time.monotonic() + stall
        self.soak.add(sent=count)
        position = 0
        while position < len(out) or len(got) < len(want):
            if stop_after is not None and len(got) >= stop_after and position == len(out):
                break
            readers = [self.socket] if time.monotonic() >= reading_from else []
            writers = [self.socket] if position < len(out) else []
            readable, writable, _ = select.select(readers, writers, [], PATIENCE if readers else 0.05)
            if readers and not readable and not writable:
                raise AssertionError(f"nothing for {PATIENCE} s, {len(got)} of {len(want)} bytes are there")
            if writable:
                size = self.rng.randrange(1, 40) if cut else 65536
                position += self.socket.send(out[position:position + size], socket.MSG_DONTWAIT)
            if readable:
                more = self.socket.recv(65536)
                if not more:
                    raise AssertionError(f"closed after {len(got)} of {len(want)} bytes")
                got += more
        if until_end:
            if not then:
                self.socket.shutdown(socket.SHUT_WR)
            if self.socket.recv(1):
                raise AssertionError("more than the answers")
        if got != want[:len(got)]:
            raise AssertionError("a wrong answer")
        return self.whole(pairs, len(got))

    @staticmethod
    def whole(pairs, size):
        count = 0
        for _, answer in pairs:
            size -= len(answer)
            if size < 0:
                break
            count += bool(answer)
        return count

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Soak:
    def __init__(self, ports, kicks, seed):
        self.ports, self.kicks, self.seed = ports, kicks, seed
        self.lock = threading.Lock()
        self.count = {"connections": 0, "sent": 0, "checked": 0, "cut": 0, "kicked": 0}
        self.faults = []
        self.behaviours = [self.steady, self.burst, self.cut, self.stall, self.half_close, self.reset, self.garbage,
                           self.dropped] + ([self.silent] if kicks else [])

    def add(self, **more):
        with self.lock:
            for key, value in more.items():
                self.count[key] += value

    def run(self, until):
        threads = [threading.Thread(target=self.work, args=(number, until)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        told = time.monotonic()
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.2)
            if time.monotonic() - told >= 30:
                told = time.monotonic()
                print(f"  {max(0, until - told):6.0f} s left, {self.count}", flush=True)

    def work(self, number, until):
        rng = random.Random(f"{self.seed}/{number}")
        while time.monotonic() < until and not self.faults:
            behaviour = rng.choices(self.behaviours, [9] * 8 + [1] * (len(self.behaviours) - 8))[0]
            try:
                behaviour(rng)
            except Exception as fault:
                with self.lock:
                    self.faults.append(f"{behaviour.__name__}: {type(fault).__name__}: {fault}")

    def client(self, rng, **options):
        self.add(connections=1)
        return Client(self, rng, **options)

    def talk(self, rng, receive_buffer=None, **options):
        client = self.client(rng, receive_buffer=receive_buffer)
        with client.socket:
            self.add(checked=client.exchange(**options))

    def steady(self, rng):
        client = self.client(rng)
        with client.socket:
            for _ in range(rng.randrange(5, 20)):
                self.add(checked=client.exchange(rng.randrange(1, 4)))
                time.sleep(rng.random() / 10)

    def burst(self, rng):
        self.talk(rng, count=rng.randrange(100, 600))

    def cut(self, rng):
        self.talk(rng, count=rng.randrange(5, 30), cut=True)

    def stall(self, rng):
        self.talk(rng, receive_buffer=4096, count=rng.randrange(1000, 5000), stall=rng.random() * 2)

    def half_close(self, rng):
        self.talk(rng, count=rng.randrange(1, 300), until_end=True)

    def garbage(self, rng):
        self.talk(rng, count=rng.randrange(1, 50), then=BAD_LENGTH + rng.randbytes(rng.randrange(1000)), until_end=True)

    def dropped(self, rng):
        self.talk(rng, count=rng.randrange(1, 50), dropped=rng.randrange(1, 5))

    def reset(self, rng):
        """Leaves in the middle of a packet and, often, of an answer."""
        client = self.client(rng)
        count = rng.randrange(1, 500)
        with client.socket:
            client.reset()
            whole = client.exchange(count, then=PING[:rng.randrange(8)], stop_after=rng.randrange(count * 50))
            self.add(checked=whole, cut=count - whole)

    def silent(self, rng):
        """Sends no ping, and has to be closed after three intervals, not earlier."""
        start = time.monotonic()
        client = self.client(rng)
        with client.socket:
            self.add(checked=client.exchange(1))
            got = client.socket.recv(1)
            silent = time.monotonic() - start
            if got or silent < 3 * INTERVAL:
                raise AssertionError(f"{'an answer too many' if got else 'closed'} after {silent:.1f} s")
            self.add(kicked=1)


class Server:
    def __init__(self, jar, log):
        stage = int(re.search(r"stage(\d)", os.path.abspath(jar)).group(1))
        settings = {"listen.ports": "0,0", "worker.connections": POOL}
        if stage >= 5:
            settings["heartbeat.interval-ms"] = INTERVAL * 1000
        home = os.environ.get("JAVA_HOME")
        self.tool = lambda name: os.path.join(home, "bin", name) if home else name
        self.process = subprocess.Popen(
            [self.tool("java"), "-Xmx256m", *(f"-Dgserver.{key}={value}" for key, value in settings.items()), "-jar", jar],
            stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        self.ports = [int(port) for port in re.findall(r":(\d+)", line)]
        self.kicks = stage >= 5
        print(f"{line.strip()}, process {self.process.pid}")

    def state(self):
        """What must be the same after the storm as before it."""
        proc = f"/proc/{self.process.pid}"
        names = [open(f"{proc}/task/{task}/comm").read().strip() for task in os.listdir(f"{proc}/task")]
        histogram = subprocess.run([self.tool("jcmd"), str(self.process.pid), "GC.class_histogram"],
                                   capture_output=True, text=True, check=True).stdout
        state = {"threads": sorted(name for name in names if re.match(r"event-loop|worker-|send|timer", name))}
        for kept in KEPT:
            found = re.search(rf"(\d+) +\d+ +{re.escape(kept)}(?![\w$])", histogram)
            state[kept.rpartition(".")[2]] = int(found.group(1)) if found else 0
        state["descriptors"] = len(os.listdir(f"{proc}/fd"))
        return state

    def settle(self, wanted=None):
        """The state when it is the one wanted or, without one, when nobody is connected any more."""
        deadline = time.monotonic() + PATIENCE
        while True:
            state = self.state()
            done = state == wanted if wanted else not any(state[kept.rpartition(".")[2]] for kept in KEPT)
            if done or time.monotonic() > deadline:
                return state
            time.sleep(0.2)


def check_pool(ports):
    """Every place of the pool can be taken, and not one more."""
    clients = []
    try:
        for number in range(POOL - len(ports) + 1):
            client = socket.create_connection(("127.0.0.1", ports[0]), PATIENCE)
            clients.append(client)
            client.sendall(PING)
            try:
                answer = client.recv(8, socket.MSG_WAITALL)
            except ConnectionError:
                answer = b""
            if answer != (PING if number < POOL - len(ports) else b""):
                return [f"client {number + 1} in a pool of {POOL} with {len(ports)} ports got {answer!r}"]
    finally:
        for client in clients:
            client.close()
    return []


def main(jar, minutes, seed):
    print(f"soak for {minutes} min, seed {seed}")
    with tempfile.TemporaryFile("w+") as log:
        server = Server(jar, log)
        try:
            print("warming up:")
            Soak(server.ports, False, f"{seed}/warm-up").run(time.monotonic() + 5)
            before = server.settle()
            print(f"before: {before}")
            soak = Soak(server.ports, server.kicks, seed)
            soak.run(time.monotonic() + minutes * 60)
            after = server.settle(before)
            print(f"after:  {after}")
            faults = soak.faults + check_pool(server.ports)
            if after != before:
                faults.append("the server is not as it was before")
            if soak.count["sent"] != soak.count["checked"] + soak.count["cut"]:
                faults.append("requests are not accounted for")
            server.process.send_signal(signal.SIGTERM)
            if server.process.wait(PATIENCE) != 0:
                faults.append(f"exit code {server.process.returncode}")
        finally:
            server.process.kill()
        log.seek(0)
        odd = [line.rstrip() for line in log if not EXPECTED_LOG.search(line)]
        faults += [f"in the log: {line}" for line in odd[:20]]
    print(f"total:  {soak.count}")
    for fault in faults:
        print(f"FAIL    {fault}")
    print(f"{'FAILED' if faults else 'passed'}, seed {seed}")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) < 3 or not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else random.randrange(10**9)))
