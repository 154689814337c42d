"""The words of a kind: the portal's own or those of staff, and whether their placeholders hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from core.messaging.kinds import PLACEHOLDER, MailKind
from core.messaging.models import Wording

_BRACES = re.compile(r"[{}]")
_LINK = re.compile(r"\]\(([^)]*)\)")


@dataclass(frozen=True)
class Words:
    """Subject and body with their placeholders still in them."""

    subject: str
    body: str


def own_words(kind: MailKind, language: str) -> Words:
    """The portal's own words."""
    with translation.override(language):
        return Words(str(kind.subject), str(kind.body))


def words_of(kind: MailKind, language: str) -> Words:
    """What staff wrote, else the portal's own; words of staff that a later release made wrong are passed over."""
    written = Wording.objects.filter(kind=kind.name, language=language).first()
    if written is not None and not faults_in(kind, Words(written.subject, written.body)):
        return Words(written.subject, written.body)
    return own_words(kind, language)


def faults_in(kind: MailKind, words: Words) -> list[str]:
    """Sentences that say why these words cannot be sent; empty when they can."""
    faults = []
    for part in (words.subject, words.body):
        for name in sorted(set(PLACEHOLDER.findall(part)) - set(kind.placeholders)):
            faults.append(
                _("“%(name)s” is not known to this mail. It knows: %(known)s.")
                % {
                    "name": f"{{{name}}}",
                    "known": ", ".join(f"{{{each}}}" for each in kind.placeholders) or "—",
                }
            )
        if _BRACES.search(PLACEHOLDER.sub("", part)):
            faults.append(
                _(
                    "A brace stands alone. Braces are kept for placeholders: {name}, in small letters, no spaces."
                )
            )
    needed = linked_names(own_words(kind, "en").body)
    for name in sorted(needed - set(PLACEHOLDER.findall(words.body))):
        faults.append(
            _("The body has lost “%(name)s” (%(meaning)s), without which the mail is of no use.")
            % {"name": f"{{{name}}}", "meaning": kind.placeholders[name]}
        )
    return list(dict.fromkeys(faults))


def linked_names(body: str) -> set[str]:
    """Placeholders that stand for the address of a link: what the recipient has to press."""
    return {name for address in _LINK.findall(body) for name in PLACEHOLDER.findall(address)}


def missing_values(kind: MailKind, values: Mapping[str, object]) -> list[str]:
    """Placeholders that the writer of a message left without a value."""
    return sorted(set(kind.placeholders) - set(values))
