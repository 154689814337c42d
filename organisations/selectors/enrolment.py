"""What pages of enrolment show: one's own requests, and records that may be the same organisation."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.urls import reverse

from core.text import fold
from organisations.choices import WRITABLE_SUBMISSIONS, RegisterStatus, SubmissionKind
from organisations.models import Organisation, Submission

# Words that half of all names begin with say nothing of likeness.
_COMMON = frozenset(
    {
        "asociatia",
        "asociatie",
        "fundatia",
        "fundatie",
        "federatia",
        "federatie",
        "uniunea",
        "uniune",
        "filiala",
    }
    | {"club", "clubul", "organizatia", "de", "din", "si", "pentru", "a", "al", "ale", "in", "la", "cu"}
)
ALIKE = 0.75
# Only somebody who stands in the registry, or waits to, can be claimed.
CLAIMABLE = (
    RegisterStatus.RECORDED,
    RegisterStatus.LISTED,
    RegisterStatus.SUSPENDED,
    RegisterStatus.SUBMITTED,
)


@dataclass(frozen=True)
class SameCode:
    """The record that has this CUI already. Of one that is not public nothing is told but that it exists."""

    organisation: Organisation
    submission: Submission | None = None

    @property
    def name(self) -> str:
        return self.organisation.display_name if self.organisation.is_public else ""

    @property
    def page(self) -> str:
        return self.organisation.get_absolute_url() if self.organisation.is_public else ""

    @property
    def claim_url(self) -> str:
        """Where it is claimed; empty for a record that nobody can claim."""
        if self.organisation.is_public:
            return reverse("organisations:claim", args=[self.organisation.slug])
        if self.submission is not None and self.organisation.register_status in CLAIMABLE:
            return reverse("organisations:claim_waiting", args=[self.submission.pk])
        return ""


def open_requests(user: Any) -> QuerySet[Submission]:
    """What this person has begun or lodged and nobody has ended; those that wait for the person first."""
    found = Submission.objects.written_by(user).open().select_related("organisation")
    return found.order_by("-saved_at", "-pk")


def drafts_of(user: Any) -> QuerySet[Submission]:
    """Requests in which this person still writes."""
    return open_requests(user).filter(status__in=WRITABLE_SUBMISSIONS)


def record_with_cui(cui: str, *, other_than: int | None = None) -> Organisation | None:
    """The record under this CUI, waiting ones too, refused ones not."""
    if not cui:
        return None
    found = Organisation.objects.filter(cui=cui).exclude(register_status=RegisterStatus.REJECTED)
    return found.exclude(pk=other_than).first() if other_than else found.first()


def names_alike(
    name: str, county: str, *, other_than: int | None = None, most: int = 3
) -> list[Organisation]:
    """Public organisations whose names are like this one, of the county or of none yet; the most alike first.

    Of many that documents name only the name is known. One query.
    """
    words = " ".join(word for word in fold(name)[:300].split() if word not in _COMMON)
    if len(words) < 4:
        return []
    found = (
        Organisation.objects.public()
        .filter(Q(county__code=county) | Q(county=None), search_text__trigram_word_similar=words)
        .annotate(likeness=TrigramWordSimilarity(words, "search_text"))
        .filter(likeness__gte=ALIKE)
    )
    if other_than:
        found = found.exclude(pk=other_than)
    return list(found.select_related("county", "seat").order_by("-likeness", "order_key", "pk")[:most])


def alike(submission: Submission) -> list[Organisation]:
    """What may be the same organisation as that of an enrolment, by the names and the county as typed so far."""
    if submission.kind != SubmissionKind.ENROLMENT:
        return []
    identity, seat = submission.answers.get("identity", {}), submission.answers.get("seat", {})
    name = str(identity.get("public_name") or identity.get("legal_name") or "")
    return names_alike(name, str(seat.get("county") or ""), other_than=submission.organisation_id)
