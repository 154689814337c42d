"""What the record holds, as answers to the questions that its own people are asked (organisations.questions)."""

from typing import Any

from organisations.choices import ContactKind, NameKind
from organisations.models import Organisation, YearlyFigures
from organisations.selectors.vocabulary import COUNTRY

Raw = dict[str, Any]
_SAID = {True: "da", False: "nu", None: ""}


def seat_answers(organisation: Organisation) -> Raw:
    """County by its code, locality by its name and code."""
    seat, county = organisation.seat, organisation.county
    return {
        "county": county.code if county and county.country_id == COUNTRY else "",
        "locality": seat.name if seat else "",
        "uat": seat.code if seat else "",
    }


def profile_answers(organisation: Organisation) -> dict[str, Raw]:
    """What the organisation's people change by themselves, step by step."""
    return {
        "seat": seat_answers(organisation),
        "domains": {"domains": _codes(organisation.domains), "summary": organisation.summary},
        "beneficiaries": {
            "beneficiaries": _codes(organisation.beneficiaries),
            "goals": _codes(organisation.goals),
        },
        "activity": {
            "level": organisation.level,
            "counties": _codes(organisation.activity_counties.filter(country=COUNTRY)),
        },
        "contacts": _contacts(organisation),
        "coordinator": _coordinator(organisation),
        "names": {"names": "\n".join(other_names(organisation))},
    }


def other_names(organisation: Organisation) -> list[str]:
    """Names by which people look for it; former and printed names are kept by the registry's team."""
    return list(organisation.names.filter(kind=NameKind.ALIAS).order_by("pk").values_list("name", flat=True))


def figures_answers(organisation: Organisation, year: int) -> dict[str, Raw]:
    """The figures of one year, with the domains of which hours are asked."""
    saved = YearlyFigures.objects.filter(organisation=organisation, year=year).first()
    domains = _codes(organisation.domains)
    raw: Raw = {"year": str(year)}
    if saved is not None:
        raw["employees"] = "" if saved.employees is None else str(saved.employees)
        for name in ("has_coordinator", "keeps_contracts", "keeps_register"):
            raw[name] = _SAID[getattr(saved, name)]
        for group in saved.volunteers.all():
            raw[f"volunteers_{group.age_group}_{group.sex}"] = str(group.count)
        for part in saved.hours.select_related("domain"):
            raw[f"hours_{part.domain.code}"] = str(part.hours)
            if domains:
                domains.append(part.domain.code)
    return {"figures": raw, "domains": {"domains": domains}}


def _codes(related: Any) -> list[str]:
    return list(related.values_list("code", flat=True))


def _contacts(organisation: Organisation) -> Raw:
    """The first contact of each kind; further ones, which only staff write, stay as they are."""
    raw: Raw = {}
    for contact in organisation.contacts.order_by("-pk"):
        raw[ContactKind(contact.kind).value] = contact.value
        raw[f"{contact.kind}_public"] = "on" if contact.is_public else ""
    return raw


def _coordinator(organisation: Organisation) -> Raw:
    found = getattr(organisation, "coordinator", None)
    if found is None:
        return {}
    shown = "on" if found.is_public else ""
    return {"name": found.name, "email": found.email, "phone": found.phone, "is_public": shown}
