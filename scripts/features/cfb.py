"""Compound files (MS-CFB version 3): sectors of 512 bytes, small streams in the mini stream."""

import struct

SECTOR, MINI = 512, 64
CUTOFF = 4096  # smaller streams are in the mini stream
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NONE = 0xFFFFFFFF
STREAM, ROOT = 2, 5
RED, BLACK = 0, 1
WORD_CLASS = bytes.fromhex("0609020000000000c000000000000046")


def compound(streams: dict[str, bytes]) -> bytes:
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        """Appends a chain and gives its first sector."""
        if not data:
            return END
        first = len(sectors)
        count = -(-len(data) // SECTOR)
        sectors.extend(data[SECTOR * at:SECTOR * (at + 1)].ljust(SECTOR, b"\0") for at in range(count))
        fat.extend(range(first + 1, first + count))
        fat.append(END)
        return first

    mini_stream, mini_fat = b"", []
    starts = {}
    for name, data in streams.items():
        if len(data) >= CUTOFF or not data:
            starts[name] = store(data)
            continue
        first, count = len(mini_fat), -(-len(data) // MINI)
        mini_stream += data.ljust(count * MINI, b"\0")
        mini_fat += [*range(first + 1, first + count), END]
        starts[name] = first
    mini_start = store(mini_stream)
    mini_fat_bytes = words(mini_fat, SECTOR)
    mini_fat_start = store(mini_fat_bytes)
    directory_start = store(directory(streams, starts, mini_start, len(mini_stream)))
    # The FAT's own sectors are in the FAT.
    count = 1
    while count * SECTOR // 4 < len(fat) + count:
        count += 1
    assert count <= 109, "without a DIFAT"
    first_fat = len(sectors)
    fat += [FAT] * count
    fat_bytes = words(fat, SECTOR)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, count, directory_start, 0, CUTOFF, mini_fat_start, len(mini_fat_bytes) // SECTOR, END, 0)
    header += words(range(first_fat, first_fat + count), 4 * 109)
    return header + b"".join(sectors) + fat_bytes


def words(values, block: int) -> bytes:
    """32-bit numbers, filled up with free entries to whole blocks."""
    data = struct.pack(f"<{len(values)}I", *values)
    return data + b"\xff" * (-len(data) % block)


def directory(streams: dict[str, bytes], starts: dict[str, int], mini_start: int, mini_len: int) -> bytes:
    # Siblings are ordered by the length of their name, then by its upper case (MS-CFB 2.6.4).
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    links = {}
    depth_of_all = len(names).bit_length()

    def tree(low: int, high: int, depth: int) -> int:
        """A balanced tree; its lowest level is red, all else black."""
        if low >= high:
            return NONE
        middle = (low + high) // 2
        colour = RED if depth == depth_of_all and depth > 1 else BLACK
        links[names[middle]] = (colour, tree(low, middle, depth + 1), tree(middle + 1, high, depth + 1))
        return middle + 1

    root = tree(0, len(names), 1)
    entries = [entry("Root Entry", ROOT, BLACK, NONE, NONE, root, mini_start, mini_len, WORD_CLASS)]
    for name in names:
        colour, left, right = links[name]
        entries.append(entry(name, STREAM, colour, left, right, NONE, starts[name], len(streams[name])))
    free = struct.pack("<64xHBBIII", 0, 0, 0, NONE, NONE, NONE).ljust(128, b"\0")
    return b"".join(entries) + free * (-len(entries) % 4)


def entry(name: str, kind: int, colour: int, left: int, right: int, child: int, start: int, size: int,
          class_id: bytes = bytes(16)) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16s20xIQ", encoded, len(encoded) + 2, kind, colour, left, right, child, class_id,
                       start, size)
