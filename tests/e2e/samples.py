"""What the journeys need beside edition II: an announcement, pages of organisations, a new colleague."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from core.accounts.choices import Role
from core.accounts.models import User
from core.accounts.services import grant_role
from core.territory.models import County, Uat
from organisations.choices import LegalForm, RegisterStatus, ReportReason, ReportStatus
from organisations.models import Organisation, RecordReport
from organisations.selectors.registry import PER_PAGE
from programmes.models import Announcement

NEWCOMER = "coleg@exemplu.invalid"
NEWCOMER_PASSWORD = "un dud înflorit lângă gară"
DRAFT = "proba-in-lucru"
# Number of a report that was answered, so that it waits in nobody's queue.
REPORT = 900_001
# Two pages of the list.
IN_BUCOVINA = PER_PAGE + 5
ONE_WORD = "Îngrijitorilor" * 20


def load() -> None:
    """Written to the journeys' own database, once."""
    now = timezone.now()
    Announcement.objects.create(
        title="Anunț de probă",
        slug="proba",
        summary="Un rezumat.",
        published_at=now - timedelta(days=1),
        body="Un text cu **accent** și o [legătură](/contact/).\n\n- un rând\n- alt rând",
    )
    Announcement.objects.create(title="Anunț în lucru", slug=DRAFT, body="Nu se vede.")
    brasov = Uat.objects.current().get(name="Brașov", county__code="BV")
    _organisation("Brașov fără hotare", 0, brasov.county, brasov)
    _organisation(ONE_WORD, 0, County.objects.get(code="TL"))
    for number in range(IN_BUCOVINA):
        _organisation("Bucovina", number + 1, County.objects.get(code="SV"))
    RecordReport.objects.create(
        pk=REPORT,
        organisation=Organisation.objects.get(slug="pro-vobis"),
        reason=ReportReason.OTHER,
        message="Adresa s-a schimbat.",
        email="cititor@exemplu.invalid",
        language="ro",
        status=ReportStatus.DISMISSED,
        handled_at=now,
    )
    Organisation.objects.create(
        legal_name="Fundația Poteca",
        slug="proba-poteca",
        register_status=RegisterStatus.RECORDED,
        source="exemplu",
    )
    newcomer = User.objects.create_user(NEWCOMER, NEWCOMER_PASSWORD, full_name="Colega Nouă")
    EmailAddress.objects.create(user=newcomer, email=NEWCOMER, verified=True, primary=True)
    grant_role(user=newcomer, role=Role.EDITOR)


def _organisation(name: str, number: int, county: County, seat: Uat | None = None) -> None:
    Organisation.objects.create(
        legal_name=f"Asociația {name} {number or ''}".strip(),
        slug=f"proba-{county.slug}-{number}",
        county=county,
        seat=seat,
        legal_form=LegalForm.ASSOCIATION,
        register_status=RegisterStatus.LISTED,
        listed_on=timezone.localdate(),
        source="exemplu",
        is_example=True,
    )
