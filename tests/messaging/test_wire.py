"""Mails are written quickly, and byte for byte as Django and Python's email package would write them."""

import re

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives

from core.messaging.sheets import Sheets
from core.messaging.wire import _plain, wire_of
from core.messaging.wording import Words

NUMBER = "382bbb20d74a4ce2a1f26f2d85ee84c5"
LONG_LINK = f"<https://localhost/mesaje/oprire/{'x' * 90}/>"


def mail(text="Bună\n\nziua\n", html="<p>ă</p>\n", subject="Subiect", to="ana@example.org", **headers):
    written = EmailMultiAlternatives(
        subject,
        text,
        "Promotorii Voluntariatului <portal@localhost>",
        [to],
        headers={"Message-ID": f"<{NUMBER}@localhost>", "Date": "Sun, 22 Nov 2026 06:06:29 +0200", **headers},
    )
    written.attach_alternative(html, "text/html")
    return written


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"subject": "Memento: Videoconferința regională nr. 3, 2026, miercuri, 18 noiembrie 2026, ora 10.00"},
        {"subject": "words " * 30, "text": "ascii", "html": "ascii"},
        {"subject": "x" * 300, "to": "o'hara@example.org"},
        {"subject": "\u2028odd\u00a0spaces", "to": '"a b" <a@example.org>'},
        {"to": "ană@exâmple.org"},
        {"to": f"{'a' * 64}@{'b' * 60}.example.org"},
        {"text": "From me\r\nb\rc\n.\n..\n", "html": "a\n\n\n"},
        {"List-Unsubscribe": LONG_LINK, "X-Odd": "ș" * 100},
        {"subject": ""},
    ],
)
def test_the_quick_way_writes_the_same_bytes(parts):
    quick = _plain(mail(**parts))
    slow = mail(**parts).message().as_bytes(linesep="\r\n")
    boundary = re.search(rb'boundary="([^"]+)"', slow)[1]

    assert quick == slow.replace(boundary, f"==={NUMBER}==".encode())


def test_what_is_more_than_two_parts_is_left_to_django():
    attached = mail()
    attached.attach("a.txt", "text", "text/plain")
    for other in (attached, mail(text="x" * 999), mail(text="")):
        assert _plain(other) == b""
        assert wire_of(other).startswith(b"Content-Type: multipart/")


@pytest.mark.parametrize(
    "parts", [{"X-Bad": "a\nBcc: x@example.org"}, {"subject": "a\r\nb"}, {"to": "a@b.ro\nBcc: c"}]
)
def test_a_header_of_two_lines_is_refused(parts):
    with pytest.raises((BadHeaderError, ValueError)):
        wire_of(mail(**parts))


WORDS = Words(
    "Către {name}",
    "**{name}**\n\nUn rând lung cu [o legătură]({link}) în mijloc, și {link} la vedere.\n\n[Gata]({link})",
)


@pytest.mark.parametrize(
    "words", [WORDS, Words("{link}", WORDS.body)], ids=["filled", "address in the subject"]
)
def test_a_filled_sheet_says_what_drawing_each_mail_says(words, settings):
    sheets = Sheets(words, {"name": "Ana <b> & co. www.exemplu.ro"}, "ro")
    for number in (1, 2, 30, 3, 31):
        links = {"link": f"{settings.SITE_URL}/inscrieri/{'t' * (30 + number)}-{number}:x_y/"}
        stop = f"{settings.SITE_URL}/mesaje/oprire/{number:040}/"
        assert sheets.draw(links, stop) == sheets._render(links, stop)
    for link in ("/", f"{settings.SITE_URL}/?a=1&b=<i>{'x' * 40}"):
        assert sheets.draw({"link": link}) == sheets._render({"link": link}, "")
