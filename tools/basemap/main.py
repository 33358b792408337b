"""Writes assets/basemap, or the parts of it that are named on the command line."""

import hashlib
import sys

import licences
import relief
import sources
import tables
import vector

PARTS = {
    "vector": ("vector.bin", vector.build),
    "relief": ("relief.bin", relief.build),
    "tables": ("tables.bin", tables.build),
    "licences": ("LICENCES.json", licences.build),
}


def main(wanted):
    sources.OUT.mkdir(parents=True, exist_ok=True)
    for part in wanted or PARTS:
        name, build = PARTS[part]
        path = sources.OUT / name
        build(path)
        content = path.read_bytes()
        print(f"{name}: {len(content):,} bytes, {hashlib.sha256(content).hexdigest()[:16]}")


if __name__ == "__main__":
    main(sys.argv[1:])
