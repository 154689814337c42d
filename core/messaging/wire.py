"""A mail as the bytes that go to the mail server.

Most mails of the portal are a text and an HTML part. To write those, Python's email package takes a millisecond, more
than to send them; here the same bytes (under test) are put together from headers that are kept. Anything else is
written by Django.
"""

import re
from email.policy import compat32
from functools import lru_cache

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import forbid_multi_line_headers, sanitize_address

# RFC 5322, 2.1.1: longer lines have to be encoded, which Django does.
_LONGEST_LINE = 998
_FOLDED = 76
# A word that no line is broken in, and the headers that are of one mail alone.
_WORD = re.compile(r"[!-+\--:<-~]+")
_OWN = {"Message-ID", "List-Unsubscribe"}
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*@[A-Za-z0-9][A-Za-z0-9.-]*")
_CHARSET = "utf-8"


def wire_of(mail: EmailMultiAlternatives) -> bytes:
    """The whole message with CRLF at the ends of lines. Raises what Django raises for a mail that cannot be written."""
    return _plain(mail) or bytes(mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def _plain(mail: EmailMultiAlternatives) -> bytes:
    """Empty for a mail that has more than a text and an HTML part."""
    number = mail.extra_headers.get("Message-ID", "")
    is_more = mail.attachments or mail.cc or mail.reply_to or len(mail.alternatives) != 1
    if is_more or not mail.body or "Date" not in mail.extra_headers:
        return b""
    html, kind = mail.alternatives[0]
    parts = [_body(str(mail.body)), _body(str(html))]
    if not number or kind != "text/html" or any(_longest_line(part) > _LONGEST_LINE for part in parts):
        return b""
    # The number is the mail's alone and known to nobody who wrote a word of it, so no line of it is the boundary.
    boundary = f"==={number.strip('<>').partition('@')[0]}=="
    headers = [
        _kept_header("Subject", mail.subject),
        _kept_header("From", mail.from_email),
        _recipients(mail.to),
        *(
            (_header if name in _OWN else _kept_header)(name, str(value))
            for name, value in mail.extra_headers.items()
        ),
    ]
    return b"".join(
        (
            f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\nMIME-Version: 1.0\r\n'.encode(
                "ascii"
            ),
            "".join(headers).encode("ascii"),
            *(
                part
                for name, text in zip(("plain", "html"), parts, strict=True)
                for part in (
                    f'\r\n--{boundary}\r\nContent-Type: text/{name}; charset="{_CHARSET}"\r\n'.encode(
                        "ascii"
                    ),
                    b"MIME-Version: 1.0\r\nContent-Transfer-Encoding: ",
                    b"7bit" if text.isascii() else b"8bit",
                    b"\r\n\r\n",
                    text,
                )
            ),
            f"\r\n--{boundary}--\r\n".encode("ascii"),
        )
    )


def _body(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\n", "\r\n").encode(_CHARSET)


def _longest_line(part: bytes) -> int:
    return max(map(len, part.split(b"\r\n")))


def is_plain(address: str) -> bool:
    """Whether the address is written everywhere as it stands; to read one by all of RFC 5322 is dear."""
    return _PLAIN_ADDRESS.fullmatch(address) is not None


def sanitised(address: str) -> str:
    """The address as Django would put it."""
    return address if is_plain(address) else str(sanitize_address(address, _CHARSET))


def _recipients(addresses: list[str]) -> str:
    if len(addresses) == 1 and len(addresses[0]) < _FOLDED - 4 and is_plain(addresses[0]):
        return f"To: {addresses[0]}\r\n"
    return _header("To", ", ".join(addresses))


def _header(name: str, value: str) -> str:
    """Checked and encoded by Django, folded by Python; raises ``BadHeaderError`` for a value of two lines."""
    if name in _OWN and _WORD.fullmatch(value):
        return f"{name}: {value}\r\n" if len(name) + len(value) < _FOLDED else f"{name}: \r\n {value}\r\n"
    known, written = forbid_multi_line_headers(name, value, _CHARSET)
    folded: str = compat32.fold(known, written)
    return folded.replace("\n", "\r\n")


# Those that many mails share.
_kept_header = lru_cache(maxsize=256)(_header)
