"""What an attacker tries first: hidden records, kept pages, doors that lead away, other people's sessions."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from meetings.choices import MeetingStatus
from meetings.models import Material
from organisations.choices import RegisterStatus, Represents
from organisations.models import StructureRepresentative
from tests.factories.accounts import PASSWORD, UserFactory, sign_in, staff_client
from tests.factories.meetings import MeetingFactory
from tests.factories.organisations import (
    AssociativeStructureFactory,
    MembershipFactory,
    OrganisationContactFactory,
    OrganisationFactory,
)
from tests.factories.programmes import AnnouncementFactory, EditionDocumentFactory, EditionFactory
from tests.factories.territory import CountyFactory
from tests.factories.videoconferences import CoOrganiserFactory, VideoconferenceFactory
from tests.test_hostile import PLAIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents_drawn_once", "templates_untold")]
SECRET = "zmeur"
LINK = "secret-join-link"
SIGN_IN = "/cont/autentificare/"
QUESTIONS = ("", "?q=zmeura", "?judet=BV", "?vedere=luna&luna=2031-05", "?pagina=2")


@pytest.fixture
def hidden() -> list[str]:
    """One of everything that is not public, each named by SECRET, beside public records; addresses that guess them."""
    county = CountyFactory(code="BV")
    public = OrganisationFactory(legal_name="Asociația Văzută", slug="pro-vobis", county=county)
    OrganisationContactFactory(organisation=public, value=f"{SECRET}a@example.org")
    MembershipFactory(
        organisation=public, user=UserFactory(full_name="Zmeura Ionescu", email="zmeura@example.org")
    )
    OrganisationFactory(
        legal_name="Asociația Zmeura", slug="zmeura", county=county, register_status=RegisterStatus.DRAFT
    )
    edition = EditionFactory(year=2021, number=2)
    draft = EditionFactory(year=2031, number=7, draft=True, purpose="zmeura")
    AnnouncementFactory(title="Zmeura ciornă", slug="zmeura-ciorna", published_at=None)
    AnnouncementFactory(
        title="Zmeura de mâine", slug="zmeura-maine", published_at=timezone.now() + timedelta(days=1)
    )
    EditionDocumentFactory(
        edition=edition,
        title="Zmeura",
        slug="zmeura-document",
        is_public=False,
        file=ContentFile(b"zmeura", "zmeura.txt"),
    )
    EditionDocumentFactory(edition=draft, title="Zmeura", slug="zmeura-alta")
    shown = VideoconferenceFactory(edition=edition, number=1, meeting__on_date=date(2021, 5, 4))
    CoOrganiserFactory(videoconference=shown, organisation=public)
    material = Material.objects.create(
        meeting=shown.meeting, title="Zmeura", is_public=False, file=ContentFile(b"zmeura", "zmeura.txt")
    )
    planned = MeetingFactory(title="Zmeura", status=MeetingStatus.DRAFT, on_date=date(2031, 5, 7))
    VideoconferenceFactory(edition=edition, number=2, meeting=planned)
    VideoconferenceFactory(
        edition=draft, number=1, meeting__on_date=date(2031, 5, 9), meeting__title="Zmeura"
    )
    return [
        "/organizatii/zmeura/", "/editii/2031/", "/editii/2031/calendar/", "/editii/2031/calendar.pdf",
        "/editii/2031/calendar.ics", "/anunturi/zmeura-ciorna/", "/anunturi/zmeura-maine/",
        "/documente/zmeura-document/",
        "/documente/zmeura-document/fisier", "/documente/zmeura-alta/", "/videoconferinte/2021/2/",
        "/videoconferinte/2031/1/", f"/videoconferinte/2021/1/materiale/{material.pk}", "/media/documents/zmeura.txt",
    ]  # fmt: skip


def test_hidden_records_are_not_found_by_guessing(hidden: list[str], client: Client) -> None:
    member = sign_in(Client(), UserFactory())
    for visitor in (client, member):
        answers = {
            f"{prefix}{address}": visitor.get(f"{prefix}{address}")
            for address in hidden
            for prefix in ("", "/en")
        }
        assert {address for address, answer in answers.items() if answer.status_code != 404} == set()
        told = {
            address: answer.text.lower().replace(address.removeprefix("/en"), "")
            for address, answer in answers.items()
        }
        assert [address for address, text in told.items() if SECRET in text] == []


def test_no_public_page_lets_hidden_records_out(hidden: list[str], client: Client) -> None:
    """Neither pages, nor feeds, calendars and sitemaps, nor the search; nor the link to join, nor a private contact."""
    leaking = []
    for address in PLAIN:
        for question in QUESTIONS:
            answer = client.get(address + question)
            text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode(
                errors="replace"
            )
            # The word that was searched for may stand in its own box and in addresses of the list.
            text = re.sub(r"zmeura(?=[\"”&<]| –)|q=zmeura", "", text) if "zmeura" in question else text
            if SECRET in text.lower() or LINK in text or "Ionescu" in text:
                leaking.append(address + question)

    assert leaking == []


@pytest.fixture
def kept_pages(settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 300


def entries() -> int:
    return len(cache._cache.get_client(None).keys("*"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["/editii/", "/organizatii/", "/sitemap.xml", "/sitemap-pagini.xml"])
def test_ports_and_unknown_parameters_make_no_copies(kept_pages: None, client: Client, address: str) -> None:
    """A cache that anybody can fill also pushes out the counters of the limits on tries."""
    client.get(address)
    before = entries()
    for number in range(5):
        client.get(address, headers={"host": f"testserver:{8000 + number}"})
        client.get(f"{address}?x={number}")

    assert entries() <= before + 1


@pytest.mark.parametrize("asked_first", ["part", "page"])
def test_a_part_for_htmx_is_never_kept_as_the_page(
    kept_pages: None, client: Client, asked_first: str
) -> None:
    def ask(what: str) -> str:
        return client.get("/organizatii/", headers={"HX-Request": "true"} if what == "part" else {}).text

    ask(asked_first)
    assert "<html" in ask("page")
    assert "<html" not in ask("part")
    assert "<html" in ask("page")
    for odd in ("TRUE", "1", "true, true", " true"):
        assert (
            "<html" in client.get("/organizatii/", headers={"HX-Request": odd}).text or odd.strip() == "true"
        )


def test_pages_of_staff_are_not_kept_for_others(kept_pages: None, hidden: list[str], client: Client) -> None:
    staff = staff_client(Role.EDITOR)
    seen = {address: staff.get(address).status_code for address in hidden}
    assert seen["/editii/2031/"] == 200

    assert {address: client.get(address).status_code for address in hidden} == dict.fromkeys(hidden, 404)
    page = staff.get("/organizatii/")
    assert "no-cache" in page["Cache-Control"]
    assert "Autentificare" in client.get("/organizatii/").text


def test_each_language_keeps_its_own_page(kept_pages: None, client: Client) -> None:
    for _round in range(2):
        assert '<html lang="ro"' in client.get("/editii/", headers={"accept-language": "en"}).text
        assert '<html lang="en"' in client.get("/en/editii/", headers={"accept-language": "ro"}).text


@pytest.mark.parametrize(
    "way_out",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "https:evil.example", "javascript:alert(1)",
     "\t//evil.example",
     "/%0d%0aSet-Cookie:a=b", "http://testserver@evil.example/"],
    ids=range(8),
)  # fmt: skip
def test_sign_in_leads_nowhere_else(client: Client, way_out: str) -> None:
    user = UserFactory()
    answer = client.post(
        f"{SIGN_IN}?next={way_out}", {"login": user.email, "password": PASSWORD, "next": way_out}
    )

    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer["Location"])
    assert "evil" not in answer["Location"]


def test_session_is_new_after_sign_in_and_dead_after_sign_out(client: Client) -> None:
    user = UserFactory()
    client.get(SIGN_IN)
    before = client.cookies["sessionid"].value
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    during = client.cookies["sessionid"].value
    assert during != before
    client.get("/cont/iesire/")
    assert client.get("/cont/").status_code == 200
    client.post("/cont/iesire/")

    for key in (before, during):
        client.cookies["sessionid"] = key
        assert client.get("/cont/").status_code == 302


def _without_tokens(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|value="[^"]*@[^"]*"', "", text)


def test_wrong_password_and_unknown_address_look_and_cost_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, password, salt: hashed.append(password) or encode(self, password, salt),
    )
    user = UserFactory()
    inactive = UserFactory(is_active=False)
    answers, costs = [], []
    for address in (user.email, "nimeni@example.org", inactive.email):
        hashed.clear()
        answers.append(
            _without_tokens(Client().post(SIGN_IN, {"login": address, "password": "greșită de tot"}).text)
        )
        costs.append(len(hashed))

    assert answers[0] == answers[1] == answers[2]
    assert costs[0] == costs[1] == costs[2] > 0


def test_forgotten_password_says_the_same_to_all(
    client: Client, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody waits here for the time that a person takes to fill in the form.
    monkeypatch.setattr("core.publicforms.PublicFormMixin._check_time", lambda form, opened: None)
    user = UserFactory()
    answers = [
        client.post("/cont/parola/uitata/", {"email": email}) for email in (user.email, "nimeni@example.org")
    ]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/cont/parola/uitata/trimis/")
    }
    assert len(mailoutbox) == 2
    assert "evil" not in mailoutbox[0].body
    assert (
        client.post(
            "/cont/parola/uitata/", {"email": user.email}, headers={"host": "evil.example"}
        ).status_code
        == 400
    )


def test_forwarded_addresses_do_not_loosen_the_limits(client: Client, settings: Any) -> None:
    for proxies in (0, 1):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        answers = [
            client.post(
                SIGN_IN,
                {"login": f"nimeni{number}@example.org", "password": "greșită"},
                headers={
                    "x-forwarded-for": f"203.0.113.{number}, 198.51.100.7",
                    "x-real-ip": f"203.0.113.{number}",
                },
            )
            for number in range(12)
        ]
        assert "Prea multe încercări" not in answers[0].text
        assert "Prea multe încercări" in answers[-1].text
        cache.clear()


def test_uploaded_file_is_a_download_and_nothing_of_the_folder_is_served(
    client: Client, settings: Any
) -> None:
    document = EditionDocumentFactory(
        file=ContentFile(b"<script>alert(1)</script>", "pagina.txt"), slug="pagina"
    )
    answer = client.get(f"/documente/{document.slug}/fisier")

    assert answer["Content-Disposition"] == 'attachment; filename="pagina.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Path(document.file.path).is_relative_to(settings.MEDIA_ROOT)
    assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize("name", ["pagina.html", "imagine.svg", "cod.js", "arhiva.pdf.exe", "fara-sfarsit"])
def test_admin_takes_no_file_that_could_run(name: str) -> None:
    staff = staff_client(Role.ADMINISTRATOR)
    edition = EditionFactory()
    answer = staff.post(
        "/admin/programmes/editiondocument/add/",
        {
            "title": "Fișier",
            "edition": edition.pk,
            "kind": "other",
            "position": 0,
            "file": ContentFile(b"x", name),
        },
    )

    assert answer.status_code == 200
    assert edition.documents.count() == 0


def test_hostile_names_stay_names_in_calendars(client: Client) -> None:
    edition = EditionFactory(year=2021, number=2)
    organisation = OrganisationFactory(
        legal_name="Asociația X\r\nATTENDEE:mailto:a@evil.example\r\nEND:VEVENT", slug="pro-vobis"
    )
    videoconference = VideoconferenceFactory(
        edition=edition,
        number=1,
        meeting__on_date=date(2021, 5, 4),
        meeting__place="Sala\r\nX-EVIL:1",
        meeting__starts_at=datetime(2021, 5, 4, 7, tzinfo=UTC),
    )
    CoOrganiserFactory(videoconference=videoconference, organisation=organisation)

    for address in ("/editii/2021/calendar.ics", "/videoconferinte/calendar.ics"):
        lines = client.get(address).text.split("\r\n")
        assert not [line for line in lines if line.startswith(("ATTENDEE", "X-EVIL"))]
        assert sum(line == "END:VEVENT" for line in lines) == 1


def test_a_change_of_account_stands_while_the_mail_server_is_away(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    user = UserFactory()
    sign_in(client, user)
    new = "un nuc bătrân lângă moară"
    answer = client.post("/cont/parola/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)


def test_coverage_of_a_structure_is_for_its_own_people(client: Client) -> None:
    """Its representatives and staff; for everybody else, representatives of another structure too, it is not there."""
    own = AssociativeStructureFactory(represents=Represents.MUNICIPALITY)
    other = AssociativeStructureFactory(represents=Represents.TOWN)
    person = UserFactory()
    StructureRepresentative.objects.create(structure=own, user=person)
    address = f"/structuri/{own.slug}/acoperire/"

    assert client.get(address).status_code == 302
    assert sign_in(Client(), person).get(address).status_code == 200
    assert sign_in(Client(), person).get(f"/structuri/{other.slug}/acoperire/").status_code == 404
    assert sign_in(Client(), UserFactory()).get(address).status_code == 404
    assert staff_client(Role.AUDITOR).get(address + "?editie=abc%00").status_code == 200
