"""The clients of soak.py: what each of them does, and whether it gets the answers that it has to get."""
import random
import select
import socket
import struct
import threading
import time
import zlib

CLIENTS = 60  # at a time
INTERVAL = 10  # seconds of the heartbeat; three of them without a ping are far more than any client but `silent` needs
PATIENCE = 90  # seconds until something counts as missing; the machine may be busy


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
