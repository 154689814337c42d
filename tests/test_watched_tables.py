"""Every table that public pages show raises the version of the data; one that does not is here with its reason."""

import pytest
from django.apps import apps
from django.db import models

from core.dataversion import PUBLIC, TERRITORY, watched_tables

# The portal's own apps; what libraries store (sessions, the admin's log, addresses of mail) shows on no public page.
OURS = ("core", "meetings", "organisations", "programmes", "promotori", "videoconferences")
# Tables of ours that no page kept for everybody shows.
NOT_SHOWN = {
    "accounts_user": "people show only to themselves and to staff",
    "accounts_consent": "consents show to their giver and to staff",
    "accounts_consenttext": "read afresh by the forms that ask for consent",
    "accounts_erasure": "erasures show to the person and to administrators",
    "accounts_formeridentity": "former names are read by erasures alone",
    "accounts_rolegrant": "roles show only to their holder and to staff",
    "core_dataversion": "the version itself",
    "core_exportlog": "exports show in the admin alone",
    "core_statechange": "steps show in the admin alone",
    "jobs_job": "a job shows to its owner alone",
    "meetings_attendance": "attendances show to the team; figures are read afresh",
    "meetings_attendanceimport": "reports of platforms show to the team",
    "meetings_attendanceline": "reports of platforms show to the team",
    "meetings_invitationround": "invitations show to the team and to structures",
    "meetings_invitee": "invitations show to the team and to structures",
    "meetings_meetingfeedback": "feedback shows to the team",
    "meetings_question": "questions show to participants, on pages that are never kept",
    "meetings_registrantmail": "mails to registrants show to the team",
    "meetings_registration": "registrations show to their person and to the team; places left are read afresh",
    "meetings_reminder": "reminders show to the team",
    "messaging_attempt": "mails show to staff",
    "messaging_message": "mails show to staff",
    "messaging_messageattachment": "mails show to staff",
    "messaging_notificationpreference": "preferences show to their own person",
    "messaging_wording": "the words of mails show in mails",
    "organisations_authorityaddress": "addresses of authorities show to the team",
    "organisations_formerslug": "leads to another address: an answer that is never kept",
    "organisations_importline": "lines of imports show in the admin alone",
    "organisations_registryimport": "imports show in the admin alone",
    "organisations_foundname": "the workbench shows in the admin alone",
    "organisations_invitation": "invitations show to the organisation's managers and to whoever is invited",
    "organisations_organisationchange": "history shows to the organisation's own people and to staff",
    "organisations_organisationmerge": "merges show in the admin alone; what they move is watched",
    "organisations_recordreport": "reports are read by staff",
    "organisations_submission": "submissions show to their applicant and to staff",
    "organisations_submissionversion": "submissions show to their applicant and to staff",
    "organisations_membership": "people of an organisation show to staff and to themselves",
    "organisations_searchword": "made from the organisations, which are watched",
    "organisations_structurerepresentative": "representatives show to staff and to themselves",
    "pages_feedback": "messages are read by staff; a receipt is never kept",
    "portal_loadedrecord": "what the loaders remember",
}


def our_tables() -> set[str]:
    """Tables of models and of their many-to-many links, without the histories, which show in the admin alone."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name.partition(".")[0] in OURS and not hasattr(model, "history_type")
    }


@pytest.mark.django_db
def test_every_table_is_watched_or_says_why_not():
    assert our_tables() - watched_tables(PUBLIC) == set(NOT_SHOWN)


@pytest.mark.django_db
def test_nothing_is_watched_that_is_not_shown():
    assert watched_tables(PUBLIC) <= our_tables()
    assert not watched_tables(PUBLIC) & set(NOT_SHOWN)


@pytest.mark.django_db
def test_every_table_of_places_ends_the_places_in_memory():
    places = {model._meta.db_table for model in apps.get_app_config("territory").get_models()}

    assert watched_tables(TERRITORY) == places


def test_links_between_records_count_as_tables():
    links = {
        field.remote_field.through._meta.db_table
        for model in apps.get_models()
        for field in model._meta.local_many_to_many
        if isinstance(field, models.ManyToManyField) and model._meta.app_config.name.partition(".")[0] in OURS
    }

    assert links
    assert links <= our_tables()
