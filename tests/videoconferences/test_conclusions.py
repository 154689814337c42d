"""Conclusions: written by the team, published by staff alone, found by filters and search, taken along as files."""

import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from core.accounts.choices import Role
from core.models import ExportLog
from core.workflow import TransitionRefusedError, history
from meetings.choices import MeetingStatus
from organisations.models import Membership
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.programmes import EditionFactory
from tests.factories.territory import CountyFactory
from tests.factories.videoconferences import (
    ConclusionFactory,
    CoOrganiserFactory,
    ThemeFactory,
    VideoconferenceFactory,
)
from videoconferences.choices import ConclusionKind
from videoconferences.choices import ConclusionStatus as C
from videoconferences.models import Conclusion
from videoconferences.selectors.conclusions import conclusions_for_handbook
from videoconferences.services.conclusions import decide_conclusion, move_conclusion
from videoconferences.workflow import CONCLUSION_WORKFLOW

pytestmark = pytest.mark.django_db

STEPS = {
    (C.DRAFT, "publish"): C.PUBLISHED,
    (C.RETRACTED, "publish"): C.PUBLISHED,
    (C.PUBLISHED, "retract"): C.RETRACTED,
}
WRITING = "/videoconferinte/2051/1/concluzii/redactare/"
PAGE = "/videoconferinte/2051/1/concluzii/"
TYPED = {"rand": "nou", "action": "save", "kind": "nevoie", "text": "Lipsesc locuri.", "level": "local"}


@pytest.fixture
def held() -> Any:
    county = CountyFactory(code="BV")
    return VideoconferenceFactory(
        edition=EditionFactory(year=2051, number=32),
        number=1,
        meeting__status=MeetingStatus.HELD,
        regions=[county.region],
    )


@pytest.fixture
def team(held: Any) -> Client:
    """Somebody who works for a co-organiser."""
    person = UserFactory()
    link = CoOrganiserFactory(videoconference=held)
    Membership.objects.create(organisation=link.organisation, user=person, role="member")
    return sign_in(Client(), person)


@pytest.mark.parametrize("state", C)
def test_only_the_steps_of_the_table_are_possible(state, held):
    for name in CONCLUSION_WORKFLOW.transitions:
        conclusion = ConclusionFactory(videoconference=held, status=state, published_at="2026-01-01T00:00Z")
        if (state, name) in STEPS:
            assert (
                CONCLUSION_WORKFLOW.perform(conclusion, name, actor=None, reason="m").status
                == STEPS[state, name]
            )
        else:
            with pytest.raises(TransitionRefusedError):
                CONCLUSION_WORKFLOW.perform(conclusion, name, actor=None, reason="m")


def test_co_organisers_write_and_order_drafts_and_staff_publish(held, team, client):
    theme = ThemeFactory(name="Transport")
    assert client.post(WRITING, TYPED).headers["Location"].startswith("/cont/autentificare/")
    stranger = sign_in(Client(), UserFactory())
    assert (stranger.get(WRITING).status_code, stranger.post(WRITING, TYPED).status_code) == (404, 404)

    team.post(WRITING, {**TYPED, "theme": theme.pk, "addressee": "Ministerul Muncii"})
    team.post(WRITING, {**TYPED, "theme": theme.pk})
    team.post(WRITING, {**TYPED, "text": "A doua.", "kind": "buna-practica"})
    first, second = Conclusion.objects.order_by("position")
    assert (first.text, first.addressee, second.text) == ("Lipsesc locuri.", "Ministerul Muncii", "A doua.")
    team.post(WRITING, {"rand": second.pk, "action": "up"})
    assert [each.text for each in Conclusion.objects.all()] == ["A doua.", "Lipsesc locuri."]
    wrong = team.post(WRITING, {**TYPED, "rand": first.pk, "text": "\u200f", "addressee": "scris demult"})
    assert wrong.status_code == 422
    assert "scris demult" in wrong.content.decode()
    # A theme that is none, a row that is none, somebody else's row: said calmly, with what was typed.
    other = ConclusionFactory()
    for row in (other.pk, "x" * 500, ""):
        answer = team.post(WRITING, {**TYPED, "rand": row, "text": "rămâne scris", "theme": "99999999999"})
        assert answer.status_code == 422
        assert "rămâne scris" in answer.content.decode()
    for action in ("publish", "publish-all", "follow-up", "retract"):
        sent = {"rand": first.pk, "action": action, "reason": "x", "follow_up_state": "done"}
        assert team.post(WRITING, sent).status_code in (403, 422)
    assert Conclusion.objects.filter(videoconference=held, status=C.DRAFT).count() == 2
    assert "Lipsesc locuri." not in client.get(PAGE).content.decode()

    staff = staff_client(Role.EDITOR)
    staff.post(WRITING, {"action": "publish-all"})
    page = client.get(PAGE).content.decode()
    assert page.index("Nevoie a comunității") < page.index("Bună practică")
    assert "Ministerul Muncii" in page
    assert "Concluzii" in client.get("/videoconferinte/2051/1/").content.decode()
    # No draft any more: its writers read it, staff correct and follow it.
    late = team.post(WRITING, {**TYPED, "rand": first.pk, "text": "Schimbat pe ascuns"})
    assert late.status_code == 422
    assert "Schimbat pe ascuns" in late.content.decode()
    assert team.post(WRITING, {"rand": first.pk, "action": "delete"}).status_code == 422
    sent = {"rand": first.pk, "action": "follow-up", "follow_up_state": "done", "follow_up": "S-a rezolvat."}
    staff.post(WRITING, sent)
    assert "S-a rezolvat." in client.get(PAGE).content.decode()
    assert staff.post(WRITING, {"rand": first.pk, "action": "retract", "reason": " "}).status_code == 422
    staff.post(WRITING, {"rand": first.pk, "action": "retract", "reason": "Greșită."})
    assert "Lipsesc locuri." not in client.get(PAGE).content.decode()
    assert history(first).first().reason == "Greșită."
    assert [group.kind for group in conclusions_for_handbook(held.edition)] == [ConclusionKind.GOOD_PRACTICE]


def test_what_was_typed_survives_the_end_of_the_session(held, team):
    conclusion = ConclusionFactory(videoconference=held)
    person = Membership.objects.get().user
    team.logout()
    sent = {**TYPED, "rand": conclusion.pk, "text": "Scris înainte de expirare"}
    answer = team.post(WRITING, sent, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 302
    session = team.session
    kept = dict(session)
    sign_in(team, person)
    session = team.session
    session.update({name: value for name, value in kept.items() if not name.startswith("_auth")})
    session.save()

    page = team.get(WRITING).content.decode()
    assert "Scris înainte de expirare" in page
    assert "Ce ați scris este încă aici" in page
    assert Conclusion.objects.get(pk=conclusion.pk).text != "Scris înainte de expirare"


def test_the_list_is_filtered_searched_and_taken_along(held, client):
    theme = ThemeFactory(name="Sănătate", code="sanatate")
    ConclusionFactory(published=True, videoconference=held, text="=HYPERLINK(1) spitale", theme=theme)
    ConclusionFactory(
        published=True, videoconference=held, text="Piața de proiecte", kind="actiune-comuna", level="local"
    )
    elsewhere = VideoconferenceFactory(
        edition=EditionFactory(year=2052, number=33), regions=[CountyFactory(code="GJ").region]
    )
    ConclusionFactory(published=True, videoconference=elsewhere, text="Altundeva", follow_up_state="done")
    ConclusionFactory(videoconference=held, text="Ciornă ascunsă")

    for query, texts in (
        ("", {"=HYPERLINK(1) spitale", "Piața de proiecte", "Altundeva"}),
        ("fel=actiune-comuna&fel=nimic", {"Piața de proiecte"}),
        ("tema=sanatate", {"=HYPERLINK(1) spitale"}),
        ("q=SANATATE", {"=HYPERLINK(1) spitale"}),
        ("q=piata", {"Piața de proiecte"}),
        ("judet=bv&editie=2051", {"=HYPERLINK(1) spitale", "Piața de proiecte"}),
        (f"regiune={elsewhere.regions.get().slug}", {"Altundeva"}),
        ("urmare=done", {"Altundeva"}),
        ("nivel=local&urmare=done", set()),
        ("q=%00%E2%80%8F&pagina=-7&editie=99999999999999999999", {"x"}),
        ("q=" + "a" * 10_000, set()),
        ("q=!!!", set()),
    ):
        answer = client.get(f"/concluzii/?{query}")
        assert answer.status_code == 200, query
        found = {each.text for each in answer.context["conclusions"]}
        assert texts == {"x"} or found == texts, query
    assert "Ciornă ascunsă" not in client.get("/concluzii/").content.decode()
    assert "/2051/1/concluzii/#concluzia-" in client.get("/cautare/?q=proiecte").content.decode()
    assert "/videoconferinte/2051/1/concluzii/" in client.get("/sitemap-concluzii.xml").content.decode()

    assert "concluzii/export" not in client.get("/concluzii/").content.decode()
    staff = staff_client(Role.AUDITOR)
    assert "concluzii/export" in staff.get("/concluzii/?tema=sanatate").content.decode()
    file = staff.get("/concluzii/export/?tema=sanatate&format=csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1) spitale" in file
    assert "Altundeva" not in file
    log = ExportLog.objects.get(what="Concluzii")
    assert (log.rows, log.filters, log.file_format) == (1, {"tema": "sanatate"}, "csv")


def test_a_file_brings_drafts_and_corrects_none_by_halves(held):
    staff = staff_client(Role.EDITOR)
    known = ConclusionFactory(videoconference=held, text="Veche")
    head = "Nr. concluzie,Ediția (anul),Nr. videoconferință,Fel (cod),Concluzia"
    good = f"{head}\n{known.pk},2051,1,nevoie,Nouă\n,2051,1,vulnerabilitate,Adăugată\n"
    for rows, expected in (
        (f"{head}\n,2051,1,nimic,X\n{good.splitlines()[1]}\n", {"Veche"}),
        (good, {"Nouă", "Adăugată"}),
    ):
        address = "/admin/videoconferences/conclusion/import/"
        sent = SimpleUploadedFile("c.csv", rows.encode(), content_type="text/csv")
        preview = staff.post(address, {"import_file": sent, "format": "1"})
        form = preview.context.get("confirm_form")
        if form is not None:
            staff.post(address.replace("import/", "process_import/"), form.initial)
        assert set(Conclusion.objects.values_list("text", flat=True)) == expected
    assert set(Conclusion.objects.values_list("status", flat=True)) == {C.DRAFT}


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_publishes_and_the_order_stays_whole():
    videoconference = VideoconferenceFactory(meeting__status=MeetingStatus.HELD)
    rows = ConclusionFactory.create_batch(4, videoconference=videoconference)
    editor = UserFactory(roles=[Role.EDITOR])
    refused: list[Exception] = []

    def run(act: Any) -> None:
        try:
            act()
        except TransitionRefusedError as error:
            refused.append(error)
        finally:
            connection.close()

    acts = [lambda: decide_conclusion(conclusion=rows[0], step="publish", actor=editor)] * 2
    acts += [lambda row=row: move_conclusion(conclusion=row, by=-1, actor=editor) for row in rows[1:]]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert sorted(Conclusion.objects.values_list("position", flat=True)) == [1, 2, 3, 4]


@pytest.mark.parametrize("size", [1, 60])
def test_queries_do_not_grow_with_the_conclusions(held, client, team, size, django_assert_num_queries):
    theme = ThemeFactory()
    ConclusionFactory.create_batch(size, published=True, videoconference=held, theme=theme)
    team.get(WRITING)
    client.get("/concluzii/")

    for reader, address, queries in (
        (client, PAGE, 2),
        (client, "/concluzii/", 4),
        (client, "/concluzii/?judet=BV&q=concluzia", 4),
        (team, WRITING, 7),
    ):
        with django_assert_num_queries(queries, info=address):
            assert reader.get(address).status_code == 200
