"""One record of every model that the admin shows, made by the smallest means."""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib import admin

from core.accounts.models import Consent, ConsentText, Erasure, User
from core.accounts.services.consents import give_consent
from core.accounts.services.erasure import ask_erasure
from core.accounts.sign_in_mails import post_sign_in_mail
from core.exports import log_export
from core.jobs.models import Job
from core.messaging.models import Message, Wording
from core.models import ExportLog, StateChange
from core.pages.models import Feedback, PageText
from core.territory.models import Country, County, PlaceAlias, Region, TerritoryLoad, Uat
from core.workflow import remember
from meetings.choices import MeetingKind
from meetings.models import AgendaItem, Meeting, Question, Registration, Reminder
from organisations.choices import ContactKind, NameKind, RegisterStatus
from organisations.models import (
    AssociativeStructure,
    AuthorityAddress,
    BeneficiaryGroup,
    Domain,
    FoundName,
    Invitation,
    Organisation,
    OrganisationContact,
    OrganisationMerge,
    OrganisationName,
    Reconfirmation,
    RecordReport,
    RegistryImport,
    StructureMembership,
    Submission,
    SubmissionVersion,
    SustainableGoal,
    YearlyFigures,
)
from programmes.choices import EditionStatus
from programmes.models import (
    Announcement,
    ClosingEvent,
    Edition,
    EditionDocument,
    EditionPart,
    Mandate,
    PromotersMeeting,
)
from tests.factories.accounts import UserFactory
from tests.factories.meetings import RegistrationFactory
from tests.factories.territory import CountyFactory, UatFactory
from videoconferences.models import Conclusion, CoOrganiser, Theme, ThemeProposal, Videoconference


def an_organisation(number: int = 1, **fields: Any) -> Organisation:
    name = fields.pop("legal_name", f"Asociația Exemplu {number}")
    values = {"slug": f"exemplu-{number}", "register_status": RegisterStatus.RECORDED, **fields}
    return Organisation.objects.create(legal_name=name, **values)


def a_meeting(**fields: Any) -> Meeting:
    values = {
        "kind": MeetingKind.VIDEOCONFERENCE,
        "title": "Videoconferința de probă",
        "on_date": date(2021, 4, 28),
    }
    return Meeting.objects.create(**{**values, **fields})


def an_edition(year: int = 2021, **fields: Any) -> Edition:
    return Edition.objects.create(
        number=year - 2019, year=year, **{"status": EditionStatus.RUNNING, **fields}
    )


def a_videoconference(edition: Edition, number: int = 1, **fields: Any) -> Videoconference:
    meeting = fields.pop("meeting", None) or a_meeting(title=f"Videoconferința nr. {number}")
    return Videoconference.objects.create(edition=edition, number=number, meeting=meeting, **fields)


def a_request(organisation: Organisation, **fields: Any) -> Submission:
    """A claim that waits for a decision."""
    values = {
        "kind": "claim",
        "status": "lodged",
        "lodged_at": NOON,
        "answers": {"claim": {"why": "Sunt președinta."}},
    }
    request = Submission.objects.create(organisation=organisation, **{**values, **fields})
    SubmissionVersion.objects.create(submission=request, number=1, answers=request.answers, lodged_at=NOON)
    return request


def populate() -> dict[type, Any]:
    """One record a registered model, by model."""
    county = CountyFactory(code="BV")
    uat = UatFactory(county=county, name="Făgăraș")
    organisation = an_organisation(seat=uat, county=county, cui="18547290")
    OrganisationContact.objects.create(
        organisation=organisation, kind=ContactKind.EMAIL, value="a@example.org"
    )
    edition = an_edition()
    EditionPart.objects.create(edition=edition, number=1)
    videoconference = a_videoconference(edition)
    videoconference.regions.add(county.region)
    AgendaItem.objects.create(meeting=videoconference.meeting, title="Deschiderea")
    structure = AssociativeStructure.objects.create(
        acronym="ACoR", slug="acor", name="Comune", represents="comuna"
    )
    text = ConsentText.objects.create(purpose="proba", version=1, text="Sunt de acord.")
    remember(edition, name="running", source="draft", target="running", actor=None, reason="Probă")
    registration = RegistrationFactory(meeting=videoconference.meeting, county=county, uat=uat)
    made = {
        Registration: registration,
        Question: Question.objects.create(
            meeting=videoconference.meeting, registration=registration, text="Cine plătește asigurarea?"
        ),
        Reminder: Reminder.objects.create(registration=registration, kind="week", for_start=NOON),
        Country: county.country,
        Region: county.region,
        County: county,
        Uat: uat,
        PlaceAlias: PlaceAlias.objects.create(uat=uat, name="Fogaras"),
        TerritoryLoad: TerritoryLoad.objects.create(as_of=date(2025, 1, 1), source="INS", sha256="0" * 64),
        User: UserFactory(),
        PageText: PageText.objects.create(key="contact", language="ro", body="Scrieți-ne."),
        ConsentText: text,
        Consent: give_consent(purpose=text.purpose, email="b@example.org", language="ro", text=text),
        Erasure: ask_erasure(user=UserFactory()),
        Feedback: Feedback.objects.create(
            kind="other", message="O întrebare", email="x@example.org", language="ro"
        ),
        StateChange: StateChange.objects.first(),
        Message: post_sign_in_mail("account/email/unknown_account", "m@example.org", {}),
        Wording: Wording.objects.create(
            kind="accounts.new_password", language="ro", subject="Parola", body="[Alegeți]({link})"
        ),
        ExportLog: log_export(None, "Organizații", {"județ": "BV"}, 3, file_format="csv"),
        Job: Job.objects.create(kind="proba", owner=UserFactory(), language="ro"),
        Organisation: organisation,
        OrganisationName: OrganisationName.objects.create(
            organisation=organisation, name="A.E.", kind=NameKind.PRINTED
        ),
        Submission: a_request(organisation),
        RecordReport: RecordReport.objects.create(
            organisation=organisation,
            reason="wrong",
            message="Nu mai este acolo",
            email="r@example.org",
            language="ro",
        ),
        OrganisationMerge: OrganisationMerge.objects.create(
            kept=organisation, merged_name="A. E.", merged_slug="a-e", merged_record={}, reason="Probă"
        ),
        Invitation: Invitation.objects.create(
            organisation=organisation, email="i@example.org", expires_at=NOON
        ),
        Reconfirmation: Reconfirmation.objects.create(organisation=organisation, due_on=date(2099, 4, 28)),
        YearlyFigures: YearlyFigures.objects.create(organisation=organisation, year=2020),
        RegistryImport: RegistryImport.objects.create(name="organizatii.csv", file="x.csv"),
        FoundName: FoundName.objects.create(name="A.E.", source="Calendarul 2021"),
        AssociativeStructure: structure,
        StructureMembership: StructureMembership.objects.create(structure=structure, uat=uat, source="Probă"),
        AuthorityAddress: AuthorityAddress.objects.create(uat=uat, email="primaria@example.org"),
        Domain: Domain.objects.create(code="social", name="Social", name_en="Social"),
        BeneficiaryGroup: BeneficiaryGroup.objects.create(code="copii", name="Copii", name_en="Children"),
        SustainableGoal: SustainableGoal.objects.create(code="1", name="Fără sărăcie", name_en="No poverty"),
        Meeting: a_meeting(kind=MeetingKind.TRAINING, title="Instruire"),
        Edition: edition,
        Mandate: Mandate.objects.create(edition=edition, organisation=organisation, source="Decizie"),
        Announcement: Announcement.objects.create(title="Un anunț", slug="un-anunt", body="Text"),
        EditionDocument: EditionDocument.objects.create(
            edition=edition, kind="altul", title="Document", slug="document", text="Text"
        ),
        ClosingEvent: ClosingEvent.objects.create(
            edition=edition, meeting=a_meeting(kind=MeetingKind.CLOSING_EVENT, title="Închiderea")
        ),
        PromotersMeeting: PromotersMeeting.objects.create(
            edition=edition,
            number=1,
            meeting=a_meeting(kind=MeetingKind.PROMOTERS_MEETING, title="Întâlnirea promotorilor"),
        ),
        Videoconference: videoconference,
        CoOrganiser: CoOrganiser.objects.create(videoconference=videoconference, organisation=organisation),
        ThemeProposal: ThemeProposal.objects.create(
            edition=edition, organisation=organisation, title="Transportul voluntarilor"
        ),
        Conclusion: Conclusion.objects.create(
            videoconference=videoconference, kind="nevoie", text="Lipsesc locuri."
        ),
        Theme: Theme.objects.create(code="parteneriat", name="Parteneriat", name_en="Partnership"),
    }
    assert set(made) == set(admin.site._registry), "a registered model has no record here"
    return made


NOON = datetime(2021, 4, 28, 9, 0, tzinfo=UTC)
