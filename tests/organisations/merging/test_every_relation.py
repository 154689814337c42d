"""Whatever points at an organisation points at the kept one after a merge: found by asking the models."""

from contextlib import suppress

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from core.accounts.choices import Role
from core.accounts.models import Consent, User
from core.territory.models import County
from core.workflow import remember
from organisations.models import AssociativeStructure, Organisation, OrganisationMerge, Submission
from organisations.selectors.relations import mentions_of, relations_to
from organisations.services.merging import merge_organisations
from programmes.models import Edition
from promotori.models import LoadedRecord
from tests.admin.world import a_videoconference, an_edition, an_organisation
from tests.factories.accounts import UserFactory
from tests.factories.territory import CountyFactory
from tests.organisations.merging.rows import a_row
from videoconferences.models import Videoconference

pytestmark = pytest.mark.django_db


def merge(kept, merged, **take):
    actor = UserFactory(roles=[Role.ADMINISTRATOR])
    return merge_organisations(kept=kept, merged=merged, take=take, reason="Aceeași asociație", actor=actor)


def surroundings():
    """One record of what rows hang on beside their organisation."""
    edition = an_edition()
    return {
        Edition: edition,
        Videoconference: a_videoconference(edition),
        County: CountyFactory(code="BV"),
        User: UserFactory(),
    }


def test_every_relation_moves_and_nothing_is_lost():
    kept, merged = an_organisation(1), an_organisation(2)
    known = surroundings()
    relations = [each for each in relations_to(Organisation) if not each.is_history]
    made = []
    for relation in relations:
        fixed = {relation.field.name: merged}
        if relation.model is Organisation:
            fixed |= {"kind": "branch", "legal_name": "Filiala", "slug": "filiala"}
        made.append((relation, a_row(relation.model, known, **fixed)))
    pk = merged.pk
    result = merge(kept, merged)

    assert len(relations) > 20
    for relation, row in made:
        row.refresh_from_db()
        assert getattr(row, relation.field.attname) == kept.pk, relation.label
    for relation in relations_to(Organisation):
        assert not relation.model._base_manager.filter(**{relation.field.attname: pk}).exists(), (
            relation.label
        )
    assert sum(result.moved.values()) == sum(not each.is_link for each in relations)
    assert result.merged_record["twins"] == []


def test_every_relation_that_stands_at_both_becomes_one_and_is_noted():
    """Each row twice: once at each record, alike in all else."""
    kept, merged = an_organisation(1), an_organisation(2)
    known = surroundings()
    relations = [
        each
        for each in relations_to(Organisation)
        # Structures and open requests at both are refused, parts have their own rules.
        if not each.is_history and each.model not in {AssociativeStructure, Organisation, Submission}
    ]
    before = {}
    for relation in relations:
        row = a_row(relation.model, known, **{relation.field.name: kept})
        twin = relation.model._base_manager.get(pk=row.pk)
        twin.pk = None
        twin._state.adding = True
        setattr(twin, relation.field.attname, merged.pk)
        # Some cannot stand at two records: they say one thing once.
        with suppress(IntegrityError), transaction.atomic():
            twin.save()
        before[relation.label] = relation.model._base_manager.count()
    pk = merged.pk
    result = merge(kept, merged)

    noted = [twin["model"] for twin in result.merged_record["twins"]]
    for relation in relations:
        if relation.is_link or relation.model is OrganisationMerge:
            continue
        left = relation.model._base_manager.count()
        assert left + noted.count(relation.label) >= before[relation.label], relation.label
        assert not relation.model._base_manager.filter(**{relation.field.attname: pk}).exists()
    assert "videoconferences.coorganiser.organisation" in noted
    assert "organisations.membership.organisation" in noted
    assert "organisations.volunteercoordinator.organisation" in noted


def test_mentions_by_kind_and_number_follow_and_what_was_loaded_too():
    kept, merged = an_organisation(1), an_organisation(2)
    LoadedRecord.objects.create(source="edition_2021", key="organisation:doi", object_id=merged.pk)
    LoadedRecord.objects.create(source="edition_2021", key="organisation:doi:alias:X", object_id=merged.pk)
    kind = ContentType.objects.get_for_model(Organisation)
    told = remember(merged, name="load", source="", target="recorded", actor=None)
    said = a_row(Consent, {}, content_type=kind, object_id=str(merged.pk))
    former = merged.pk
    merge(kept, merged)

    said.refresh_from_db()
    told.refresh_from_db()
    assert said.object_id == str(kept.pk)
    # Steps tell what was made of the record that is no more; the page of the merge shows them.
    assert told.object_id == str(former)
    assert {model._meta.label for model, _kind in mentions_of(Organisation)} >= {"accounts.Consent"}
    assert dict(LoadedRecord.objects.values_list("key", "object_id")) == {
        "organisation:doi": kept.pk,
        # A name's number, which happens to be the same.
        "organisation:doi:alias:X": former,
    }
