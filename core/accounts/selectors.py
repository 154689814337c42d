"""The words of consents in use, and what a person agreed to."""

from dataclasses import dataclass

from django.utils import timezone

from core.accounts.models import Consent, ConsentText, User
from core.accounts.personal_data import Words
from core.accounts.purposes import purpose_of


@dataclass(frozen=True)
class GivenConsent:
    """One agreement as the page of my data shows it; ``is_current`` is false when the words have changed since."""

    consent: Consent
    label: Words
    may_withdraw: bool
    is_current: bool


def text_in_use(purpose: str) -> ConsentText | None:
    """The newest words whose day has come; None before the first were stored."""
    texts = ConsentText.objects.filter(purpose=purpose, valid_from__lte=timezone.now())
    return texts.order_by("-version").first()


def consents_of(user: User) -> list[GivenConsent]:
    """What the person agreed to, the newest first, those taken back too; one query more for each purpose."""
    given = list(Consent.objects.filter(user=user).select_related("text"))
    newest = {purpose: text_in_use(purpose) for purpose in {each.text.purpose for each in given}}
    return [_given(each, newest[each.text.purpose]) for each in given]


def _given(consent: Consent, newest: ConsentText | None) -> GivenConsent:
    purpose = purpose_of(consent.text.purpose)
    return GivenConsent(
        consent,
        purpose.label if purpose else consent.text.purpose,
        consent.withdrawn_at is None and (purpose is None or purpose.withdrawable),
        newest is None or newest.pk == consent.text_id,
    )
