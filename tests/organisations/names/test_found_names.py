"""The workbench of names: what a printed name means is decided once, and what was printed under it follows."""

import pytest
from django.test import Client

from core.accounts.choices import Role
from core.workflow import TransitionRefusedError, history
from organisations.choices import FoundNameStatus, NameKind, RegisterStatus
from organisations.models import FoundName, Organisation
from organisations.services.found_names import ignore_names, join_names
from tests.admin.world import a_videoconference, an_edition, an_organisation
from tests.factories.accounts import UserFactory, sign_in, staff_client
from videoconferences.models import CoOrganiser

pytestmark = pytest.mark.django_db
LIST = "/admin/organisations/foundname/"
WORKBENCH = f"{LIST}workbench/"
SOURCE = "Calendarul activităților, ediția a II-a, 2021"


def a_name(name: str = "A.E.", **fields) -> FoundName:
    return FoundName.objects.create(**{"name": name, "source": SOURCE, **fields})


def test_joining_again_moves_what_was_printed():
    wrong, right = an_organisation(1), an_organisation(2)
    edition = an_edition()
    first, second = (a_videoconference(edition, number=number) for number in (1, 2))
    moving = CoOrganiser.objects.create(videoconference=first, organisation=wrong, name_as_printed="A.E.")
    staying = CoOrganiser.objects.create(videoconference=second, organisation=wrong, name_as_printed="A.E.")
    CoOrganiser.objects.create(videoconference=second, organisation=right)
    elsewhere = CoOrganiser.objects.create(
        videoconference=a_videoconference(an_edition(2022), number=1),
        organisation=wrong,
        name_as_printed="A.E.",
    )
    wrong.names.create(name="A.E.", kind=NameKind.PRINTED, source=SOURCE)
    found = a_name(organisation=wrong, status=FoundNameStatus.JOINED)
    actor = UserFactory(roles=[Role.EDITOR])
    result = join_names(names=[found], organisation=right, actor=actor)
    again = join_names(names=[found], organisation=right, actor=actor)

    for link in (moving, staying, elsewhere):
        link.refresh_from_db()
    assert (moving.organisation, staying.organisation, elsewhere.organisation) == (right, wrong, wrong)
    assert ["nr. 2" in sentence for sentence in result.stayed] == [True]
    assert (result.decided, again.decided) == (1, 0)
    assert list(right.names.values_list("name", flat=True)) == ["A.E."]
    assert not wrong.names.exists()
    found.refresh_from_db()
    assert (found.organisation, found.decided_by) == (right, actor)
    assert found.decided_at is not None
    assert history(found).count() == 1


def test_who_may_not_decides_nothing():
    found = a_name()
    with pytest.raises(TransitionRefusedError):
        join_names(names=[found], organisation=an_organisation(), actor=UserFactory())
    with pytest.raises(TransitionRefusedError):
        ignore_names(names=[found], actor=UserFactory(roles=[Role.AUDITOR]))
    auditor = staff_client(Role.AUDITOR)

    assert auditor.get(WORKBENCH).status_code == 403
    assert auditor.post(WORKBENCH, {f"name-{found.pk}": "ignore"}).status_code == 403
    assert auditor.get(LIST).status_code == 200


def test_workbench_suggests_with_reasons_and_takes_a_page_of_decisions():
    zambet = an_organisation(1, legal_name="Asociația Zâmbet de Copil")
    names = [
        a_name(name)
        for name in ("ASOCIATIA ZAMBETUL DE COPIL", "Asociația Nouă", "Invitați", "Rămâne", "Târziu")
    ]
    joined, new, ignored, left, late = names
    client = sign_in(Client(), UserFactory(roles=[Role.EDITOR]))
    page = client.get(WORKBENCH)
    FoundName.objects.filter(pk=late.pk).update(status=FoundNameStatus.IGNORED)
    answer = client.post(
        WORKBENCH,
        {
            f"name-{joined.pk}": str(zambet.pk),
            f"name-{new.pk}": "new",
            f"name-{ignored.pk}": "ignore",
            f"name-{left.pk}": "",
            f"name-{late.pk}": str(zambet.pk),
            "name-x": "1",
            "name-999": "new",
        },
        follow=True,
    )

    assert f'value="{zambet.pk}"' in page.text
    assert page.text.count("Asociația Zâmbet de Copil") > 1
    assert "Au fost hotărâte 3 nume." in answer.text
    assert "Târziu" in answer.text
    states = dict(FoundName.objects.values_list("name", "status"))
    assert [states[found.name] for found in names] == ["joined", "joined", "ignored", "open", "ignored"]
    made = Organisation.objects.get(legal_name="Asociația Nouă")
    assert (made.register_status, made.source, made.slug) == (
        RegisterStatus.RECORDED,
        SOURCE,
        "asociatia-noua",
    )
    assert "Rămâne" in client.get(WORKBENCH).text
    for query in ("?after=x", "?after=99999999999999", f"?after={left.pk}"):
        assert client.get(f"{WORKBENCH}{query}").status_code == 200


def test_actions_of_the_list():
    organisation = an_organisation()
    first, second, third = (a_name(name) for name in ("Unu", "Doi", "Trei"))
    client = staff_client(Role.EDITOR)

    def act(action, *names, **data):
        chosen = [found.pk for found in names]
        return client.post(LIST, {"action": action, "_selected_action": chosen, **data}, follow=True)

    assert "Deschideți masa de lucru" in client.get(LIST).text
    asked = act("join_chosen", first)
    assert "Unu" in asked.text
    assert 'value="join_chosen"' in asked.text
    act("join_chosen", first, join="1", organisation=organisation.pk)
    act("record_chosen", second)
    act("ignore_chosen", third)
    assert list(FoundName.objects.order_by("pk").values_list("status", flat=True)) == [
        "joined",
        "joined",
        "ignored",
    ]
    missing = act("join_chosen", first, join="1", organisation="")
    assert "Acest câmp este obligatoriu." in missing.text
    assert client.get(f"{LIST}{first.pk}/change/").status_code == 200
