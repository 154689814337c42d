"""Edition II loads from its file: the figures of the documents, twice the same, and never over staff's work."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from core.models import StateChange
from core.workflow import history
from meetings.choices import MeetingStatus
from meetings.models import Meeting
from organisations.choices import Kind, NameKind, RegisterStatus
from organisations.models import Organisation
from programmes.choices import EditionStatus, FigureKind, Qualifier
from programmes.models import CalendarText, Edition, EditionDocument, Mandate
from promotori.loading.edition import LoadError, load_edition
from promotori.loading.files import EditionFile, read_edition_file
from promotori.models import LoadedRecord
from videoconferences.models import CoOrganiser, Theme, Videoconference

pytestmark = pytest.mark.django_db
Load = Callable[[], Edition]


def held(number: int) -> Videoconference:
    return Videoconference.objects.get(edition__year=2021, number=number)


def test_edition_2021_has_the_figures_of_its_documents(edition_2021: Edition) -> None:
    videoconferences = edition_2021.videoconferences.all()
    links = CoOrganiser.objects.filter(videoconference__edition=edition_2021)
    regions = videoconferences.values_list("regions__name", flat=True)

    assert videoconferences.count() == 13
    assert len(regions) == 22
    assert links.count() == 44
    assert links.values("organisation").distinct().count() == 20
    assert edition_2021.partners.count() == 4
    assert [part.videoconferences.count() for part in edition_2021.parts.all()] == [7, 6]
    assert {name: list(regions).count(name) for name in set(regions)} == {
        "Nord-Est": 6,
        "Centru": 4,
        "București-Ilfov": 3,
        "Sud-Vest Oltenia": 3,
        "Nord-Vest": 2,
        "Vest": 2,
        "Sud-Est": 2,
    }


def test_stated_figures_keep_their_qualifier_and_doubt(edition_2021: Edition) -> None:
    stated = {figure.kind: figure for figure in edition_2021.stated_figures.all()}

    assert {kind: figure.value for kind, figure in stated.items()} == {
        "promoters": 19,
        "partners": 4,
        "videoconferences": 13,
        "participants": 600,
        "listed": 70,
    }
    assert stated[FigureKind.PARTICIPANTS].qualifier == Qualifier.OVER
    assert "prezențe" in stated[FigureKind.PARTICIPANTS].note
    assert "asociații" in stated[FigureKind.LISTED].note
    assert all(figure.source for figure in stated.values())


def test_no_mandate_is_invented(edition_2021: Edition) -> None:
    assert Mandate.objects.count() == 0


def test_purpose_and_main_objective_are_two_texts(edition_2021: Edition) -> None:
    assert edition_2021.purpose.startswith("creșterea gradului de susținere a voluntariatului")
    assert edition_2021.main_objective.startswith("sprijinirea dezvoltării capacității operaționale")


def test_closing_event_was_on_monday_and_marks_the_day_before(edition_2021: Edition) -> None:
    closing = edition_2021.closing_event

    assert (closing.meeting.on_date.isoformat(), closing.marks_day.isoformat()) == (
        "2021-12-06",
        "2021-12-05",
    )
    assert closing.meeting.on_date.weekday() == 0
    assert closing.meeting.status == MeetingStatus.HELD


def test_organisations_are_recorded_with_open_seats_except_branches(edition_2021: Edition) -> None:
    organisations = Organisation.objects.all()

    assert {organisation.register_status for organisation in organisations} == {RegisterStatus.RECORDED}
    assert {o.slug: o.county.code for o in organisations if o.county} == {
        "crc-gorj": "GJ",
        "cnrdc-constanta": "CT",
    }
    assert not any(organisation.seat_id for organisation in organisations)
    assert {o.slug: o.kind for o in organisations if o.kind != Kind.LEGAL_PERSON} == {
        "crc-gorj": Kind.BRANCH,
        "cnrdc-constanta": Kind.BRANCH,
        "cv-fsc": Kind.UNIT,
    }
    assert all(organisation.source for organisation in organisations)


def test_names_as_printed_are_kept_beside_the_right_ones(edition_2021: Edition) -> None:
    vobis = Organisation.objects.get(slug="pro-vobis")
    links = held(3).co_organiser_links.filter(organisation=vobis)

    assert "Național" in vobis.legal_name
    assert links.get().name_as_printed == "Pro Vobis - Centrul National de Resurse pentru Voluntariat"
    assert vobis.names.filter(kind=NameKind.PRINTED).count() == 1
    assert "in Teatrele" in held(13).co_organiser_links.get(organisation__slug="ampto").name_as_printed
    assert "în Teatrele" in held(1).co_organiser_links.get(organisation__slug="ampto").name_as_printed


def test_calendar_texts_carry_no_known_slip(edition_2021: Edition) -> None:
    texts = list(CalendarText.objects.values("kind").annotate(lines=Count("pk")).values_list("kind", "lines"))
    words = " ".join(CalendarText.objects.values_list("text", flat=True)) + edition_2021.central_theme

    assert sorted(texts) == [("audience", 4), ("other-theme", 7), ("purpose", 5)]
    assert "județean/local/regional" not in words
    assert "domeniul voluntariat " not in words
    assert edition_2021.central_theme.endswith("în domeniul voluntariatului")


def test_documents_say_that_they_are_transcriptions(edition_2021: Edition) -> None:
    texts = EditionDocument.objects.values_list("text", flat=True)

    assert len(texts) == 3
    assert all(text.startswith("*Transcriere") for text in texts)


def test_entry_in_a_later_state_is_in_the_history(edition_2021: Edition) -> None:
    assert edition_2021.status == EditionStatus.ARCHIVED
    assert [(step.source, step.target) for step in history(edition_2021)] == [("", "archived")]


def test_dry_run_writes_nothing(counties: None) -> None:
    out = StringIO()

    call_command("load_edition", "2021", stdout=out)

    assert "Nothing was written" in out.getvalue()
    assert Edition.objects.count() == Organisation.objects.count() == Theme.objects.count() == 0
    assert LoadedRecord.objects.count() == StateChange.objects.count() == 0


def test_second_load_writes_nothing(edition_2021: Edition, django_assert_max_num_queries: Callable) -> None:
    before = (
        Organisation.history.count(),
        Meeting.history.count(),
        Edition.history.count(),
        StateChange.objects.count(),
    )

    with django_assert_max_num_queries(2000) as captured:
        ledgers = load_edition(year=2021, write=True)

    assert [(ledger.created, ledger.updated, ledger.kept) for ledger in ledgers] == [([], [], [])] * 2
    writes = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert writes == []
    after = (
        Organisation.history.count(),
        Meeting.history.count(),
        Edition.history.count(),
        StateChange.objects.count(),
    )
    assert after == before


def test_changes_of_staff_are_kept_and_told(edition_2021: Edition) -> None:
    Edition.objects.filter(pk=edition_2021.pk).update(purpose="Alt scop")
    Organisation.objects.filter(slug="ampto").update(acronym="A.M.P.T.O.", slug="ampto-nou")
    held(9).co_organiser_links.get(organisation__slug="ma-bucur-de-viata").delete()
    held(4).regions.set(list(held(5).regions.all()))

    _themes, ledger = load_edition(year=2021, write=True)

    edition_2021.refresh_from_db()
    assert edition_2021.purpose == "Alt scop"
    assert Organisation.objects.get(slug="ampto-nou").acronym == "A.M.P.T.O."
    assert Organisation.objects.count() == 20
    assert held(9).co_organiser_links.count() == 1
    assert held(4).regions.count() == 1
    assert (ledger.created, ledger.updated) == ([], [])
    told = "\n".join(ledger.kept)
    assert all(
        words in told
        for words in ("Alt scop", "A.M.P.T.O.", "videoconference:9", "videoconference:4/regions")
    )


def test_corrected_file_reaches_what_staff_left_alone(
    edition_2021: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = read_edition_file(2021)
    corrected = file.model_copy(
        update={
            "edition": file.edition.model_copy(
                update={"purpose": "Scop corectat", "patronage": "Alt patronaj"}
            )
        }
    )
    Edition.objects.filter(pk=edition_2021.pk).update(purpose="Scopul echipei")
    monkeypatch.setattr("promotori.loading.edition.read_edition_file", lambda year: corrected)

    load_edition(year=2021, write=True)

    edition_2021.refresh_from_db()
    assert (edition_2021.purpose, edition_2021.patronage) == ("Scopul echipei", "Alt patronaj")


def test_organisation_known_before_is_matched_not_doubled(counties: None, load_2021: Load) -> None:
    known = Organisation.objects.create(
        slug="kogaion",
        legal_name="ASOCIATIA KOGAYON",
        register_status=RegisterStatus.DRAFT,
        legal_form="asociatie",
    )

    load_2021()

    known.refresh_from_db()
    assert (known.slug, known.legal_name, known.register_status) == (
        "kogaion",
        "ASOCIATIA KOGAYON",
        RegisterStatus.DRAFT,
    )
    assert known.co_organised_links.count() == 2
    assert Organisation.objects.count() == 20


def test_namesakes_are_never_guessed(counties: None, load_2021: Load) -> None:
    for number in (1, 2):
        Organisation.objects.create(slug=f"kogayon-{number}", legal_name="Asociația Kogayon")

    load_2021()

    assert Organisation.objects.filter(search_text__contains="kogayon").count() == 3


def test_deleted_edition_is_loaded_anew(edition_2021: Edition, load_2021: Load) -> None:
    Videoconference.objects.all().delete()
    edition_2021.delete()

    assert load_2021().videoconferences.count() == 13
    assert Organisation.objects.count() == 20


def test_load_without_places_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="territory"):
        call_command("load_edition", "2021", "--wet-run")
    assert Edition.objects.count() == 0


def test_load_of_a_year_without_file_is_refused() -> None:
    with pytest.raises(LoadError, match="1999"):
        load_edition(year=1999, write=True)


def test_file_that_does_not_add_up_is_refused() -> None:
    raw = read_edition_file(2021).model_dump()
    raw["figures"]["co_organiser_slots"] = 45

    with pytest.raises(ValueError, match="adds up"):
        EditionFile.model_validate(raw)
