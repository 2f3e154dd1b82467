#!/usr/bin/env python3
"""The collector as a script: paho-mqtt and sqlite3, what one writes in an hour. Ours is measured against it.

It promises the same: every reading and alarm is stored once, durably, before its node is told. Batches of 100 in one
transaction (WAL, synchronous=FULL), then one acknowledgement per node and epoch of the batch, as docs/payloads.md has it.
Gap records are not kept; the messages of the comparison have none.
"""
import argparse
import json
import sqlite3
import time

import paho.mqtt.client as mqtt

BATCH = 100
PATIENCE = 0.2  # s a message may wait for its batch to fill


class Coverage:
    """Which numbers of one epoch are stored: all up to `upto`, and `ahead`."""

    def __init__(self):
        self.upto = 0
        self.ahead = set()

    def add(self, number):
        if number == self.upto + 1:
            self.upto = number
            while self.upto + 1 in self.ahead:
                self.upto += 1
                self.ahead.remove(self.upto)
        elif number > self.upto:
            self.ahead.add(number)

    def ranges(self, most=16):
        ranges = []
        for number in sorted(self.ahead):
            if ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            elif len(ranges) == most:
                break
            else:
                ranges.append([number, number])
        return ranges


class Collector:
    def __init__(self, client, root, path):
        self.client = client
        self.root = root
        self.pending = []
        self.oldest = 0.0
        self.coverage = {}
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS readings (id TEXT COLLATE NOCASE NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,"
            " point TEXT NOT NULL, ts INTEGER NOT NULL, clock TEXT NOT NULL, payload BLOB NOT NULL, UNIQUE (id, epoch, seq))")
        for node, epoch, seq in self.db.execute("SELECT id, epoch, seq FROM readings ORDER BY id, epoch, seq"):
            self.coverage.setdefault((node, epoch), Coverage()).add(seq)

    def take(self, message):
        try:
            m = json.loads(message.payload)
            row = (m["id"], m["epoch"], m["seq"], m["point"], m["ts"], m["clock"], message.payload)
        except (ValueError, KeyError, TypeError):
            return  # none of ours
        if not self.pending:
            self.oldest = time.monotonic()
        self.pending.append(row)
        if len(self.pending) >= BATCH:
            self.flush()

    def flush(self):
        self.db.execute("BEGIN IMMEDIATE")
        self.db.executemany("INSERT OR IGNORE INTO readings VALUES (?,?,?,?,?,?,?)", self.pending)
        self.db.execute("COMMIT")
        touched = {}
        for node, epoch, seq, *_ in self.pending:
            coverage = self.coverage.setdefault((node, epoch), Coverage())
            coverage.add(seq)
            touched[node, epoch] = coverage
        self.pending = []
        for (node, epoch), coverage in touched.items():
            ack = {"epoch": epoch, "upto": coverage.upto}
            if coverage.ahead:
                ack["have"] = coverage.ranges()
            self.client.publish(f"{self.root}/{node}/ack", json.dumps(ack, separators=(",", ":")), qos=1)

    def tick(self):
        if self.pending and time.monotonic() - self.oldest > PATIENCE:
            self.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--client", default="collector-python")
    parser.add_argument("--root", default="sensors/v1")
    parser.add_argument("--store", default="readings.db")
    args = parser.parse_args()

    client = mqtt.Client(args.client, clean_session=False)
    client.max_inflight_messages_set(0)  # with the 20 that are usual, acknowledgements pile up behind the readings
    collector = Collector(client, args.root, args.store)
    client.on_connect = lambda *_: client.subscribe([(args.root + "/+/+/reading/+", 1), (args.root + "/+/+/alarm", 1)])
    client.on_message = lambda _client, _userdata, message: collector.take(message)
    client.connect(args.host, args.port)
    while True:
        if client.loop(timeout=0.1) != mqtt.MQTT_ERR_SUCCESS:
            time.sleep(1)
            client.reconnect()
        collector.tick()


if __name__ == "__main__":
    main()
