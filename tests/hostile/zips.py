"""What can be wrong with a zip, whatever it should hold."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

Cases = Iterator[tuple[str, Callable[[], bytes]]]
Parts = dict[str, bytes]


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


@cache
def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def damaged(good: bytes) -> Cases:
    """Cut at many places, and with bytes flipped where they reach the XML itself."""
    for share in range(20):
        yield f"cut at {share}/20", lambda share=share: good[: len(good) * share // 20]
    stored = packed(parts_of(good), zipfile.ZIP_STORED)
    for seed in range(15):
        yield f"bytes flipped, {seed}", lambda seed=seed: flipped(good, seed)
        # With the right checksums, so that it is the parser that meets them.
        yield (
            f"XML flipped, {seed}",
            lambda seed=seed: packed(
                {name: flipped(part, seed) for name, part in parts_of(stored).items()}
            ),
        )


def flipped(data: bytes, seed: int, times: int = 8) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - the same files every time
    changed = bytearray(data)
    for _ in range(times if data else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def tricked(good: bytes, main: str) -> Cases:
    """Zips that say one thing and are another; `main` is a part that every reader opens."""
    parts = parts_of(good)

    def more(**changes: bytes) -> bytes:
        return packed(parts | {name.replace("__", "/"): part for name, part in changes.items()})

    yield "no zip at all", lambda: b"PK\x03\x04" + bytes(1000)
    yield "an empty zip", lambda: packed({})
    yield "a bomb beside", lambda: more(bild__stor=bytes(150 << 20))
    yield "a bomb inside", lambda: packed(parts | {main: b" " * (49 << 20)})
    yield "a zip in a zip", lambda: packed({main: good, "a.zip": packed({"b.zip": good})})
    yield "3,000 parts", lambda: packed(parts | {f"x/{n}": b"" for n in range(3000)})
    yield "200,000 entries", lambda: good.replace(b"PK\x05\x06", b"PK\x01\x02" * 200_000, 1)
    yield "a part twice", lambda: _twice(parts, main, main)
    yield "a part twice, in capitals", lambda: _twice(parts, main, main.upper())
    yield "encrypted", lambda: _entries(good, 8, struct.pack("<H", 1))
    yield "an unknown method", lambda: _entries(good, 10, struct.pack("<H", 99))
    yield "sizes too small", lambda: _entries(good, 24, struct.pack("<I", 10))
    yield "sizes too large", lambda: _entries(good, 24, struct.pack("<I", 0xFFFFFFF0))
    yield "sizes of zip64", lambda: _entries(good, 24, struct.pack("<I", 0xFFFFFFFF))
    yield "checksums of nothing", lambda: _entries(good, 16, bytes(4))
    yield "offsets far away", lambda: _entries(good, 42, struct.pack("<I", 0x7FFFFFFF))
    yield "offsets all to one", lambda: _entries(good, 42, bytes(4))
    yield "lzma", lambda: packed(parts, zipfile.ZIP_LZMA)
    yield "bzip2", lambda: packed(parts, zipfile.ZIP_BZIP2)
    yield "rubbish before", lambda: b"\x00" * 5000 + good
    yield "rubbish after", lambda: good + b"\x00" * 5000
    yield "paths outside", lambda: packed(parts | {"../../etc/passwd": b"x", "/abs": b"x"})
    yield "names that are none", lambda: packed(parts | {"a\x01b": b"", "å" * 30_000: b"x"})
    yield "an OLE file", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)
    yield "nothing", lambda: b""


def _twice(parts: Parts, first: str, second: str) -> bytes:
    target = io.BytesIO(packed({name: part for name, part in parts.items() if name != first}))
    with zipfile.ZipFile(target, "a") as package:
        # zipfile warns of the name, and writes it.
        for name in (first, second):
            package.filelist.append(_written(package, name, parts[first]))
        package._didModify = True
    return target.getvalue()


def _written(package: zipfile.ZipFile, name: str, content: bytes) -> zipfile.ZipInfo:
    other = zipfile.ZipInfo(f"{name[:-1]}_")
    package.writestr(other, content)
    entry = package.filelist.pop()
    entry.filename = name
    return entry


def _entries(data: bytes, offset: int, value: bytes) -> bytes:
    """The file with a field of every entry of its directory changed."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + offset : at + offset + len(value)] = value
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def wrong_xml(good: bytes, name: str) -> Cases:
    """A part that is no XML, or more of it than there should be."""
    parts = parts_of(good)
    part = parts[name]
    root = part.index(b"<", part.index(b"?>")) if b"?>" in part else 0
    body = part[root:]
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]>'
    laughs = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">'
    laughs += b"".join(b'<!ENTITY c%d "%s">' % (n, b"&b;" * 50) for n in range(50)) + b"]>"
    inner = body.index(b">") + 1
    variations: dict[str, Callable[[], bytes]] = {
        "no bytes": lambda: b"",
        "NULs": lambda: bytes(100_000),
        "text before": lambda: b"hej" + body,
        "a NUL inside": lambda: body[:inner] + b"\x00" + body[inner:],
        "invalid UTF-8": lambda: body[:inner] + b"\xff\xfe\xfa" + body[inner:],
        "UTF-16": lambda: body.decode().encode("utf-16"),
        "half of UTF-16": lambda: body.decode().encode("utf-16")[:-1],
        "Latin-1 as it says": lambda: b'<?xml version="1.0" encoding="iso-8859-1"?>' + body,
        "UTF-7 as it says": lambda: b'<?xml version="1.0" encoding="utf-7"?>' + body,
        "an encoding of many bytes": lambda: b'<?xml version="1.0" encoding="gb18030"?>' + body,
        "an encoding that is none": lambda: b'<?xml version="1.0" encoding="x"?>' + body,
        "an entity": lambda: entity + body,
        "a thousand million laughs": lambda: laughs + b"<a>&c49;</a>",
        "an outside entity": lambda: b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + body,
        "nested 60": lambda: body[:inner] + b"<a>" * 60 + b"</a>" * 60 + body[inner:],
        "nested 100,000": lambda: b"<a>" * 100_000 + b"</a>" * 100_000,
        "nested and open": lambda: body[:inner] + b"<a>" * 500_000,
        "tiny elements": lambda: body[:inner] + b"<a/>" * 2_300_000 + body[inner:],
        "many attributes": lambda: (
            b"<a " + b" ".join(b'b%d=""' % n for n in range(300_000)) + b"/>"
        ),
        "many names": lambda: (
            b"<a " + b" ".join(b'xmlns:b%d="u%d"' % (n, n) for n in range(100_000)) + b"/>"
        ),
        "a long comment": lambda: b"<!--" + b"x" * (9 << 20) + b"-->" + body,
        "a long text": lambda: body[:inner] + b"x" * (9 << 20) + body[inner:],
        "another root": lambda: b"<html>" + body + b"</html>",
    }
    for what, made in variations.items():
        yield f"{name}: {what}", lambda made=made: packed(parts | {name: made()})
