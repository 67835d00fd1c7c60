"""An app for codes, as RFC 6238 has it: told a key, it shows a code for half a minute."""

import base64
import hashlib
import hmac
import struct
import time


def code(key: str, *, half_minutes: int = 0) -> str:
    """The six digits of now, or so many half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + half_minutes)
    digest = hmac.new(base64.b32decode(key), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"
