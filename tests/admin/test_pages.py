"""Every page of every registered model, for every role: shown or refused as the rules say, never an error."""

from functools import cache

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from core.accounts.choices import GRANTED_ROLES, STAFF_ROLES, Role
from core.permissions import permission_matrix
from programmes.models import Edition, Mandate
from tests.admin.world import an_organisation, populate
from tests.factories.accounts import UserFactory, sign_in, staff_client

# A walk over everything proves that pages answer, not that lines are right: it counts for no coverage.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_untold")]
EVERYWHERE = (
    "?q=%00&p=abc&o=99.-abc",
    "?q=%FF%FE" + "a" * 10_000,
    "?nimic=1",
    "?id__exact=99999999999999999999",
)
# What a list filters by, with values that make no sense.
OF_LISTS = {
    "organisations_organisation": (
        "?q='%22%3Cscript%3E",
        "?q=Braşov%CC%A6",
        "?county__id__exact=abc",
        "?register_status__exact=%00",
        "?register_status__exact=nonsense",
        "?lipsa=x",
        "?p=-1",
        "?p=9999999",
        "?_facets=1",
        "?all=",
        "?e=1",
    ),
    "videoconferences_videoconference": (
        "?edition__id__exact=%00",
        "?meeting__on_date_from=31.02.2021",
        "?meeting__on_date__year=abc",
        "?regions__id__exact=99999999999999999999",
        "?asteapta=x",
    ),
    "meetings_meeting": ("?on_date_from=abc", "?kind__exact=x", "?on_date__year=99999999999999999999"),
    "accounts_user": ("?role=zzz", "?is_active__exact=z"),
    "core_statechange": ("?at__year=99999999999999999999", "?content_type__id__exact=z"),
    "pages_feedback": ("?created_at__year=abc", "?status__exact=%00"),
}


def url(model, page, *args):
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


# Asked of the rules once: it takes longer than a page.
matrix = cache(permission_matrix)


def allowed(model, action, role) -> bool:
    opts = model._meta
    names = {"view": ("view", "change")}.get(action, (action,))
    return any(
        matrix().get(f"{opts.app_label}.{name}_{opts.model_name}", {}).get(role) == "all" for name in names
    )


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_pages_of_every_model_answer_as_the_rules_say(role):
    records = populate()
    client = staff_client(role)
    wrong = []
    for model, record in records.items():
        model_admin = admin.site._registry[model]
        pages = [
            ("changelist", (), "view"),
            ("change", (record.pk,), "view"),
            ("history", (record.pk,), "view"),
        ]
        pages += [("add", (), "add"), ("delete", (record.pk,), "delete")]
        if hasattr(model_admin, "export_resource"):
            pages.append(("export", (), "view"))
        for page, args, action in pages:
            status = client.get(url(model, page, *args)).status_code
            if status != (200 if allowed(model, action, role) else 403):
                wrong.append((model.__name__, page, status))
    assert wrong == []


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF_ROLES))
def test_whoever_is_no_staff_sees_nothing_of_the_admin(role):
    client = sign_in(Client(), UserFactory(roles=[role] if role in GRANTED_ROLES else []))
    addresses = ["/admin/", *(url(model, "changelist") for model in admin.site._registry)]

    assert {client.get(address).status_code for address in addresses} <= {302, 403}


def test_lists_take_any_question():
    records = populate()
    client = staff_client()
    asked = [(url(model, "changelist"), query) for model in records for query in EVERYWHERE]
    asked += [
        (reverse(f"admin:{name}_changelist"), query)
        for name, queries in OF_LISTS.items()
        for query in queries
    ]
    wrong = [
        (address, query[:60], status)
        for address, query in asked
        if (status := client.get(address + query).status_code) not in (200, 302, 400, 404)
    ]
    assert wrong == []


def test_search_finds_any_spelling():
    populate()
    client = staff_client()
    uat = reverse("admin:territory_uat_changelist")
    for question in ("fagaras", "Făgăraș", "Făgăraş", "FAGARAS brasov", "Fogaras"):
        assert "Făgăraș" in client.get(uat, {"q": question}).text, question
    assert "Nu s-a găsit nimic" in client.get(uat, {"q": "%%%"}).text


def test_choices_tell_namesakes_apart():
    populate()
    client = staff_client()
    answer = client.get(
        reverse("admin:autocomplete"),
        {"term": "exemplu", "app_label": "programmes", "model_name": "mandate", "field_name": "organisation"},
    ).json()

    assert answer["results"][0]["text"] == "Asociația Exemplu 1 (Făgăraș, Brașov; CUI 18547290)"


def test_site_search_takes_any_page_number():
    client = staff_client()
    for query in ("?s=org&page=abc", "?s=%00", "?s=" + "a" * 5000, "?extended=1&s=x&page=0"):
        assert client.get("/admin/search/" + query).status_code == 200


def test_admin_is_in_the_persons_language():
    user = UserFactory(roles=[Role.EDITOR], language="en")
    english = sign_in(Client(), user).get("/admin/").text
    romanian = staff_client(Role.EDITOR).get("/admin/").text

    assert "Regional calendar" in english
    assert "Ediții" not in english
    assert "Calendarul regional" in romanian
    assert "Regional calendar" not in romanian


def test_sidebar_shows_only_what_may_be_viewed():
    assert reverse("admin:accounts_user_changelist") in staff_client(Role.ADMINISTRATOR).get("/admin/").text
    assert reverse("admin:accounts_user_changelist") not in staff_client(Role.EDITOR).get("/admin/").text


def test_record_that_others_need_is_not_deleted_and_says_why():
    from organisations.models import Organisation

    organisation = an_organisation(2)
    Mandate.objects.create(edition=populate()[Edition], organisation=organisation, source="Decizie")
    client = staff_client()
    page = client.get(url(Organisation, "delete", organisation.pk))
    answer = client.post(url(Organisation, "delete", organisation.pk), {"post": "yes"})

    assert "nu se poate șterge cât timp există" in page.text
    assert answer.status_code in (200, 302, 403)
    assert Organisation.objects.filter(pk=organisation.pk).exists()
