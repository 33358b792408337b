"""Packs the PNG files of packaging/icons as one .ico for Windows and one .icns for macOS.

Both are lists of whole PNG files behind a head; the numbers are those of the two formats.
"""

import struct
import sys
from pathlib import Path

ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]
# The type of each size; 32, 64, 256 and 512 stand a second time as 16, 32, 128 and 256 of double density.
ICNS_TYPES = [("icp4", 16), ("icp5", 32), ("ic11", 32), ("ic12", 64), ("ic07", 128), ("ic13", 256),
              ("ic08", 256), ("ic14", 512), ("ic09", 512)]


def picture(icons: Path, size: int) -> bytes:
    return (icons / "hicolor" / f"{size}x{size}" / "apps" / "corridor-atlas.png").read_bytes()


def ico(icons: Path) -> bytes:
    pictures = [(size, picture(icons, size)) for size in ICO_SIZES]
    head, at = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, data in pictures:
        # A side of 256 is written as 0.
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return head + b"".join(data for _, data in pictures)


def icns(icons: Path) -> bytes:
    parts = b""
    for kind, size in ICNS_TYPES:
        data = picture(icons, size)
        parts += kind.encode() + struct.pack(">I", 8 + len(data)) + data
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def main() -> None:
    icons = Path(sys.argv[1])
    (icons / "corridor-atlas.ico").write_bytes(ico(icons))
    (icons / "corridor-atlas.icns").write_bytes(icns(icons))


main()
