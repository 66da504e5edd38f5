"""Reads the pages of a listing as a caller does, and compares the keys byte for byte with those that were uploaded.

usage: read_back.py FORMAT EXPECTED PAGE...
FORMAT is json, ndjson or csv; EXPECTED has one key on each line, in hexadecimal. Needs Python 3.11: earlier csv modules do not support NUL.
"""
import csv
import json
import sys


def read_json(path):
    with open(path, encoding="utf-8", newline="") as page:
        return [entry["key"] for entry in json.load(page)["contents"]]


def read_ndjson(path):
    with open(path, "rb") as page:
        lines = page.read().split(b"\n")
    assert lines.pop() == b"", "the last line has no end"
    return [json.loads(line)["key"] for line in lines]


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as page:
        header, *rows = csv.reader(page, strict=True)
    assert header == ["type", "key", "size", "lastModified", "eTag", "storageClass", "checksumAlgorithm"], header
    for row in rows:
        assert row[0] == "object" and len(row) == len(header), row
        assert all(cell[:1] not in tuple("=+-@\t\r") for cell in row if cell), row
    return [row[1][1:] if row[1].startswith("'") else row[1] for row in rows]


form, expected, *pages = sys.argv[1:]
with open(expected, encoding="ascii") as keys:
    put = sorted(bytes.fromhex(line) for line in keys)
read = [key.encode() for path in pages for key in globals()[f"read_{form}"](path)]
if read != put:
    print("missing", [key[:40] for key in sorted(set(put) - set(read))][:20])
    print("not put", [key[:40] for key in sorted(set(read) - set(put))][:20])
    sys.exit(f"{len(read)} keys read, {len(put)} put, or not in order")
print(len(read))
