"""The page /componente/ that shows every component once, with made-up content; not served in production."""

import csv

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET


class ExampleForm(forms.Form):
    """One field of each kind that the portal uses, with hints and one that goes wrong."""

    name = forms.CharField(label="Denumirea organizației", help_text="Așa cum apare în statut.")
    email = forms.EmailField(label="Adresa de e-mail")
    about = forms.CharField(label="Descriere", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    county = forms.ChoiceField(label="Județul", choices=[("BV", "Brașov"), ("CJ", "Cluj")])
    day = forms.DateField(label="Data", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    kind = forms.ChoiceField(
        label="Forma juridică",
        choices=[("a", "Asociație"), ("f", "Fundație")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label="Am citit nota de informare", help_text="Este necesar pentru înscriere."
    )


class ExampleFilters(forms.Form):
    """The three shapes of a filter group."""

    q = forms.CharField(label="Căutare", widget=forms.TextInput(attrs={"type": "search"}), required=False)
    region = forms.MultipleChoiceField(
        label="Regiune",
        choices=[("RO21", "Nord-Est"), ("RO22", "Sud-Est"), ("RO12", "Centru"), ("RO32", "București-Ilfov")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sort = forms.ChoiceField(
        label="Ordine",
        choices=[("", "Nume"), ("nou", "Cele mai noi")],
        widget=forms.RadioSelect,
        required=False,
    )


def _example_tiles() -> list[dict[str, object]]:
    """All counties, from the territory's own file, with counts that nobody stated."""
    with (settings.BASE_DIR / "core/territory/data/counties.csv").open(encoding="utf-8", newline="") as lines:
        return [
            {
                "code": county["code"],
                "name": county["name"],
                "url": f"#{county['code']}",
                "count": index * 7 % 13 if index % 3 else 0,
                "column": int(county["tile_column"]),
                "row": int(county["tile_row"]),
            }
            for index, county in enumerate(csv.DictReader(lines))
        ]


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Everything on one page, to look at in both themes and at any width."""
    wrong = ExampleForm({"name": "", "email": "ana@", "county": "BV", "kind": "a"})
    filters = ExampleFilters({"region": ["RO21"]})
    return render(
        request,
        "components_gallery.html",
        {
            "tiles": _example_tiles(),
            "wrong": wrong,
            "right": ExampleForm(),
            "filters": filters,
            "region_counts": {"RO21": 14, "RO22": 9, "RO12": 1234},
            "page": Paginator(range(200), 10).get_page(request.GET.get("pagina")),
            "now": timezone.now(),
            "step_labels": ["Organizația", "Practica", "Verificare"],
            "entries": [{"anchor": "actiuni", "label": "Acțiuni"}, {"anchor": "harta", "label": "Harta"}],
        },
    )
