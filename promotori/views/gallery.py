"""The page /componente/ that shows every component once, with made-up content; not served in production."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

COUNTIES = (
    "SM Satu Mare 2 0|MM Maramureș 3 0|SV Suceava 5 0|BT Botoșani 6 0|BH Bihor 1 1|SJ Sălaj 2 1|CJ Cluj 3 1|"
    "BN Bistrița-Năsăud 4 1|NT Neamț 5 1|IS Iași 6 1|AR Arad 1 2|AB Alba 2 2|MS Mureș 3 2|HR Harghita 4 2|"
    "BC Bacău 5 2|VS Vaslui 6 2|TM Timiș 0 3|HD Hunedoara 1 3|SB Sibiu 2 3|BV Brașov 3 3|CV Covasna 4 3|"
    "VN Vrancea 5 3|GL Galați 6 3|CS Caraș-Severin 0 4|GJ Gorj 1 4|VL Vâlcea 2 4|AG Argeș 3 4|PH Prahova 4 4|"
    "BZ Buzău 5 4|BR Brăila 6 4|TL Tulcea 7 4|MH Mehedinți 0 5|DJ Dolj 1 5|OT Olt 2 5|DB Dâmbovița 3 5|"
    "IF Ilfov 4 5|IL Ialomița 5 5|CL Călărași 6 5|CT Constanța 7 5|TR Teleorman 2 6|GR Giurgiu 3 6|B București 4 6"
)


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
    agreed = forms.BooleanField(label="Am citit nota de informare", help_text="Este necesar pentru înscriere.")


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
        label="Ordine", choices=[("", "Nume"), ("nou", "Cele mai noi")], widget=forms.RadioSelect, required=False
    )


def _example_tiles() -> list[dict[str, object]]:
    tiles: list[dict[str, object]] = []
    for index, line in enumerate(COUNTIES.split("|")):
        code, *words, column, row = line.split()
        count = index * 7 % 13 if index % 3 else 0
        tiles.append(
            {"code": code, "name": " ".join(words), "url": f"#{code}", "count": count, "column": column, "row": row}
        )
    return tiles


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
