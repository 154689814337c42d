"""Made-up organisations in any number, the same for the same number: for benchmarks and trials, marked as examples."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import transaction

from core.territory.models import County, Uat
from core.text import fold
from organisations.choices import LegalForm, Level, RegisterStatus
from organisations.models import BeneficiaryGroup, Domain, Organisation, SustainableGoal

SEED: Final = 2021
BATCH: Final = 2_000
SOURCE: Final = "Exemplu generat"

_FORMS: Final = (
    (LegalForm.ASSOCIATION, "Asociația", 70),
    (LegalForm.FOUNDATION, "Fundația", 16),
    (LegalForm.FEDERATION, "Federația", 3),
    (LegalForm.UNION, "Uniunea", 2),
    (LegalForm.BRANCH, "Filiala", 3),
    (LegalForm.SCHOOL, "Liceul Teoretic", 3),
    (LegalForm.INFORMAL, "Grupul de Inițiativă", 3),
)
_FIRST: Final = (
    "Tinerilor",
    "Voluntarilor",
    "Seniorilor",
    "Părinților",
    "Femeilor",
    "Studenților",
    "Prietenilor",
    "Salvatorilor",
    "Medicilor",
    "Profesorilor",
    "Meșteșugarilor",
    "Donatorilor",
    "Pădurarilor",
    "Cercetașilor",
    "Apicultorilor",
    "Veteranilor",
    "Arhitecților",
    "Consumatorilor",
    "Nevăzătorilor",
    "Alpiniștilor",
)
_SECOND: Final = (
    "pentru Educație",
    "pentru Mediu",
    "pentru Sănătate",
    "pentru Comunitate",
    "pentru Cultură",
    "pentru Sport",
    "pentru Drepturile Copilului",
    "pentru Viață",
    "pentru Incluziune",
    "pentru Dezvoltare Rurală",
    "pentru Știință",
    "împotriva Violenței",
    "fără Frontiere",
    "din Inimă",
    "Împreună",
    "pentru Integrare Socială",
    "Solidari",
    "pentru Patrimoniu",
    "pentru Copii și Tineri",
    "pentru Animale",
)
_NAMES: Final = (
    "Speranța",
    "Freamătul",
    "Lumina",
    "Ștefan cel Mare",
    "Însoțire",
    "Țara Făgetului",
    "Zâmbet",
    "Rădăcini",
    "Orizont",
    "Aripi",
    "Căldura",
    "Izvorul",
    "Mâini Întinse",
    "Primăvara",
    "Șansa",
    "Punți",
    "Stejarul",
    "Bucuria",
    "Câmpia",
    "Răsăritul",
    "Viitorul",
    "Albina",
    "Curcubeul",
    "Cetatea",
    "Ecoul",
    "Floarea Soarelui",
    "Nădejdea",
    "Temelia",
    "Vatra",
    "Steaua",
    "Pro Natura",
    "Salvați Cerbul",
    "Busola",
    "Semințe",
    "Ghiocelul",
    "Fântâna",
    "Cuibul",
    "Deschide Ușa",
    "Pași Mici",
    "Atelierul",
    "Inima Verde",
    "Centrul de Resurse",
    "Casa Verde",
    "Centrul Voluntar",
)
Item = TypeVar("Item")


@transaction.atomic
def generate_organisations(count: int, *, seed: int = SEED) -> int:
    """Add ``count`` listed organisations with seats, domains and the rest; gives how many were added.

    Needs the territory and the vocabularies; raises ``ValueError`` without them. The same count and seed give the
    same organisations. Addresses begin with "exemplu-<seed>-"; a second call with the same seed adds the missing
    ones only.
    """
    random_source = random.Random(seed)  # noqa: S311
    places = list(
        Uat.objects.current().in_country("RO").order_by("code").values_list("pk", "county_id", "name", "type")
    )
    domains = list(Domain.objects.order_by("code").values_list("pk", flat=True))
    if not places or not domains:
        raise ValueError("Load the territory and the vocabularies first.")
    links = {
        "domains": domains,
        "beneficiaries": list(BeneficiaryGroup.objects.order_by("code").values_list("pk", flat=True)),
        "goals": list(SustainableGoal.objects.order_by("code").values_list("pk", flat=True)),
        "activity_counties": list(
            County.objects.in_country("RO").order_by("code").values_list("pk", flat=True)
        ),
    }
    prefix = f"exemplu-{seed}-"
    present = set(Organisation.objects.filter(slug__startswith=prefix).values_list("slug", flat=True))
    # Towns have more organisations than communes.
    weights = [
        {"municipiu": 60, "sector": 120, "oras": 12}.get(kind, 1) for _pk, _county, _name, kind in places
    ]
    made = (
        organisation
        for number in range(count)
        if (organisation := _organisation(random_source, f"{prefix}{number}", places, weights)).slug
        not in present
    )
    added = 0
    for batch in _batches(made, BATCH):
        stored = Organisation.objects.bulk_create(batch)
        for name, choices in links.items():
            _link(random_source, stored, name, choices)
        added += len(stored)
    return added


def _organisation(
    random_source: random.Random,
    slug: str,
    places: Sequence[tuple[int, int, str, str]],
    weights: Sequence[int],
) -> Organisation:
    form, word, _weight = random_source.choices(_FORMS, [weight for *_form, weight in _FORMS])[0]
    seat, county, place, _type = random_source.choices(places, weights)[0]
    core = random_source.choice(_NAMES)
    pattern = random_source.randrange(4)
    names = (
        f"{word} „{core}” {place}",
        f"{word} {random_source.choice(_FIRST)} {random_source.choice(_SECOND)} {place}",
        f"{word} {core} {random_source.choice(_SECOND)}",
        f"{word} {random_source.choice(_FIRST)} din {place}",
    )
    acronym = "".join(part[0] for part in fold(names[pattern]).split()).upper() if pattern == 1 else ""
    return Organisation(
        legal_name=names[pattern],
        public_name=core if random_source.random() < 0.1 else "",
        acronym=acronym,
        slug=slug,
        legal_form=form,
        seat_id=seat,
        county_id=county,
        level=random_source.choice(Level.values),
        register_status=RegisterStatus.LISTED,
        listed_on=date(2021, 1, 4) + timedelta(days=random_source.randrange(1800)),
        source=SOURCE,
        is_example=True,
    )


def _link(random_source: random.Random, stored: list[Organisation], name: str, choices: list[int]) -> None:
    field: Any = Organisation._meta.get_field(name)
    through = field.remote_field.through
    column = f"{field.m2m_reverse_field_name()}_id"
    through.objects.bulk_create(
        [
            through(organisation_id=organisation.pk, **{column: key})
            for organisation in stored
            for key in random_source.sample(choices, min(len(choices), random_source.choice((1, 1, 2, 3))))
        ],
        batch_size=10_000,
    )


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
