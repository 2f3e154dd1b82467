#!/usr/bin/env python3
"""How many messages a second our collector stores durably, and how many a plain Python script does (collector_python.py).

Each run has a mosquitto of its own on a free loopback port and a collector that is at work: it has stored a first part of the
messages and waits for more. Then it is halted (SIGSTOP), N readings and alarms of many nodes are published, which the
broker queues in its persistent session, and it goes on (SIGCONT): from then the time runs, to the last acknowledgement, the one
that says that all numbers of all nodes are stored. Then it is killed (SIGKILL), and all rows must be in its file.
So neither the start of a program nor the publishing is in the time. --warm 0 measures a start instead: the collector was there
once, the messages are queued while it is not running, and the time runs from the moment the broker accepts its connection.

Same broker, same messages, same machine; Python and ours take turns, and every other round begins with ours. Not more than 65,000
acknowledgements of the script may be under way at once, for paho-mqtt drops those beyond: with 100 nodes, 60,000 messages.
Exit code 0 when nothing is missing and the ratio of the medians is at least --floor.
"""
import argparse
import json
import os
import random
import re
import shlex
import signal
import socket
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = "sensors/v1"
PYTHON = "/usr/bin/python3 " + os.path.join(os.path.dirname(os.path.abspath(__file__)), "collector_python.py") + " --port {port} --client python --store {store}"
EPOCH = 2801152377749507
AXIS = ("mean rms peak p2p crest skew kurt_pearson vel disp centroid f1 a1 f2 a2 f3 a3 b1 b2 b3 env env_floor bpfo bpfo2 bpfi bpfi_sb "
        "bsf2 ftf o1 o2 o3 o4 o5 o0_5 o1_5 o2_5 mains2").split()


class Nodes:
    """Readings as nodes send them: a vibration, a temperature and a current point each, and an alarm now and then."""

    def __init__(self, count, seed):
        self.random = random.Random(seed)
        self.ids = [f"88.118.12345/NODE-{n:04}" for n in range(1, count + 1)]
        self.sent = dict.fromkeys(self.ids, 0)

    def messages(self, total):
        for i in range(total):
            node = self.ids[i % len(self.ids)]
            self.sent[node] += 1
            number = self.sent[node]
            ts = 1763600000123 + number * 3400
            if number % 500 == 0:
                body = self.head(node, "vib1", "vibration", number, ts) + (
                    f'"channel":"vel","alarm":"warning","was":"none","cause":"zone","value":{self.value()},"limit":4.5}}')
                yield f"{ROOT}/{node}/alarm", body
            else:
                point, body = (self.vibration, self.temperature, self.current)[number % 3](node, number, ts)
                yield f"{ROOT}/{node}/reading/{point}", body

    @staticmethod
    def head(node, point, kind, number, ts):
        return f'{{"id":"{node}","point":"{point}","kind":"{kind}","epoch":{EPOCH},"seq":{number},"ts":{ts},"clock":"synced",'

    def value(self):
        return f"{self.random.lognormvariate(0, 2):.6g}".replace("e-0", "e-").replace("e+0", "e")

    def values(self, names):
        return '"values":{' + ",".join(f'"{name}":{self.value()}' for name in names) + "},"

    def vibration(self, node, number, ts):
        return "vib1", (
            self.head(node, "vib1", "vibration", number, ts) + self.values(["x_" + n for n in AXIS] + ["y_mean", "z_mean"]) +
            '"state":{"zone":"C","alarm":"warning","hint":"outer-race","evidence":{"outer-line":24.3765,"inner-line":1.61924}},'
            '"quality":{"rate":3201.4,"samples":2048,"lost":0,"clipped":0,"retries":0,"notes":["aliasing-risk"],"selftest":"passed"}}')

    def temperature(self, node, number, ts):
        return "temp1", (
            self.head(node, "temp1", "temperature", number, ts) + self.values(["mean", "min", "max", "slope", "ewma", "rise"]) +
            '"quality":{"rate":1,"samples":10,"lost":0,"clipped":0,"retries":1}}')

    def current(self, node, number, ts):
        return "cur1", (
            self.head(node, "cur1", "current", number, ts) +
            self.values(["mean", "rms", "min", "max", "frequency", "crest", "thd", "inrush", "sideband_low", "sideband_high"]) +
            '"quality":{"rate":860.1,"samples":172,"lost":2,"clipped":4,"retries":0}}')


class Broker:
    """A mosquitto whose log tells when a collector was accepted, and when it has subscribed."""

    def __init__(self, folder, inflight):
        self.port = free_port()
        config = os.path.join(folder, "mosquitto.conf")
        with open(config, "w") as f:
            f.write(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\n"
                    f"max_queued_messages 0\nmax_queued_bytes 0\nmax_inflight_messages {inflight}\n"
                    "log_dest stderr\nlog_type notice\nlog_type subscribe\nconnection_messages true\n")
        self.accepted = {}
        self.subscribed = threading.Semaphore(0)
        self.process = subprocess.Popen(["mosquitto", "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self.read_log, daemon=True).start()
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        sys.exit("mosquitto does not answer")

    def read_log(self):
        for line in self.process.stderr:
            if "New client connected" in line:
                self.accepted[line.split(" as ", 1)[1].split(" ", 1)[0]] = time.monotonic()
            elif line.rstrip().endswith(ROOT + "/+/+/alarm"):
                self.subscribed.release()

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Acknowledgements:
    """Hears what a collector says, and knows when everything is stored. Reads many packets at once: it must not slow down the collector."""

    PACKET = re.compile(rb"/([^/]+/[^/]+)/ack\{\"epoch\":\d+,\"upto\":(\d+)")

    def __init__(self, port):
        self.upto = {}
        self.count = 0
        self.connection = connect(port, "counter", clean=True)
        self.connection.sendall(packet(0x82, struct.pack("!H", 1) + text(ROOT + "/+/+/ack") + b"\x00"))
        receive(self.connection, 5)

    def wait_for(self, expected, timeout):
        """Gives the time at which the last of the expected numbers was acknowledged."""
        missing = {node for node, number in expected.items() if self.upto.get(node, 0) < number}
        end = time.monotonic() + timeout
        rest = b""
        while missing:
            self.connection.settimeout(max(0.01, end - time.monotonic()))
            try:
                data = self.connection.recv(1 << 18)
            except TimeoutError:
                return None
            if not data:
                return None
            now = time.monotonic()
            data = rest + data
            last = 0
            for match in self.PACKET.finditer(data):
                if match.end() == len(data):
                    break  # the number may go on
                last = match.end()
                self.count += 1
                node, upto = match[1].decode(), int(match[2])
                self.upto[node] = max(upto, self.upto.get(node, 0))
                if upto >= expected[node]:
                    missing.discard(node)
            rest = data[last:]
        return now


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def text(string):
    data = string.encode()
    return struct.pack("!H", len(data)) + data


def packet(kind, body):
    length = b""
    rest = len(body)
    while True:
        rest, digit = divmod(rest, 128)
        length += bytes([digit | (0x80 if rest else 0)])
        if not rest:
            return bytes([kind]) + length + body


def receive(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            sys.exit("the broker closed the connection")
        data += more
    return data


def connect(port, client, clean):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(packet(0x10, text("MQTT") + bytes([4, 2 if clean else 0]) + struct.pack("!H", 0) + text(client)))
    if receive(connection, 4)[3] != 0:
        sys.exit("the broker refuses " + client)
    return connection


def load(port, messages):
    """Publishes at QoS 1, a thousand at a time."""
    connection = connect(port, "loader", clean=True)
    for first in range(0, len(messages), 1000):
        part = messages[first:first + 1000]
        connection.sendall(b"".join(
            packet(0x32, text(topic) + struct.pack("!H", i + 1) + body.encode()) for i, (topic, body) in enumerate(part)))
        receive(connection, 4 * len(part))
    connection.close()


def processor(pid):
    """User and system seconds a process has used."""
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid):
    with open(f"/proc/{pid}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmHWM")) / 1024


class Failure(Exception):
    pass


def start(command, store, broker, timeout):
    """Starts a collector and waits until it has subscribed."""
    with open(store + ".log", "a") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    if not broker.subscribed.acquire(timeout=timeout):
        kill(process)
        raise Failure("it did not subscribe")
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def bring_in(command, store, broker, acknowledgements, nodes, args):
    """Lets a collector store what was queued for it. Gives seconds, processor seconds of collector and broker, and MiB."""
    warm, expected = list(nodes.messages(args.warm)), dict(nodes.sent)
    messages = list(nodes.messages(args.messages))
    process = start(command, store, broker, args.timeout)
    try:
        if warm:
            load(broker.port, warm)
            if not acknowledgements.wait_for(expected, args.timeout):
                raise Failure("the first messages were not acknowledged")
            time.sleep(0.5)
            process.send_signal(signal.SIGSTOP)
            load(broker.port, messages)
            acknowledgements.count = 0
            before = processor(process.pid), processor(broker.process.pid)
            begin = time.monotonic()
            process.send_signal(signal.SIGCONT)
        else:
            kill(process)
            load(broker.port, messages)
            before = 0, processor(broker.process.pid)
            process = start(command, store, broker, args.timeout)
            begin = max(broker.accepted.values())
        end = acknowledgements.wait_for(nodes.sent, args.timeout)
        if not end:
            raise Failure("not everything was acknowledged")
        used = processor(process.pid) - before[0], processor(broker.process.pid) - before[1]
        return end - begin, *used, peak_memory(process.pid)
    except FileNotFoundError as e:
        raise Failure("it has ended") from e
    finally:
        kill(process)


def measure(name, command, store, table, broker, nodes, args):
    """Measures one collector once. Gives messages a second."""
    acknowledgements = Acknowledgements(broker.port)
    try:
        seconds, used, at_broker, memory = bring_in(command, store, broker, acknowledgements, nodes, args)
    except Failure as e:
        with open(store + ".log") as f:
            sys.exit(f"{name}: {e} within {args.timeout:g} s\n{f.read()[-3000:]}")
    with sqlite3.connect(store) as db:
        rows = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    if rows != args.warm + args.messages:
        sys.exit(f"{name}: {rows} rows of {args.warm + args.messages} after everything was acknowledged")
    rate = args.messages / seconds
    print(f"  {name:7} {seconds:7.2f} s {rate:8.0f} messages/s   processor {used:6.2f} s, broker's {at_broker:5.2f} s   "
          f"{memory:4.0f} MiB   {acknowledgements.count} acknowledgements", flush=True)
    return rate


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=60000)
    parser.add_argument("--warm", type=int, default=60000, help="messages stored before, so that the collector is at work; 0 measures a start")
    parser.add_argument("--nodes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--inflight", type=int, default=1000, help="max_inflight_messages of the broker")
    parser.add_argument("--floor", type=float, default=0, help="least ratio of the medians")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=300)
    parser.add_argument(
        "--ours", default="tools/Sensors.Cli/bin/Release/net10.0/sensorctl collect --broker 127.0.0.1:{port} --store {store}",
        help="command of our collector")
    parser.add_argument("--table", default="message", help="what our collector's readings and alarms are counted in")
    parser.add_argument("--only", choices=["python", "ours"])
    args = parser.parse_args()

    rates = {"python": [], "ours": []}
    for number in range(args.rounds):
        names = [args.only] if args.only else ["python", "ours"]
        for name in names if number % 2 == 0 else names[::-1]:
            nodes = Nodes(args.nodes, args.seed + number)
            with tempfile.TemporaryDirectory(prefix="collectors-") as folder:
                broker = Broker(folder, args.inflight)
                try:
                    store = os.path.join(folder, name + ".db")
                    command = (PYTHON if name == "python" else args.ours).format(port=broker.port, store=store)
                    table = "readings" if name == "python" else args.table
                    rates[name].append(measure(name, shlex.split(command), store, table, broker, nodes, args))
                finally:
                    broker.stop()
    size = statistics.mean(len(body) for _, body in Nodes(args.nodes, args.seed).messages(3000))
    print(f"{args.messages} messages of {args.nodes} nodes, {size:.0f} bytes on average, at most {args.inflight} in flight")
    medians = {name: statistics.median(values) for name, values in rates.items() if values}
    for name, median in medians.items():
        print(f"{name}: {median:.0f} messages/s (median of {len(rates[name])}, {min(rates[name]):.0f} to {max(rates[name]):.0f})")
    if args.only:
        return 0
    ratio = medians["ours"] / medians["python"]
    print(f"ratio {ratio:.1f}" + (f", at least {args.floor:g} is demanded" if args.floor else ""))
    return 0 if ratio >= args.floor else 1


if __name__ == "__main__":
    sys.exit(main())
