"""Consents: the words in use, agreement given to exactly those words, and taken back."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.models import Consent, ConsentText, User
from core.accounts.purposes import purpose_of, purposes
from core.accounts.selectors import text_in_use


class ConsentStaysError(ValueError):
    """A consent that cannot be withdrawn; the text says why, to the person."""


def current_text(purpose: str) -> ConsentText:
    """The words in use now for a registered purpose; the first wording is stored when none is yet.

    Raises ``KeyError`` for a purpose that nobody registered.
    """
    if purpose_of(purpose) is None:
        raise KeyError(purpose)
    text = text_in_use(purpose)
    return text if text is not None else _first_text(purpose)


@transaction.atomic
def give_consent(
    *,
    purpose: str,
    user: User | None = None,
    email: str = "",
    language: str,
    about: models.Model | None = None,
    text: ConsentText | None = None,
) -> Consent:
    """Stores an agreement to the words that were shown: ``text``, else those in use now.

    A person who agreed to the same words about the same record already, and did not take it back, gets that row. A
    person with an account is kept by the account alone, without an address. Raises ``KeyError`` for an unknown
    purpose, ``ValueError`` for a text of another purpose.
    """
    text = text or current_text(purpose)
    if text.purpose != purpose:
        raise ValueError(f"{text} is not a text of “{purpose}”.")
    given = {
        "text": text,
        "user": user,
        "email": "" if user else email.strip().lower(),
        "content_type": ContentType.objects.get_for_model(about) if about is not None else None,
        "object_id": str(about.pk) if about is not None else "",
    }
    standing = Consent.objects.filter(**given, withdrawn_at=None).first()
    return standing or Consent.objects.create(**given, language=language)


@transaction.atomic
def withdraw_consent(*, consent: Consent) -> Consent:
    """Takes an agreement back; the row stays, with the moment, and what stood on it ends by the purpose's own hook.

    A second call changes nothing. Raises :class:`ConsentStaysError` when the purpose cannot be withdrawn.
    """
    locked = Consent.objects.select_for_update(of=("self",)).select_related("text").get(pk=consent.pk)
    purpose = purpose_of(locked.text.purpose)
    if purpose is not None and not purpose.withdrawable:
        raise ConsentStaysError(
            _("This declaration cannot be withdrawn by itself, because something that was done stands on it.")
        )
    if locked.withdrawn_at is None:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])
        if purpose is not None and purpose.on_withdrawal is not None:
            purpose.on_withdrawal(locked)
    return locked


def next_version(*, purpose: str) -> int:
    """The number of the next words for this purpose; two who write at once are told apart by the database."""
    last = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    return last.version + 1 if last else 1


def store_first_texts() -> None:
    """Stores the first wording of purposes that have none; after each ``migrate``."""
    for purpose in purposes():
        if not ConsentText.objects.filter(purpose=purpose.key).exists() and _is_translated(purpose.key):
            _first_text(purpose.key)


def _first_text(key: str) -> ConsentText:
    text, _made = ConsentText.objects.get_or_create(
        purpose=key, version=1, defaults={"text": _wording(key, "ro"), "text_en": _wording(key, "en")}
    )
    return text


def _is_translated(key: str) -> bool:
    """False while the catalogues are not compiled: English words must not become the Romanian text."""
    return _wording(key, "ro") != _wording(key, "en")


def _wording(key: str, language: str) -> str:
    purpose = purpose_of(key)
    assert purpose is not None  # noqa: S101  (asked by current_text)
    with override(language):
        return str(purpose.wording)
