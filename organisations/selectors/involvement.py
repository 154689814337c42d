"""What an organisation did in the programme: its mandates and the videoconferences that it co-organised.

Editions and videoconferences stand on the floors above and point at organisations. They are reached by the
reverse names of those links, without an import, and asked for their own rule of what is public
(docs/decisions/0005-reverse-relations.md).
"""

from typing import Any

from django.db.models import Model, QuerySet

from organisations.models import AssociativeStructure, Organisation


def _linked(model: type[Model], reverse_name: str) -> Any:
    """The model that points at ``model`` by a link of this reverse name."""
    return model._meta.get_field(reverse_name).related_model


def _target(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name).related_model


def public_mandates() -> QuerySet[Any]:
    """Promoters' mandates in editions that anybody may see."""
    mandate = _linked(Organisation, "mandates")
    found: QuerySet[Any] = mandate._default_manager.filter(
        edition__in=_target(mandate, "edition").objects.public()
    )
    return found


def public_co_organising() -> QuerySet[Any]:
    """Links of organisations to videoconferences that anybody may see."""
    link = _linked(Organisation, "co_organised_links")
    videoconferences = _target(link, "videoconference").objects.public()
    found: QuerySet[Any] = link._default_manager.filter(videoconference__in=videoconferences)
    return found


def public_videoconferences() -> QuerySet[Any]:
    """Videoconferences that anybody may see, by date, with their edition, meeting and regions' names."""
    videoconference = _target(_linked(Organisation, "co_organised_links"), "videoconference")
    found: QuerySet[Any] = videoconference.objects.public().in_order()
    return found.select_related("edition", "meeting")


def public_partnerships() -> QuerySet[Any]:
    """Partnerships of structures with editions that anybody may see, newest edition first."""
    partner = _linked(AssociativeStructure, "partnerships")
    found: QuerySet[Any] = partner._default_manager.filter(
        edition__in=_target(partner, "edition").objects.public()
    )
    return found.select_related("edition").order_by("-edition__year")
