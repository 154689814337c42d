"""What staff type: codes, places, contacts, a videoconference with its meeting, the last administrator."""

from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from core.accounts.choices import Role
from core.accounts.models import RoleGrant, User
from meetings.models import AgendaItem, Meeting
from organisations.models import FormerSlug, Organisation, OrganisationContact, OrganisationName
from programmes.models import ClosingEvent
from tests.admin.world import a_videoconference, an_edition, an_organisation
from tests.factories.accounts import TOTP_SECRET, UserFactory, sign_in, staff_client
from tests.factories.territory import CountyFactory, UatFactory
from videoconferences.models import Videoconference

pytestmark = pytest.mark.django_db
ADD = "/admin/organisations/organisation/add/"
INLINES = {
    f"{prefix}-{name}": value
    for prefix in ("names", "contacts", "coordinator", "memberships", "parts", "former_slugs")
    for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


def change(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"


def typed(**fields):
    return {"legal_name": "Asociația Nouă", "kind": "legal-person", **INLINES, **fields}


def test_cui_is_normalised_and_seat_fills_the_county():
    uat = UatFactory(county=CountyFactory(code="BV"))
    staff_client().post(ADD, typed(cui="RO 185 472 90", seat=uat.pk))

    organisation = Organisation.objects.get()
    assert (organisation.cui, organisation.county, organisation.slug) == (
        "18547290",
        uat.county,
        "asociatia-noua",
    )


@pytest.mark.parametrize("cui", ["18547291", "12345abc", "RO1", "0", "RO RO 18547290", "１８５４７２９０x"])
def test_wrong_cui_is_said_in_words_and_nothing_is_lost(cui):
    page = staff_client().post(ADD, typed(cui=cui))

    assert "CUI-ul nu este corect" in page.text
    assert "Asociația Nouă" in page.text
    assert not Organisation.objects.exists()


def test_cui_that_exists_leads_to_its_record():
    known = an_organisation(cui="18547290")
    page = staff_client().post(ADD, typed(cui="18547290"))

    assert f'<a href="{change(known)}">' in page.text
    assert Organisation.objects.count() == 1


def test_seat_outside_the_county_is_refused_in_words():
    uat = UatFactory(county=CountyFactory(code="BV"), name="Făgăraș")
    page = staff_client().post(ADD, typed(seat=uat.pk, county=CountyFactory(code="CJ").pk))

    assert "nu este în județul Cluj" in page.text
    assert not Organisation.objects.exists()


def test_namesakes_get_different_addresses():
    client = staff_client()
    for _ in range(3):
        client.post(ADD, typed())

    assert set(Organisation.objects.values_list("slug", flat=True)) == {
        "asociatia-noua",
        "asociatia-noua-2",
        "asociatia-noua-3",
    }


def test_changed_address_keeps_the_old_one():
    organisation = an_organisation()
    client = staff_client()
    client.post(change(organisation), typed(legal_name=organisation.legal_name, slug="alta-adresa"))
    taken = client.post(ADD, typed(slug="exemplu-1"))

    organisation.refresh_from_db()
    assert organisation.slug == "alta-adresa"
    assert FormerSlug.objects.get(slug="exemplu-1").organisation == organisation
    assert "duce în continuare la ea" in taken.text


def test_cedilla_and_control_marks_are_not_stored():
    staff_client().post(ADD, typed(legal_name="Asociaţia \u200bŞcoala Bras\u0327ov"))

    assert Organisation.objects.get().legal_name == "Asociația Școala Brașov"


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("phone", "0249.45.01.45", "+40249450145"),
        ("email", "Ana@Exemplu.RO", "ana@exemplu.ro"),
        ("website", "www.exemplu.ro", "https://www.exemplu.ro"),
        ("phone", "12", None),
        ("email", "ana(la)exemplu", None),
        ("website", "javascript:alert(1)", None),
    ],
)
def test_contacts_are_what_they_say(kind, value, stored):
    organisation = an_organisation()
    rows = {
        "contacts-TOTAL_FORMS": "1",
        "contacts-0-kind": kind,
        "contacts-0-value": value,
        "contacts-0-organisation": organisation.pk,
    }
    page = staff_client().post(
        change(organisation), typed(legal_name=organisation.legal_name, slug=organisation.slug, **rows)
    )

    assert list(OrganisationContact.objects.values_list("value", flat=True)) == ([stored] if stored else [])
    assert stored or "Scrieți" in page.text


def test_printed_name_is_joined_to_another_organisation():
    wrong, right = an_organisation(1), an_organisation(2)
    name = OrganisationName.objects.create(organisation=wrong, name="A.C.C.E.S Oltenia", kind="printed")
    client = staff_client(Role.EDITOR)
    data = {"action": "join_to_organisation", "_selected_action": [name.pk], "index": "0"}
    asked = client.post("/admin/organisations/organisationname/", data)
    untouched = OrganisationName.objects.get().organisation
    client.post("/admin/organisations/organisationname/", {**data, "join": "1", "organisation": right.pk})

    assert "A.C.C.E.S Oltenia" in asked.text
    assert untouched == wrong
    assert OrganisationName.objects.get().organisation == right


def videoconference_form(edition, **fields):
    empty = {
        f"{prefix}-{name}": "0"
        for prefix in ("co_organiser_links", "theme_links", "agenda", "materials")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        "edition": edition.pk,
        "number": "4",
        "on_date": "18.11.2026",
        "is_online": "on",
        **empty,
        **fields,
    }


def test_videoconference_and_its_meeting_are_made_in_one_form():
    edition, organisation = an_edition(), an_organisation()
    client = staff_client(Role.EDITOR)
    client.post(
        "/admin/videoconferences/videoconference/add/",
        videoconference_form(
            edition,
            begins="10:00",
            ends="12:30",
            join_url="https://zoom.example/j/1",
            **{
                "co_organiser_links-TOTAL_FORMS": "1",
                "co_organiser_links-0-organisation": organisation.pk,
                "co_organiser_links-0-position": "1",
                "agenda-TOTAL_FORMS": "1",
                "agenda-0-title": "Deschiderea",
                "agenda-0-position": "1",
            },
        ),
    )

    videoconference = Videoconference.objects.get()
    meeting = videoconference.meeting
    assert (meeting.title, meeting.on_date) == ("Videoconferința nr. 4", date(2026, 11, 18))
    assert f"{meeting.local_start:%H:%M}" == "10:00"
    assert list(videoconference.co_organisers.all()) == [organisation]
    assert AgendaItem.objects.get().meeting == meeting


def test_videoconference_with_a_wrong_hour_leaves_no_meeting_behind():
    edition = an_edition()
    page = staff_client().post(
        "/admin/videoconferences/videoconference/add/",
        videoconference_form(edition, begins="12:00", ends="10:00"),
    )

    assert "Sfârșitul este înaintea începutului." in page.text
    assert "18.11.2026" in page.text
    assert (Videoconference.objects.count(), Meeting.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("day", "begins", "utc"), [("29.03.2026", "04:00", "01:00"), ("25.10.2026", "02:30", "23:30")]
)
def test_hours_beside_a_change_of_the_clocks_are_kept(day, begins, utc):
    edition = an_edition()
    staff_client().post(
        "/admin/videoconferences/videoconference/add/",
        videoconference_form(edition, on_date=day, begins=begins, ends="05:00"),
    )

    meeting = Meeting.objects.get()
    assert f"{meeting.starts_at:%H:%M}" == utc
    assert f"{meeting.local_start:%H:%M}" == begins


def test_hour_that_the_change_of_the_clocks_leaves_out_is_refused():
    page = staff_client().post(
        "/admin/videoconferences/videoconference/add/",
        videoconference_form(an_edition(), on_date="29.03.2026", begins="03:30", ends="05:00"),
    )

    assert "ora aceasta nu există" in page.text
    assert not Meeting.objects.exists()


def test_second_videoconference_of_the_same_number_is_refused_without_a_meeting():
    edition = an_edition()
    a_videoconference(edition, number=4)
    page = staff_client().post("/admin/videoconferences/videoconference/add/", videoconference_form(edition))

    assert "are deja o videoconferință cu acest număr" in page.text
    assert Meeting.objects.count() == 1


def test_changed_date_of_a_published_meeting_is_a_new_calendar_version():
    videoconference = a_videoconference(an_edition())
    meeting = videoconference.meeting
    meeting.status, meeting.join_url = "scheduled", "https://zoom.example/j/1"
    meeting.save()
    staff_client().post(
        change(videoconference),
        videoconference_form(
            videoconference.edition,
            number="1",
            title=meeting.title,
            on_date="05.05.2021",
            join_url=meeting.join_url,
        ),
    )

    meeting.refresh_from_db()
    assert (meeting.on_date, meeting.sequence, meeting.join_url) == (
        date(2021, 5, 5),
        1,
        "https://zoom.example/j/1",
    )


def test_deleted_videoconference_takes_its_meeting_along():
    videoconference = a_videoconference(an_edition())
    staff_client().post(
        f"/admin/videoconferences/videoconference/{videoconference.pk}/delete/", {"post": "yes"}
    )

    assert (Videoconference.objects.count(), Meeting.objects.count()) == (0, 0)


def test_closing_event_proposes_the_working_day_after_the_fifth_of_december():
    an_edition(2021)
    page = staff_client().get("/admin/programmes/closingevent/add/")

    assert 'value="06.12.2021"' in page.text
    assert 'value="05.12.2021"' in page.text
    assert not ClosingEvent.objects.exists()


def test_roles_are_granted_by_the_person_who_is_signed_in():
    client = staff_client()
    client.post(
        "/admin/accounts/user/add/",
        {
            "full_name": "Ana  Pop",
            "email": "Ana@Exemplu.ro",
            "language": "ro",
            "is_active": "on",
            "role_grants-TOTAL_FORMS": "1",
            "role_grants-INITIAL_FORMS": "0",
            "role_grants-0-role": "editor",
        },
    )

    grant = RoleGrant.objects.get(role=Role.EDITOR)
    assert grant.user.full_name == "Ana Pop"
    assert grant.granted_by == User.objects.exclude(pk=grant.user_id).get()
    assert not grant.user.has_usable_password()


def test_last_administrator_keeps_the_role_and_the_account():
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    client = sign_in(Client(), administrator)
    grant = administrator.role_grants.get()
    data = {
        "full_name": "Ana",
        "email": administrator.email,
        "language": "ro",
        "is_active": "on",
        "role_grants-TOTAL_FORMS": "1",
        "role_grants-INITIAL_FORMS": "1",
        "role_grants-0-id": grant.pk,
        "role_grants-0-user": administrator.pk,
        "role_grants-0-role": "administrator",
    }
    page = client.post(change(administrator), {**data, "role_grants-0-DELETE": "on"})
    inactive = {key: value for key, value in data.items() if key != "is_active"}
    other = client.post(change(administrator), inactive)

    administrator.refresh_from_db()
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1
    assert administrator.is_active
    assert page.status_code == other.status_code == 200


def test_not_even_a_superuser_deletes_a_person_or_makes_one_role_another():
    superuser = User.objects.create_superuser("sef@example.org", full_name="Șefa")
    TOTP.activate(superuser, TOTP_SECRET)
    client = sign_in(Client(), superuser)
    person = UserFactory(roles=[Role.ADMINISTRATOR])
    grant = person.role_grants.get()

    assert client.post(f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(
        "/admin/accounts/user/",
        {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"},
    )
    client.post(
        change(person),
        {
            "full_name": person.full_name,
            "email": person.email,
            "language": "ro",
            "is_active": "on",
            "role_grants-TOTAL_FORMS": 1,
            "role_grants-INITIAL_FORMS": 1,
            "role_grants-0-id": grant.pk,
            "role_grants-0-user": person.pk,
            "role_grants-0-role": "editor",
        },
    )

    assert [each.role for each in person.role_grants.all()] == [Role.ADMINISTRATOR]
