"""Many mails that differ in their addresses alone: drawn once, then filled in.

To draw a mail takes a millisecond; 10,000 reminders say the same but for the link to each person's own page and the
address by which each ends such messages.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from core.messaging.kinds import PLACEHOLDER
from core.messaging.rendering import RenderedMail, render_mail
from core.messaging.wording import Words

# What no frame, no wrapping and no cleaning changes: whole addresses of the portal, signed ones too.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9:/._~-]+")
_SHORTEST = 24
_STOP = ""


@dataclass
class Sheets:
    """The drawn mails of one kind, language and set of shared values; make one for each such set.

    An address of each length has a sheet of its own, for lines are broken by length and by nothing else. Words or
    values of which this does not hold are drawn mail by mail: what comes out is always what ``render_mail`` gives.
    """

    words: Words
    values: Mapping[str, object]
    language: str
    _drawn: dict[tuple[tuple[str, int], ...], tuple[RenderedMail, dict[str, str]]] = field(
        default_factory=dict
    )
    _is_proved: bool | None = None

    def draw(self, links: Mapping[str, str], stop_url: str = "") -> RenderedMail:
        """The mail with these values and addresses; as :func:`render_mail`."""
        given = {**links, _STOP: stop_url} if stop_url else dict(links)
        if self._is_proved is False or not self._may_fill(given):
            return self._render(links, stop_url)
        if self._is_proved is None:
            whole = self._render(links, stop_url)
            self._is_proved = self._filled(given) == whole
            return whole
        return self._filled(given)

    def _render(self, links: Mapping[str, str], stop_url: str) -> RenderedMail:
        return render_mail(
            words=self.words, values={**self.values, **links}, language=self.language, stop_url=stop_url
        )

    def _may_fill(self, given: Mapping[str, str]) -> bool:
        """A subject is cut by its length, so it holds no address; and every address is the portal's own."""
        start = f"{settings.SITE_URL}/"
        return given.keys().isdisjoint(PLACEHOLDER.findall(self.words.subject)) and all(
            address.startswith(start)
            and len(address) >= len(start) + _SHORTEST
            and _ADDRESS.fullmatch(address)
            for address in given.values()
        )

    def _filled(self, given: Mapping[str, str]) -> RenderedMail:
        shape = tuple((name, len(address)) for name, address in given.items())
        if shape not in self._drawn:
            standing = {name: _stand_in(length) for name, length in shape}
            links = {name: address for name, address in standing.items() if name != _STOP}
            self._drawn[shape] = self._render(links, standing.get(_STOP, "")), standing
        sheet, standing = self._drawn[shape]
        text, html = sheet.text, sheet.html
        for name, address in given.items():
            text, html = text.replace(standing[name], address), html.replace(standing[name], address)
        return RenderedMail(sheet.subject, text, html)


def _stand_in(length: int) -> str:
    """An address of this length that nobody has."""
    start = f"{settings.SITE_URL}/"
    return start + secrets.token_hex(length)[: length - len(start)]
