"""The sitemap: in both languages, in sections, and never naming whom the registry no longer shows."""

import pytest
from django.test import Client

from organisations.workflow import ORGANISATION_WORKFLOW
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def section(client: Client) -> str:
    return client.get("/sitemap-organizatii.xml").content.decode()


def test_an_organisation_stands_in_it_in_both_languages(client: Client) -> None:
    OrganisationFactory(slug="una")

    text = section(client)

    assert "/organizatii/una/</loc>" in text
    assert "/en/organizatii/una/</loc>" in text
    assert "/sitemap-organizatii.xml</loc><lastmod>" in client.get("/sitemap.xml").content.decode()


def test_whoever_leaves_the_registry_leaves_it_at_once(client: Client) -> None:
    organisation = OrganisationFactory(slug="plecata")
    assert "plecata" in section(client)

    ORGANISATION_WORKFLOW.perform(organisation, "strike-off", actor=None, reason="radiată de instanță")

    assert "plecata" not in section(client)
