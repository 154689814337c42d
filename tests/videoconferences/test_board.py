"""The board of themes: who proposes and ranks, what is answered, and that nobody steps on another's toes."""

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client

from core.accounts.choices import Role
from core.messaging.models import Message
from core.workflow import TransitionRefusedError, history
from organisations.choices import MemberRole
from organisations.models import Membership
from programmes.choices import EditionStatus
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.factories.organisations import OrganisationFactory
from tests.factories.programmes import EditionFactory
from tests.factories.videoconferences import ThemeFactory, ThemeProposalFactory, VideoconferenceFactory
from videoconferences.choices import ProposalStatus as P
from videoconferences.models import ThemeProposal, ThemeRank, VideoconferenceTheme
from videoconferences.selectors.board import not_ordered_yet
from videoconferences.services.board import (
    Answer,
    answer_proposal,
    change_proposal,
    propose_theme,
    rank_themes,
    withdraw_proposal,
)
from videoconferences.workflow import PROPOSAL_WORKFLOW

pytestmark = pytest.mark.django_db

STEPS = {
    (P.PROPOSED, "take"): P.TAKEN,
    (P.PROPOSED, "decline"): P.DECLINED,
    (P.PROPOSED, "withdraw"): P.WITHDRAWN,
    (P.TAKEN, "reopen"): P.PROPOSED,
    (P.DECLINED, "reopen"): P.PROPOSED,
}


def person_of(organisation: Any, role: str = MemberRole.MEMBER) -> Any:
    user = UserFactory()
    Membership.objects.create(organisation=organisation, user=user, role=role)
    return user


@pytest.fixture
def edition() -> Any:
    return EditionFactory(year=2051, number=32)


@pytest.mark.parametrize("state", P)
def test_only_the_steps_of_the_table_are_possible(state, edition):
    organisation, theme = OrganisationFactory(), ThemeFactory()
    for name in PROPOSAL_WORKFLOW.transitions:
        proposal = ThemeProposalFactory(
            edition=edition,
            organisation=organisation,
            status=state,
            theme=theme,
            answered_at="2026-01-01T00:00Z",
        )
        if (state, name) in STEPS:
            saved = PROPOSAL_WORKFLOW.perform(proposal, name, actor=None, reason="motiv")
            assert saved.status == STEPS[state, name]
            assert history(proposal).get().reason == "motiv"
        else:
            with pytest.raises(TransitionRefusedError):
                PROPOSAL_WORKFLOW.perform(proposal, name, actor=None, reason="motiv")


def test_points_follow_the_places_and_equals_the_date(client, edition):
    first, second, third = (
        ThemeProposalFactory(edition=edition, title=title, proposed_at=f"2026-01-0{day}T10:00Z")
        for title, day in (("Prima", 3), ("A doua", 2), ("A treia", 1))
    )
    for order in ([first, second], [second, first], [second]):
        organisation = OrganisationFactory()
        rank_themes(
            organisation=organisation, edition=edition, proposals=order, actor=person_of(organisation)
        )

    page = client.get("/teme/?editia=2051")

    lines = page.context["board"].lines
    assert [(line.proposal.title, line.points, line.voters) for line in lines] == [
        ("A doua", 14, 3),
        ("Prima", 9, 2),
        ("A treia", 0, 0),
    ]
    assert third.title in page.content.decode()


def test_an_organisation_proposes_changes_ranks_and_withdraws(edition):
    organisation = OrganisationFactory()
    client = sign_in(Client(), person_of(organisation))

    typed = {"organisation": organisation.slug, "title": "  Transportul \u200fvoluntarilor ", "why": "Costă."}
    answer = client.post("/teme/propuneri/noua/?editia=2051", typed, follow=True)
    assert "Tema dumneavoastră este pe tablă" in answer.content.decode()
    # Pressed twice: one proposal.
    client.post("/teme/propuneri/noua/?editia=2051", typed)
    mine = ThemeProposal.objects.get()
    assert (mine.title, mine.edition) == ("Transportul voluntarilor", edition)
    other = ThemeProposalFactory(edition=edition, title="Alta")

    wrong = client.post(f"/teme/propuneri/{mine.pk}/", {"title": "\u200e \u200f", "why": "rămâne scris"})
    assert wrong.status_code == 422
    assert "rămâne scris" in wrong.content.decode()
    client.post(f"/teme/propuneri/{mine.pk}/", {"title": "Transport", "why": ""})
    mine.refresh_from_db()
    assert mine.title == "Transport"

    order = f"/teme/ordine/{organisation.slug}/?editia=2051"
    twice = client.post(order, {"place_1": mine.pk, "place_3": mine.pk})
    assert twice.status_code == 422
    assert "Ați ales această temă deja pe locul 1" in twice.content.decode()
    client.post(order, {"place_2": other.pk, "place_4": mine.pk})
    assert list(ThemeRank.objects.values_list("place", "proposal__title")) == [(1, "Alta"), (2, "Transport")]

    assert client.get(f"/teme/propuneri/{mine.pk}/retragere/").status_code == 200
    assert ThemeProposal.objects.get(pk=mine.pk).status == P.PROPOSED
    client.post(f"/teme/propuneri/{mine.pk}/retragere/")
    assert ThemeProposal.objects.get(pk=mine.pk).status == P.WITHDRAWN
    assert list(ThemeRank.objects.values_list("place", "proposal__title")) == [(1, "Alta")]
    assert "Transport" not in client.get("/teme/?editia=2051").content.decode()
    assert client.post(f"/teme/propuneri/{mine.pk}/retragere/").status_code == 422


def test_what_belongs_to_others_is_not_there(edition):
    organisation, other = OrganisationFactory(), OrganisationFactory()
    theirs = ThemeProposalFactory(edition=edition, organisation=other)
    user = person_of(organisation)
    client = sign_in(Client(), user)

    for address in (
        f"/teme/propuneri/{theirs.pk}/",
        f"/teme/propuneri/{theirs.pk}/retragere/",
        f"/teme/ordine/{other.slug}/",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": "x"}).status_code == 404
    sent = {"organisation": other.slug, "title": "În numele altora"}
    assert client.post("/teme/propuneri/noua/", sent).status_code == 422
    for act in (
        lambda: propose_theme(organisation=other, edition=edition, title="x", why="", actor=user),
        lambda: change_proposal(proposal=theirs, title="x", why="", actor=user),
        lambda: withdraw_proposal(proposal=theirs, actor=user),
        lambda: rank_themes(organisation=other, edition=edition, proposals=[theirs], actor=user),
    ):
        with pytest.raises(PermissionDenied):
            act()
    # Whoever acts for nobody is told what to do.
    alone = sign_in(Client(), UserFactory()).get("/teme/propuneri/noua/")
    assert "numele unei organizații" in alone.content.decode()


@pytest.mark.parametrize("status", EditionStatus)
def test_themes_are_taken_while_the_edition_is_open(status):
    edition = EditionFactory(year=2052, number=33, status=status)
    organisation = OrganisationFactory()
    user = person_of(organisation)
    is_open = status in (EditionStatus.CALL, EditionStatus.SELECTION, EditionStatus.RUNNING)
    values = {"organisation": organisation, "edition": edition, "actor": user}

    if is_open:
        made = propose_theme(title="Tema", why="", **values)
        rank_themes(proposals=[made], **values)
    else:
        with pytest.raises(ValidationError):
            propose_theme(title="Tema", why="", **values)
        with pytest.raises(ValidationError):
            rank_themes(proposals=[], **values)
        client = sign_in(Client(), user)
        sent = {"organisation": organisation.slug, "title": "Tema mea scrisă"}
        answer = client.post("/teme/propuneri/noua/?editia=2052", sent)
        if status == EditionStatus.DRAFT:
            assert answer.status_code == 404
        else:
            assert "Tema mea scrisă" in answer.content.decode()


def test_staff_answer_and_the_mail_is_shown_first(edition, client):
    videoconference = VideoconferenceFactory(edition=edition, number=4)
    proposal = ThemeProposalFactory(edition=edition, title="Transportul voluntarilor")
    person = person_of(proposal.organisation)
    staff = staff_client(Role.EDITOR)
    step = f"/admin/videoconferences/themeproposal/{proposal.pk}/step/take/"
    assert step in staff.get("/teme/?editia=2051").content.decode()
    start = staff.get("/admin/").content.decode()
    assert "1 temă propusă așteaptă răspuns" in start
    assert '"/admin/videoconferences/themeproposal/?status__exact=proposed"' in start
    typed = {"reason": "O cer trei județe.", "theme": "", "videoconference": videoconference.pk}

    shown = staff.post(step, typed)
    assert shown.context["mails"][0].recipient.endswith(f"<{person.email}>")
    assert "O cer trei județe." in shown.context["mails"][0].text
    assert not Message.objects.filter(kind__startswith="videoconferences").exists()
    staff.post(step, {**typed, "seen": shown.context["seal"]})

    proposal.refresh_from_db()
    assert (proposal.status, proposal.theme.name) == (P.TAKEN, "Transportul voluntarilor")
    message = Message.objects.get(kind="videoconferences.proposal_taken")
    assert (message.to, message.text) == (person.email, shown.context["mails"][0].text)
    link = VideoconferenceTheme.objects.get()
    assert (link.videoconference, link.reason) == (videoconference, "O cer trei județe.")
    board = client.get("/teme/?editia=2051").content.decode()
    assert "/videoconferinte/2051/4/" in board
    assert "O cer trei județe." in board
    page = client.get("/videoconferinte/2051/4/").content.decode()
    assert "O cer trei județe." in page
    assert proposal.organisation.display_name in page
    assert "așteaptă răspuns" not in staff.get("/admin/").content.decode()
    # Answered: its people change it no more, and a second answer is refused.
    with pytest.raises(ValidationError):
        change_proposal(proposal=proposal, title="x", why="", actor=person)
    again = staff.post(
        f"/admin/videoconferences/themeproposal/{proposal.pk}/step/decline/", {"reason": "Nu."}
    )
    assert "Nu." in again.content.decode()
    assert Message.objects.filter(kind__startswith="videoconferences").count() == 1


def test_the_own_area_asks_for_an_order_while_there_is_something_to_choose(edition):
    organisation = OrganisationFactory()
    person = person_of(organisation)
    sentence, address = "alegeți temele pe care le doriți", f"/teme/ordine/{organisation.slug}/?editia=2051"
    own = ThemeProposalFactory(edition=edition, organisation=organisation)
    client = sign_in(Client(), person)
    assert sentence not in client.get("/cont/").content.decode()

    theirs = ThemeProposalFactory(edition=edition)
    page = client.get("/cont/").content.decode()
    assert sentence in page
    assert f'"{address}"' in page
    assert sentence not in sign_in(Client(), UserFactory()).get("/cont/").content.decode()

    rank_themes(organisation=organisation, edition=edition, proposals=[theirs, own], actor=person)
    assert not_ordered_yet(person) == []
    ThemeRank.objects.all().delete()
    assert not_ordered_yet(person) == [(organisation, edition)]
    edition.status = EditionStatus.CLOSING
    edition.save()
    assert not_ordered_yet(person) == []


def test_a_theme_of_the_vocabulary_is_found_in_any_spelling(edition):
    theme = ThemeFactory(name="Asistență medicală")
    actor = UserFactory(roles=[Role.EDITOR])
    proposal = ThemeProposalFactory(edition=edition, title="asistenta  MEDICALĂ")

    taken = answer_proposal(proposal=proposal, answer=Answer(step="take", reason="Da."), actor=actor)
    assert taken.theme == theme
    opened = answer_proposal(proposal=taken, answer=Answer(step="reopen", reason="Greșit."), actor=actor)
    assert (opened.theme, opened.answer, opened.answered_at) == (None, "", None)
    declined = answer_proposal(proposal=opened, answer=Answer(step="decline", reason="Nu."), actor=actor)
    assert declined.answer == "Nu."


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_order_stays_whole_and_one_answer_leaves():
    edition, organisation = EditionFactory(), OrganisationFactory()
    proposals = ThemeProposalFactory.create_batch(5, edition=edition, organisation=organisation)
    people = [person_of(organisation), person_of(organisation)]
    editor = UserFactory(roles=[Role.EDITOR])
    refused: list[Exception] = []

    def run(act: Any) -> None:
        try:
            act()
        except TransitionRefusedError as error:
            refused.append(error)
        finally:
            connection.close()

    def rank(number: int) -> Any:
        order = proposals if number else proposals[::-1]
        return lambda: rank_themes(
            organisation=organisation, edition=edition, proposals=order, actor=people[number]
        )

    def answer(step: str) -> Any:
        made = Answer(step=step, reason="Motivul.")
        return lambda: answer_proposal(proposal=proposals[0], answer=made, actor=editor)

    acts = [rank(0), rank(1), answer("take"), answer("decline")]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ranked = list(ThemeRank.objects.order_by("place").values_list("proposal", flat=True))
    keys = [each.pk for each in proposals]
    assert ranked in (keys, keys[::-1])
    assert len(refused) == 1
    assert Message.objects.count() == 2


@pytest.mark.parametrize("size", [1, 70])
def test_queries_do_not_grow_with_the_board(client, edition, size, django_assert_num_queries):
    for proposal in ThemeProposalFactory.create_batch(size, edition=edition):
        ThemeRank.objects.create(
            organisation=proposal.organisation, edition=edition, proposal=proposal, place=1
        )

    with django_assert_num_queries(3):
        client.get("/teme/?editia=2051")
    signed = sign_in(Client(), person_of(ThemeProposal.objects.first().organisation))
    signed.get("/teme/")
    with django_assert_num_queries(7):
        assert signed.get("/teme/?editia=2051").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["editia=%00", "editia=" + "9" * 400, "editia=2051&editia=x", "pagina=-1", "pagina=%F0", "x=1"],
)
def test_senseless_parameters_are_a_normal_page(client, edition, query):
    assert client.get(f"/teme/?{query}").status_code == 200
