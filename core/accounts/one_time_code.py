"""The second factor of the demo's people: a code by RFC 6238 from a secret that is printed in the open.

It needs nothing of Django: `make run` and `make code` show it without a wait.
"""

import base64
import hmac
import struct
import time

DEMO_TOTP_SECRET = "DEMOONLYDEMOONLYDEMOONLYDEMOONLY"  # noqa: S105
PERIOD = 30


def current_code() -> tuple[str, int]:
    """The six digits now, and for how many more seconds they are shown."""
    now = int(time.time())
    digest = hmac.digest(base64.b32decode(DEMO_TOTP_SECRET), struct.pack(">Q", now // PERIOD), "sha1")
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}", PERIOD - now % PERIOD
