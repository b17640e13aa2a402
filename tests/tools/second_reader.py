#!/usr/bin/env python3
"""second_reader.py csv|json: reads cases (four bytes of length, little endian, then the case), each with Python's own csv
or json module, and answers in the same form.

csv: "strict" where the module in strict mode refuses the case, else each row as "[cell][cell]" and a line end.
json: "1" where it accepts the case, "0" where not. NaN and Infinity are refused, as RFC 8259 has none."""
import csv
import io
import json
import struct
import sys


def read_csv(case):
    text = case.decode("utf-8", "surrogateescape")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return b"strict"
    return "".join("".join(f"[{cell}]" for cell in row) + "\n" for row in rows).encode("utf-8", "surrogateescape")


def no_constant(word):
    raise ValueError(word)


def read_json(case):
    try:
        json.loads(case.decode("utf-8", "surrogateescape"), parse_int=str, parse_float=str, parse_constant=no_constant)
    except (ValueError, RecursionError):
        return b"0"
    return b"1"


def main():
    csv.field_size_limit(1 << 30)
    reader = {"csv": read_csv, "json": read_json}[sys.argv[1]]
    while head := sys.stdin.buffer.read(4):
        answer = reader(sys.stdin.buffer.read(struct.unpack("<I", head)[0]))
        sys.stdout.buffer.write(struct.pack("<I", len(answer)) + answer)


main()
