"""Row A2 as one table: every address, asked (GET) and sent to (POST) by a visitor and by a person of every role.

Pages of records in the admin are asked here by those who must not get in; what staff see there, by their rules, is in
tests/admin/test_pages.py.
"""

from typing import Any

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from core.accounts.choices import GRANTED_ROLES, STAFF_ROLES, Role
from core.jobs.models import Job
from core.permissions import permission_matrix
from meetings.choices import MeetingStatus
from meetings.models import Material
from organisations.choices import MemberRole
from organisations.models import AssociativeStructure, Membership, Organisation, StructureRepresentative
from programmes.models import Announcement, ClosingEvent, EditionDocument, EditionPartner, PromotersMeeting
from promotori.public_addresses import PUBLIC_ADDRESSES
from tests.admin.world import populate
from tests.answers import (
    AT_THE_DOOR,
    INVITED,
    INVITING,
    OF_A_REGISTRATION,
    ON_THE_DAY,
    OWN,
    VISITOR,
    expected,
)
from tests.factories.accounts import UserFactory, sign_in
from tests.test_public_addresses import patterns
from videoconferences.models import ThemeProposal, Videoconference

# Walks over everything: documents are drawn once.
pytestmark = [pytest.mark.usefixtures("documents_drawn_once", "templates_untold")]
WHO = [VISITOR, *(role.value for role in Role)]
SIGN_IN = "/cont/autentificare/"

PATTERNS = list(patterns(get_resolver()))


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> dict[type, Any]:
    settings.MEDIA_ROOT = tmp_path
    records = populate()
    structure = records[AssociativeStructure]
    EditionPartner.objects.create(edition=records[Videoconference].edition, structure=structure)
    meeting = records[Videoconference].meeting
    gatherings = [meeting, records[ClosingEvent].meeting, records[PromotersMeeting].meeting]
    type(meeting).objects.filter(pk__in=[each.pk for each in gatherings]).update(status=MeetingStatus.HELD)
    Announcement.objects.update(published_at="2021-01-01T00:00Z")
    records[EditionDocument].file.save("x.txt", ContentFile(b"x"))
    for each in gatherings:
        Material.objects.create(meeting=each, title="M", file=ContentFile(b"x", "m.txt"))
    records[Material] = meeting.materials.get()
    return records


def arguments(records: dict[type, Any]) -> dict[str, list[Any]]:
    """What fills the places in an address, by the name of the address."""
    videoconference, organisation = records[Videoconference], records[Organisation]
    year = videoconference.edition.year
    county, uat = organisation.county, organisation.seat
    return {
        "sitemap_section": ["pagini"],
        "programmes:edition_detail": [year],
        "programmes:announcement_detail": [records[Announcement].slug],
        "programmes:document_detail": [records[EditionDocument].slug],
        "programmes:document_file": [records[EditionDocument].slug],
        "programmes:structure_coverage": [records[AssociativeStructure].slug],
        "organisations:county": [county.slug],
        "organisations:uat": [county.slug, uat.slug],
        "organisations:detail": [organisation.slug],
        "organisations:report": [organisation.slug],
        "organisations:report_receipt": ["inventat"],
        "organisations:logo": [organisation.slug],
        "organisations:claim": [organisation.slug],
        # Somebody else's, or nobody's.
        **{f"organisations:submission{page}": [1] for page in ("", "_lodge", "_withdraw")},
        **{f"organisations:{page}": [1] for page in ("claim_waiting", "submitted_logo")},
        "organisations:submission_step": [1, "identitate"],
        "organisations:invitation": ["inventat"],
        **{name: [organisation.slug] for name in OWN},
        "organisations:own_section": [organisation.slug, "domenii"],
        "organisations:own_figures_year": [organisation.slug, 2020],
        **{f"organisations:own_{page}": [organisation.slug, 0] for page in ("invitation", "person")},
        "organisations:legal_paper_pdf": ["certificat-de-voluntariat"],
        "organisations:legal_paper_odt": ["certificat-de-voluntariat"],
        "organisations:structure_detail": [records[AssociativeStructure].slug],
        "videoconferences:detail": [year, videoconference.number],
        "videoconferences:material": [year, videoconference.number, records[Material].pk],
        "videoconferences:edition_calendar": [year],
        **{
            f"videoconferences:{page}": [year, videoconference.number]
            for page in ("team", "plan_copy", "plan_series")
        },
        "videoconferences:plan_section": [year, videoconference.number, "zona"],
        **{
            f"videoconferences:{page}": [year, videoconference.number]
            for page in ("conclusions", "conclusions_writing", "figures")
        },
        "videoconferences:edition_figures": [year],
        **{f"videoconferences:theme_{page}": [records[ThemeProposal].pk] for page in ("change", "withdraw")},
        "videoconferences:theme_rank": [organisation.slug],
        **{
            f"meetings:{page}": [videoconference.meeting.pk]
            for page in ("team", "registrants", "registrants_file", *ON_THE_DAY)
        },
        "meetings:question_step": [videoconference.meeting.pk, 999_999, "show"],
        **{
            f"meetings:{page}": [videoconference.meeting.pk, 999_999]
            for page in ("tick", "decide_line", "register_line")
        },
        **{
            name: [videoconference.meeting.pk]
            for name in (*INVITING, "meetings:write", "meetings:afterwards")
        },
        "meetings:invitation_address": [videoconference.meeting.pk, 999_999],
        "meetings:team_material": [videoconference.meeting.pk, records[Material].pk],
        **{f"meetings:{page}": ["inventat"] for page in INVITED},
        "meetings:own_material": ["inventat", 1],
        "meetings:plan": [videoconference.meeting.pk, "descriere"],
        "meetings:step": [videoconference.meeting.pk, "cancel"],
        **{f"programmes:closing_{page}": [year] for page in ("event", "register")},
        "programmes:closing_material": [year, records[ClosingEvent].meeting.materials.get().pk],
        **{f"programmes:promoters_{page}": [year, 1] for page in ("meeting", "register")},
        "programmes:promoters_material": [year, 1, records[PromotersMeeting].meeting.materials.get().pk],
        "videoconferences:edition_calendar_pdf": [year],
        "videoconferences:edition_calendar_ics": [year],
        "videoconferences:register": [year, videoconference.number],
        **{f"meetings:{page}": ["inventat"] for page in (*OF_A_REGISTRATION, *AT_THE_DOOR, "receipt")},
        "pages:receipt": ["inventat"],
        "account_consent_withdraw": [1],
        "messaging:stop": ["inventat"],
        # Somebody else's.
        **{f"jobs:{page}": [records[Job].pk] for page in ("detail", "stop", "file")},
        "account_reset_password_from_key": ["1", "abc-def"],
        "openid_connect_login": ["oidc"],
        "openid_connect_callback": ["oidc"],
        # Somebody else's, or nobody's.
        **{name: [1] for name in ("session_end", "mfa_edit_webauthn", "mfa_remove_webauthn")},
    }


def client_of(who: str, records: dict[type, Any]) -> Client:
    """A browser of nobody, or of a person with this role alone: granted, or by a relation to the world's records."""
    client = Client()
    if who == VISITOR:
        return client
    role = Role(who)
    user = UserFactory(roles=[role] if role in GRANTED_ROLES else [])
    if role == Role.STRUCTURE_REPRESENTATIVE:
        StructureRepresentative.objects.create(structure=records[AssociativeStructure], user=user)
    elif role not in GRANTED_ROLES:
        is_manager = role == Role.ORGANISATION_MANAGER
        Membership.objects.create(
            organisation=records[Organisation],
            user=user,
            role=MemberRole.MANAGER if is_manager else MemberRole.MEMBER,
        )
    return sign_in(client, user)


def answer(client: Client, address: str, *, method: str) -> tuple[int, str]:
    """Status and where it leads; what a form would have changed is taken back."""
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address)
        transaction.set_rollback(True)
    if response.streaming:
        list(response)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize("who", WHO)
def test_pages_answer_everybody_as_the_rules_say(who, world):
    client = client_of(who, world)
    known = arguments(world)
    wrong = []
    for name, _entry in PATTERNS:
        if name.startswith("admin:") and name != "admin:login":
            continue
        # Ends the session; who may is tried with the sign-in.
        methods = ("GET",) if name == "account_logout" else ("GET", "POST")
        address = reverse(name, args=known.get(name, []))
        for method in methods:
            # A form may leave its text in a visitor's new session, which goes with what is taken back.
            asking = Client() if who == VISITOR else client
            status, location = answer(asking, address, method=method)
            seen = 401 if location.startswith(SIGN_IN) and name not in PUBLIC_ADDRESSES else status
            if seen not in expected(who, name, method):
                wrong.append((method, address, seen, location))
    assert not wrong, "\n".join(map(str, wrong))


def admin_addresses(records: dict[type, Any]) -> list[tuple[str, str, str]]:
    """Model, page and address of every page of the admin that is about a model."""
    found = []
    for model, record in records.items():
        if not admin.site.is_registered(model):
            continue
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        workflow = getattr(admin.site._registry[model], "workflow", None)
        places: dict[str, list[Any]] = {
            "changelist": [],
            "add": [],
            "change": [record.pk],
            "delete": [record.pk],
            "history": [record.pk],
            "export": [],
            "import": [],
            "process_import": [],
            "step": [record.pk, next(iter(workflow.transitions)) if workflow else "x"],
        }
        for page, args in places.items():
            try:
                address = reverse(f"admin:{label}_{page}", args=args)
            except NoReverseMatch:
                continue
            found.append((f"{model._meta.app_label}.{{}}_{model._meta.model_name}", page, address))
    return found


ADMIN_ITSELF = ("/admin/", "/admin/search/", "/admin/autocomplete/", "/admin/jsi18n/", "/admin/nicaieri/")


@pytest.mark.parametrize("who", [who for who in WHO if who not in {role.value for role in STAFF_ROLES}])
def test_admin_lets_in_nobody_but_staff(who, world):
    client = client_of(who, world)
    addresses = [*ADMIN_ITSELF, *(address for _name, _page, address in admin_addresses(world))]
    wrong = []
    for address in addresses:
        for method in ("GET", "POST"):
            status, location = answer(client, address, method=method)
            sent_to_sign_in = status == 302 and location.startswith((SIGN_IN, "/admin/login/"))
            if not sent_to_sign_in and status != 403:
                wrong.append((method, address, status))
    assert not wrong, "\n".join(map(str, wrong))


NEEDED = {
    "add": ("add",),
    "change": ("change",),
    "delete": ("delete",),
    "import": ("add", "change"),
    "process_import": ("add", "change"),
}
# A step is made by whoever changes the record, or decides about it.
STEP = ("change", "decide")


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_staff_send_nothing_that_their_role_may_not(role, world):
    client = client_of(role, world)
    matrix = permission_matrix()
    wrong, tried = [], 0
    for name, page, address in admin_addresses(world):
        held = {
            action
            for action in ("add", "change", "delete", "decide")
            if matrix.get(name.format(action), {}).get(role) == "all"
        }
        may = bool(held.intersection(STEP)) if page == "step" else held.issuperset(NEEDED.get(page, ()))
        if not may:
            tried += 1
            status, _location = answer(client, address, method="POST")
            if status != 403:
                wrong.append((address, status))
    assert tried > 10
    assert not wrong, "\n".join(map(str, wrong))
