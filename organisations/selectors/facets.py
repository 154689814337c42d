"""How many organisations each choice of a filter would find, in one statement."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import connection
from django.db.models import QuerySet

from organisations.selectors.involvement import public_mandates
from organisations.selectors.vocabulary import Vocabulary


class FilteredOrganisations(Protocol):
    """What the filter set of organisations.forms.registry gives."""

    qs: QuerySet[Any]

    def without(self, name: str) -> QuerySet[Any]: ...


@dataclass
class Facets:
    """Counts by filter and code; each filter is counted with all the others applied, not with itself."""

    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    localities: dict[str, str] = field(default_factory=dict)


# A statement for each filter: rows of code (text), label (text) and number. {base} is the set to count in.
_COUNTS = {
    "regiune": "SELECT county_id::text, '', count(*) FROM {base} WHERE county_id IS NOT NULL GROUP BY county_id",
    "judet": "SELECT county_id::text, '', count(*) FROM {base} WHERE county_id IS NOT NULL GROUP BY county_id",
    "localitate": (
        "SELECT uat.code, uat.name, count(*) FROM {base} JOIN territory_uat uat ON uat.id = {base}.seat_id"
        " GROUP BY uat.code, uat.name"
    ),
    "zona": (
        "SELECT link.county_id::text, '', count(*) FROM {base}"
        " JOIN organisations_organisation_activity_counties link ON link.organisation_id = {base}.id"
        " GROUP BY link.county_id"
    ),
    # The number of a domain holds its children's organisations, each once.
    "domeniu": (
        "SELECT domain_id::text, '', count(*) FROM {base}"
        " JOIN organisations_organisation_domains link ON link.organisation_id = {base}.id"
        " JOIN organisations_domain domain ON domain.id = link.domain_id"
        " WHERE domain.parent_id IS NOT NULL GROUP BY domain_id"
        " UNION ALL SELECT root::text, '', count(*) FROM (SELECT DISTINCT link.organisation_id,"
        " coalesce(domain.parent_id, domain.id) AS root FROM {base}"
        " JOIN organisations_organisation_domains link ON link.organisation_id = {base}.id"
        " JOIN organisations_domain domain ON domain.id = link.domain_id) AS roots GROUP BY root"
    ),
    "forma": "SELECT legal_form, '', count(*) FROM {base} WHERE legal_form <> '' GROUP BY legal_form",
    "nivel": "SELECT level, '', count(*) FROM {base} WHERE level <> '' GROUP BY level",
    "beneficiari": (
        "SELECT link.beneficiarygroup_id::text, '', count(*) FROM {base}"
        " JOIN organisations_organisation_beneficiaries link ON link.organisation_id = {base}.id GROUP BY 1"
    ),
    "odd": (
        "SELECT link.sustainablegoal_id::text, '', count(*) FROM {base}"
        " JOIN organisations_organisation_goals link ON link.organisation_id = {base}.id GROUP BY 1"
    ),
    "promotor": (
        "SELECT mandate.year::text, '', count(DISTINCT {base}.id) FROM {base}"
        " JOIN mandates mandate ON mandate.organisation_id = {base}.id GROUP BY mandate.year"
    ),
}


def count_facets(found: FilteredOrganisations, chosen: Mapping[str, Any], words: Vocabulary) -> Facets:
    """Counts for every choice and the total, in one query; localities only where a county or locality is chosen."""
    tables: dict[str, QuerySet[Any]] = {"base": found.qs}
    statements = ["SELECT 'total', '', '', count(*) FROM base"]
    for name, statement in _COUNTS.items():
        if name == "localitate" and not ("judet" in chosen or "localitate" in chosen):
            continue
        base = "base"
        if name in chosen:
            base = f"base_{name}"
            tables[base] = found.without(name)
        statements.append(f"SELECT '{name}', * FROM ({statement.format(base=base)}) AS {name}")  # noqa: S608
    with_parts: list[str] = []
    parameters: list[Any] = []
    for table, queryset in tables.items():
        columns = queryset.order_by().values_list("id", "county_id", "seat_id", "legal_form", "level")
        sql, values = columns.query.sql_with_params()
        with_parts.append(f"{table} (id, county_id, seat_id, legal_form, level) AS MATERIALIZED ({sql})")
        parameters += values
    sql, values = (
        public_mandates().order_by().values_list("organisation_id", "edition__year").query.sql_with_params()
    )
    with_parts.append(f"mandates (organisation_id, year) AS ({sql})")
    parameters += values
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(with_parts)} {' UNION ALL '.join(statements)}", parameters)
        return _read(cursor.fetchall(), words)


def _read(rows: list[tuple[str, str, str, int]], words: Vocabulary) -> Facets:
    facets = Facets()
    codes = _codes_by_key(words)
    regions = {region.pk: slug for slug, region in words.regions.items()}
    region_of_county = {
        str(county.pk): regions.get(county.parent or 0, "") for county in words.counties.values()
    }
    for name, key, label, count in rows:
        if name == "total":
            facets.total = count
        elif name == "regiune":
            slug = region_of_county.get(key, "")
            facets.counts[name][slug] = facets.counts[name].get(slug, 0) + count
        else:
            code = codes[name].get(key, "") if name in codes else key
            facets.counts[name][code] = count
        if name == "localitate":
            facets.localities[key] = label
    return facets


def _codes_by_key(words: Vocabulary) -> dict[str, dict[str, str]]:
    def by_key(kind: Mapping[str, Any]) -> dict[str, str]:
        return {str(word.pk): code for code, word in kind.items()}

    counties = by_key(words.counties)
    return {
        "judet": counties,
        "zona": counties,
        "domeniu": by_key(words.domains),
        "beneficiari": by_key(words.beneficiaries),
        "odd": by_key(words.goals),
    }
