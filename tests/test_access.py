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
from tests.factories.accounts import UserFactory, sign_in
from tests.test_public_addresses import patterns
from videoconferences.models import ThemeProposal, Videoconference

# Walks over everything: documents are drawn once, and no line counts as covered.
pytestmark = [pytest.mark.usefixtures("documents_drawn_once", "templates_untold"), pytest.mark.no_cover]
VISITOR = "visitor"
WHO = [VISITOR, *(role.value for role in Role)]
SIGN_IN = "/cont/autentificare/"

# Pages of a person's registration, by a signed token.
OF_A_REGISTRATION = (
    "own",
    "confirm",
    "change",
    "cancel",
    "again",
    "calendar",
    "check_in_own",
    "own_questions",
)
# By the signed address of an invitation; of one's own registration, afterwards.
INVITED = ("invited", "invited_register", "feedback", "recording", "own_material")
AT_THE_DOOR = ("check_in", "newcomer")
ON_THE_DAY = ("presence", "team_questions", "add_person", "report", "report_people")
# What an address answers to whoever may come in, where that is not 200. A form that is sent empty comes back with what
# is wrong (200, 422) and a page that takes no form refuses the method (405).
FORMS = {"pages:accessibility": 422, "pages:contact": 422, "organisations:report": 422}
SENT_EMPTY = {
    **{f"meetings:{page}": {404} for page in INVITED},
    # Ways into an account come back with their faults; who is in is sent on.
    "account_login": {200, 302},
    "account_signup": {302, 422},
    "account_inactive": {200, 405},
    "account_email_verification_sent": {200, 302},
    "account_reset_password": {422},
    "account_reset_password_done": {200, 405},
    "account_reset_password_from_key": {200, 302},
    "account_reset_password_from_key_done": {200, 405},
    "mfa_authenticate": {302},
    "mfa_login_webauthn": {302},
    # There is no provider here.
    "openid_connect_login": {404},
    "socialaccount_signup": {302},
    # An invented token.
    "messaging:stop": {404},
    # Whoever is in and is no staff is refused there, not sent round in circles.
    "admin:login": {302, 403},
    "organisations:invitation": {404},
    # The meeting has been held.
    "videoconferences:register": {409},
    "programmes:closing_register": {409},
    # Invented tokens.
    **{f"meetings:{page}": {404} for page in (*OF_A_REGISTRATION, *AT_THE_DOOR)},
}
ASKED = {
    **{f"meetings:{page}": {404} for page in INVITED},
    "account_login": {200, 302},
    "account_signup": {200, 302},
    "account_logout": {200, 302},
    "account_reset_password": {200, 302},
    "account_email_verification_sent": {200, 302},
    "mfa_authenticate": {302},
    "mfa_login_webauthn": {302},
    "openid_connect_login": {404},
    "openid_connect_callback": {404},
    "socialaccount_signup": {302},
    # Whoever is in and is no staff is refused there, not sent round in circles.
    "admin:login": {302, 403},
    # An invented token.
    "pages:receipt": {404},
    "messaging:stop": {404},
    "organisations:report_receipt": {404},
    # The organisation has none.
    "organisations:logo": {404},
    "organisations:invitation": {404},
    **{f"meetings:{page}": {404} for page in (*OF_A_REGISTRATION, *AT_THE_DOOR)},
    "meetings:receipt": {404},
}
# An organisation's own pages: what they answer to a manager and to a member, asked and sent an empty form. Nobody else
# finds them.
_READ = ((200, 405), (200, 405))
_SHARED_FORM = ((200, 422), (200, 422))
OWN = {
    "organisations:own": _READ,
    "organisations:own_profile": _READ,
    "organisations:own_section": _SHARED_FORM,
    "organisations:own_logo": _SHARED_FORM,
    "organisations:own_logo_file": ((404, 405), (404, 405)),
    "organisations:own_identity": ((200, 422), (403, 403)),
    "organisations:own_identity_withdraw": ((405, 302), (405, 403)),
    # Listed already.
    "organisations:own_enrol": ((405, 302), (405, 403)),
    "organisations:own_people": _READ,
    "organisations:own_invite": ((200, 422), (403, 403)),
    "organisations:own_invitation": ((405, 404), (405, 403)),
    "organisations:own_person": ((404, 404), (403, 403)),
    "organisations:own_leave": ((200, 302), (200, 302)),
    "organisations:own_figures": _READ,
    "organisations:own_figures_year": ((200, 302), (200, 302)),
    "organisations:own_confirm": ((200, 302), (403, 403)),
    "organisations:own_history": _READ,
}
# Addresses that exist for some roles only; for anybody else who is signed in there is nothing there.
COVERAGE = {"programmes:structure_coverage": {Role.STRUCTURE_REPRESENTATIVE, *STAFF_ROLES}}
# The team of a gathering: the editorial roles and the people of its co-organisers. What a page answers to them, asked
# and sent an empty form; the gathering was held. Pages of planning that only staff have, and what promoters see too.
EDITORIAL = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.EDITOR}
OF_ORGANISATIONS = {Role.ORGANISATION_MANAGER, Role.ORGANISATION_MEMBER}
TEAM = {
    "meetings:team": ({302}, {405}),
    "meetings:registrants": ({200}, {405}),
    "meetings:registrants_file": ({405}, {404}),
    "meetings:plan": ({200}, {422}),
    "meetings:step": ({200}, {422}),
    "meetings:write": ({200}, {422}),
    "meetings:afterwards": ({200}, {422}),
    "meetings:team_material": ({200}, {405}),
    "meetings:presence": ({200}, {302}),
    "meetings:add_person": ({200}, {422}),
    "meetings:report": ({200}, {422}),
    "meetings:report_people": ({200}, {405}),
    "meetings:team_questions": ({200}, {405}),
    "meetings:question_step": ({405}, {404}),
    # Nobody of another gathering.
    "meetings:tick": ({405}, {404}),
    "meetings:decide_line": ({405}, {404}),
    "meetings:register_line": ({404}, {404}),
    "videoconferences:plan": ({200}, {405}),
    "videoconferences:team": ({200}, {405}),
    # Somebody saved meanwhile, or nothing differs.
    "videoconferences:plan_section": ({200}, {302, 409}),
    "videoconferences:plan_copy": ({200}, {422}),
    "videoconferences:plan_series": ({200}, {422}),
    "videoconferences:conclusions_writing": ({200}, {422}),
    "videoconferences:figures": ({200}, {405}),
}
# Representatives of a structure find these too, for their own members.
INVITING = {
    # It was held, so nobody is invited any more.
    "meetings:invitations": ({200}, {409}),
    "meetings:invitation_reminder": ({200}, {409}),
    "meetings:invitation_addresses": ({200}, {422}),
    # No member of the structures in its counties.
    "meetings:invitation_address": ({404}, {404}),
    "meetings:replies": ({200}, {405}),
    "meetings:replies_file": ({405}, {404}),
}
STAFF_TEAM = {
    "videoconferences:plan_new": ({200}, {422}),
    "videoconferences:edition_figures": ({200}, {405}),
}
READERS = {"videoconferences:conclusion_export": ({200}, {405})}
# The organisation's own proposal on the board of themes, and the order that it gives.
BOARD = {
    "videoconferences:theme_change": ({200}, {422}),
    "videoconferences:theme_withdraw": ({200}, {302}),
    "videoconferences:theme_rank": ({200}, {302}),
}
PROMOTERS = {
    "programmes:promoters_meeting": ({200}, {405}),
    "programmes:promoters_register": ({200}, {409}),
}
FOR_SOME = {
    **dict.fromkeys(TEAM, EDITORIAL | OF_ORGANISATIONS),
    **dict.fromkeys(INVITING, EDITORIAL | OF_ORGANISATIONS | {Role.STRUCTURE_REPRESENTATIVE}),
    **dict.fromkeys(STAFF_TEAM, EDITORIAL),
    **dict.fromkeys(READERS, EDITORIAL | {Role.AUDITOR}),
    **dict.fromkeys(BOARD, OF_ORGANISATIONS),
    **dict.fromkeys(PROMOTERS, STAFF_ROLES | OF_ORGANISATIONS),
}
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
    records[Material] = Material.objects.create(meeting=meeting, title="M", file=ContentFile(b"x", "m.txt"))
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
        **{f"programmes:promoters_{page}": [year, 1] for page in ("meeting", "register")},
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


def expected(who: str, name: str, method: str) -> set[int]:
    """Statuses that the rules allow; 401 stands for being sent to sign in."""
    if who == VISITOR and name not in PUBLIC_ADDRESSES:
        return {401}
    if name in COVERAGE:
        if who not in {role.value for role in COVERAGE[name]}:
            return {404} if method == "GET" else {404, 405}
        return {200} if method == "GET" else {405}
    if name in FOR_SOME:
        if who not in {role.value for role in FOR_SOME[name]}:
            return {404, 405}
        return {**TEAM, **INVITING, **STAFF_TEAM, **READERS, **BOARD, **PROMOTERS}[name][method == "POST"]
    if name in OWN:
        place = {Role.ORGANISATION_MANAGER: 0, Role.ORGANISATION_MEMBER: 1}.get(Role(who))
        return {404, 405} if place is None else {OWN[name][place][method == "POST"]}
    if name not in PUBLIC_ADDRESSES:
        # One's own account: pages, forms with their faults, and a question for the password before what is delicate.
        return {200, 302, 404, 405} if method == "GET" else {200, 302, 404, 405, 422}
    if method == "GET":
        return ASKED.get(name, {200})
    return SENT_EMPTY.get(name, {FORMS[name]} if name in FORMS else {405})


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
