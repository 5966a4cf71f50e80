"""The client of acceptance.py, which shares no code with the server."""
import socket
import struct
import zlib

PATIENCE = 30  # seconds; nothing here takes long unless it is broken


def packet(code, body=b"", length=None, crc=None):
    crc = (zlib.crc32(body) if body else 0) if crc is None else crc
    return struct.pack(">HHI", 8 + len(body) if length is None else length, code, crc) + body


def text(value, size):
    return value.encode("utf-8").ljust(size, b"\0")


def register(kind, user, password=""):
    return packet(5, struct.pack(">i", kind) + text(user, 56) + text(password, 40))


def login(user, password=""):
    return packet(6, text(user, 56) + text(password, 40))


PING = packet(0)


class Client:
    def __init__(self, port, receive_buffer=None):
        self.socket = socket.socket()
        self.socket.settimeout(PATIENCE)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()
        self.socket.close()

    def send(self, *packets):
        self.socket.sendall(b"".join(packets))
        return self

    def receive(self, count=1):
        """The next packets as they came; b'' for one that did not come because the server closed."""
        answers = []
        for _ in range(count):
            try:
                header = self.stream.read(8)
                rest = struct.unpack(">H", header[:2])[0] - 8 if len(header) == 8 else 0
                answers.append(header + self.stream.read(rest))
            except ConnectionError:
                answers.append(b"")
        return answers

    def expect(self, *packets):
        for number, (want, got) in enumerate(zip(packets, self.receive(len(packets)))):
            equal(got, want, f"answer {number}")

    def expect_end(self):
        equal(self.receive(), [b""], "the end of the connection")


def equal(got, want, what):
    if got != want:
        raise AssertionError(f"{what}: expected {short(want)}, got {short(got)}")


def short(value):
    shown = repr(value)
    return shown if len(shown) < 200 else shown[:200] + "..."
