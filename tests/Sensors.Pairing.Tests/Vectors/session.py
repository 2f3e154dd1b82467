"""Computes a whole session of pairing, as docs/pairing.md specifies it, with nothing of this repository: a second witness.

    python3 tests/Sensors.Pairing.Tests/Vectors/session.py > tests/Sensors.Pairing.Tests/Vectors/session.json

AES is written out below (FIPS 197), because Python's library has none; it checks itself against NIST SP 800-38A, F.2.1.
"""
import hashlib
import hmac
import json


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def expand(key, purpose, length):
    keys, block, number = b"", b"", 1
    while len(keys) < length:
        block = mac(key, block + purpose + bytes([number]))
        keys += block
        number += 1
    return keys[:length]


def times(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def make_box():
    box = []
    for value in range(256):
        inverse = next((x for x in range(256) if times(value, x) == 1), 0)
        bits = inverse
        for turn in range(1, 5):
            bits ^= ((inverse << turn) | (inverse >> (8 - turn))) & 0xFF
        box.append(bits ^ 0x63)
    return box


BOX = make_box()


def round_keys(key):
    words = [list(key[i:i + 4]) for i in range(0, 16, 4)]
    constant = 1
    for i in range(4, 44):
        word = list(words[i - 1])
        if i % 4 == 0:
            word = [BOX[b] for b in word[1:] + word[:1]]
            word[0] ^= constant
            constant = times(constant, 2)
        words.append([a ^ b for a, b in zip(words[i - 4], word)])
    return [sum(words[i:i + 4], []) for i in range(0, 44, 4)]


def encrypt_block(keys, block):
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number in range(1, 11):
        state = [BOX[b] for b in state]
        state = [state[(i + 4 * (i % 4)) % 16] for i in range(16)]
        if number < 10:
            mixed = []
            for column in range(0, 16, 4):
                c = state[column:column + 4]
                mixed += [times(c[i], 2) ^ times(c[(i + 1) % 4], 3) ^ c[(i + 2) % 4] ^ c[(i + 3) % 4] for i in range(4)]
            state = mixed
        state = [a ^ b for a, b in zip(state, keys[number])]
    return bytes(state)


def encrypt_cbc(key, iv, text):
    keys, before, out = round_keys(key), iv, b""
    for at in range(0, len(text), 16):
        before = encrypt_block(keys, bytes(a ^ b for a, b in zip(text[at:at + 16], before)))
        out += before
    return out


def frame(cipher_key, mac_key, counter, iv, text):
    pad = 16 - len(text) % 16
    told = counter.to_bytes(4, "big") + iv + encrypt_cbc(cipher_key, iv, text + bytes([pad]) * pad)
    return told + mac(mac_key, told)


assert encrypt_cbc(
    bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), bytes(range(16)), bytes.fromhex("6bc1bee22e409f96e93d7e117393172a")
).hex() == "7649abac8119b246cee98e9b12e9197d"

name, code, iterations = "sensors-3F2A1C", "K7M29QXW", 1000
node_nonce = bytes(range(16))
tool_nonce = bytes(range(0x80, 0x90))
key = hashlib.pbkdf2_hmac("sha256", code.encode(), name.encode(), iterations, 32)
okm = expand(mac(node_nonce + tool_nonce, key), b"sensors-pairing 1 keys", 96)
tool_cipher, tool_mac, node_cipher, node_mac = okm[:16], okm[16:48], okm[48:64], okm[64:]
request = b"try 1\nid=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\nwifi_password=not a secret\nbroker_host=edge\n"
answer = b'{"ok":true}'
print(json.dumps({
    "name": name,
    "code": code,
    "iterations": iterations,
    "node_nonce": node_nonce.hex(),
    "tool_nonce": tool_nonce.hex(),
    "key": key.hex(),
    "tool_proof": mac(key, b"sensors-pairing 1 tool" + node_nonce + tool_nonce).hex(),
    "node_proof": mac(key, b"sensors-pairing 1 node" + node_nonce + tool_nonce).hex(),
    "keys": okm.hex(),
    "request": request.decode(),
    "request_iv": bytes(range(0x20, 0x30)).hex(),
    "request_frame": frame(tool_cipher, tool_mac, 1, bytes(range(0x20, 0x30)), request).hex(),
    "answer": answer.decode(),
    "answer_iv": bytes(range(0x40, 0x50)).hex(),
    "answer_frame": frame(node_cipher, node_mac, 1, bytes(range(0x40, 0x50)), answer).hex(),
}, indent=2))
