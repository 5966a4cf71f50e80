#!/usr/bin/env python3
"""Soak test: many clients that talk, stall, reset, send garbage or go silent, at random, for as long as you like.

usage: python3 docs/tools/clients/soak.py JAR MINUTES [SEED]     (or: ./course soak N MINUTES [SEED])

Every answer is checked, and every request is accounted for. At the end the server has to be as it was before the
storm: descriptors, threads and connection pool, with no mailbox, outbox or timer entry left. Linux and a JDK only.
"""
import collections
import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from soak_clients import CLIENTS, INTERVAL, PATIENCE, PING, Fault, Soak

POOL = 500  # worker.connections
WORKERS = 4
PENDING = 2_000_000  # send.max-pending-bytes: low, so that those who stall are not read from for a while
KEPT = {"Client": "epoll.Client", "Mailbox": "threadpool.Mailbox", "Outbox": "send.Outbox",
        "TimerEntry": "timer.TimerEntry"}  # one a client
EXPECTED_LOG = re.compile(
    r"^[\d-]{10} [\d:.]{12} WARNING 127\.0\.0\.1:\d+: (packet dropped: |closed at once: all worker\.connections are taken"
    r"|closed: (packet length |no ping for |it takes no answer for |its packet stays incomplete for "
    r"|more than \d+ bytes of answers would wait for it))"
    r"|^Picked up ")  # a line of the JVM about its environment


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
        # Whoever looks at it meanwhile, such as ./course watch, has the JVM open these descriptors: so they are there before.
        subprocess.run([self.tools + "jcmd", str(self.process.pid), "ManagementAgent.start_local"],
                       capture_output=True, check=True, timeout=PATIENCE)
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
        kinds = collections.Counter()
        for descriptor in os.listdir(f"{proc}/fd"):
            with contextlib.suppress(OSError):
                kinds[re.sub(r":\[\d+]$", "", os.path.basename(os.readlink(f"{proc}/fd/{descriptor}")))] += 1
        state["descriptors"] = " + ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
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


def end(number, _):
    """Has the program tidy up and end; the signal may come twice, from the terminal and from ./course."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


def main(jar, minutes, seed):
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    print(f"soak: {minutes:g} min, {CLIENTS} clients at a time, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        server, faults = Server(jar, folder), []
        try:
            storm(server, minutes, seed, faults)
        except BrokenPipeError:
            raise
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
    try:
        code = main(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else str(random.randrange(10**9)))
    except BrokenPipeError:  # nobody reads any more, as after head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
