#!/usr/bin/env python3
"""A hundred virtual nodes at a real mosquitto, counted by mosquitto_sub, which shares no code with us.

Starts mosquitto on a free loopback port, lets mosquitto_sub write down every reading, runs
`sensorctl demo --nodes N --seconds S --interval I --broker ...`, and then checks, from what mosquitto_sub wrote alone:
every node and every point was heard, no sequence number is missing or twice, and no reading lost a sample.
Prints processor time and peak memory of the nodes' process. Exit code 0 only when nothing is missing.
"""
import argparse
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, seconds=10):
    end = time.time() + seconds
    while time.time() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("mosquitto does not answer")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--interval", type=int, default=10)
    parser.add_argument("--sensorctl", default="tools/Sensors.Cli/bin/Debug/net10.0/sensorctl")
    args = parser.parse_args()

    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "mosquitto.conf")
        with open(config, "w") as f:
            f.write(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 100000\n")
        broker = subprocess.Popen(["mosquitto", "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        heard_file = open(os.path.join(folder, "heard"), "w+")
        try:
            wait_for(port)
            listener = subprocess.Popen(
                ["mosquitto_sub", "-h", "127.0.0.1", "-p", str(port), "-q", "1", "-c", "-i", "counter", "-t", "sensors/v1/+/+/reading/+"],
                stdout=heard_file)
            time.sleep(1)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.time()
            nodes = subprocess.run(
                [args.sensorctl, "demo", "--nodes", str(args.nodes), "--seconds", str(args.seconds), "--interval", str(args.interval),
                 "--broker", f"127.0.0.1:{port}", "--ack", "broker", "--json"],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            elapsed = time.time() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            time.sleep(2)
            listener.terminate()
            listener.wait()
        finally:
            broker.terminate()
            broker.wait()

        heard_file.seek(0)
        readings = [json.loads(line) for line in heard_file]

    sys.stderr.write(nodes.stderr[-2000:])
    problems = [] if nodes.returncode == 0 else [f"sensorctl ended with {nodes.returncode}"]
    per_epoch = {}
    for reading in readings:
        per_epoch.setdefault((reading["id"], reading["epoch"]), []).append(reading["seq"])
        quality = reading["quality"]
        if quality["lost"] or "fault" in quality:
            problems.append(f"{reading['id']} {reading['point']} #{reading['seq']}: {quality}")
    if len(per_epoch) != args.nodes:
        problems.append(f"{len(per_epoch)} epochs of {args.nodes} nodes")
    for (name, epoch), numbers in per_epoch.items():
        # Number 1 of a fresh node is its statement that the volume is new, no reading.
        if sorted(numbers) != list(range(2, len(numbers) + 2)):
            problems.append(f"{name} epoch {epoch}: missing {sorted(set(range(2, max(numbers) + 1)) - set(numbers))[:5]}, "
                            f"{len(numbers) - len(set(numbers))} twice")

    # Stopping cuts the power: what was measured in the last moments may be under way. Everything due well before was heard.
    due = 3 * args.nodes * max(1, (args.seconds - args.interval) // args.interval)
    if len(readings) < due:
        problems.append(f"{len(readings)} readings, at least {due} were due")

    blocks = sum(r["kind"] == "vibration" and r["quality"]["samples"] == 1024 for r in readings)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{len(readings)} readings of {len(per_epoch)} nodes in {elapsed:.0f} s, {blocks} whole blocks of 1,024 samples x 3 axes")
    print(f"processor {processor:.1f} s = {100 * processor / elapsed:.0f} % of one core, peak memory {after.ru_maxrss / 1024:.0f} MiB")
    for problem in problems[:20]:
        print("PROBLEM:", problem)
    print("nothing missing, nothing twice, no sample lost" if not problems else f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
