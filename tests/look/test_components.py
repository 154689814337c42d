"""Components: what they write, what they escape, and which arguments they refuse."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from lxml import html


def rendered(source: str, **values: object) -> str:
    with translation.override("en"):
        return Template(source).render(Context(values))


def tree(source: str, **values: object) -> html.HtmlElement:
    return html.fromstring(f"<div>{rendered(source, **values)}</div>")


class PracticeForm(forms.Form):
    """Small, with each shape of field."""

    name = forms.CharField(label="Name", help_text="As in the statute.")
    about = forms.CharField(label="About", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Send" colour="red" %}',
        "{% button %}",
        '{% button_link "Go" %}',
        '{% notice "info" %}x{% endnotice %}',
        '{% stat "Label" %}',
        '{% list_item href="/" %}x{% endlist_item %}',
        "{% tile_map tiles %}",
    ],
)
def test_unknown_or_missing_argument_stops_the_template(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Send" kind="loud" %}',
        '{% badge "x" tone="pink" %}',
        '{% notice tone="x" %}{% endnotice %}',
    ],
)
def test_unknown_value_names_the_known_ones(source):
    with pytest.raises(ValueError, match="the design has"):
        rendered(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% button bad %}",
        "{% badge bad %}",
        '{% list_item bad href="/" place=bad badge=bad %}{% endlist_item %}',
        "{% card bad %}{{ bad }}{% endcard %}",
        "{% notice title=bad %}{{ bad }}{% endnotice %}",
        "{% stats %}{% stat bad bad note=bad qualifier=bad %}{% endstats %}",
        '{% chips %}{% chip bad href="/" %}{% endchips %}',
        "{% definitions %}{% definition bad %}{{ bad }}{% enddefinition %}{% enddefinitions %}",
        "{% breadcrumb bad bad bad %}",
        "{% copy_button bad label=bad %}",
    ],
)
def test_texts_are_escaped(source, settings):
    page = rendered(source, bad='<script>"x"</script>')
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_field_ties_label_hint_and_error_to_the_control():
    page = tree("{% field form.name %}", form=PracticeForm({"name": ""}))
    control = page.xpath("//input")[0]
    assert page.xpath("//label/@for") == [control.get("id")]
    assert control.get("aria-invalid") == "true"
    described = control.get("aria-describedby").split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert [page.get_element_by_id(name).tag for name in described] == ["div", "div"]
    order = [element.get("class") or element.tag for element in page[0]]
    assert order == ["field-label", "field-hint", "field-error", "input"]


def test_field_group_is_a_fieldset_and_optional_is_said():
    page = tree("{% field form.kind %}{% field form.about %}{% field form.token %}", form=PracticeForm())
    assert page.xpath("//fieldset/legend")[0].text.strip() == "Kind"
    assert "(optional)" in page.xpath("//label[@for='id_about']")[0].text_content()
    assert page.xpath("//input[@type='hidden']/@name") == ["token"]


def test_error_summary_links_each_error_to_an_element_that_exists():
    form = PracticeForm({"name": "", "kind": "", "agreed": ""})
    form.add_error(None, "The edition is closed.")
    page = tree("{% error_summary form %}{% for bound in form %}{% field bound %}{% endfor %}", form=form)
    links = page.xpath("//div[@class='error-summary']//a/@href")
    assert links == ["#id_name", "#id_kind_group", "#id_agreed"]
    for link in links:
        assert page.get_element_by_id(link[1:]) is not None
    assert "The edition is closed." in page.xpath("//div[@class='error-summary']")[0].text_content()
    assert "4 problems" in page.xpath("//h2")[0].text


def test_error_summary_is_silent_without_errors():
    assert rendered("{% error_summary form %}", form=PracticeForm()).strip() == ""


class RegionFilter(forms.Form):
    region = forms.MultipleChoiceField(
        label="Region", choices=[(str(n), f"R{n}") for n in range(12)], widget=forms.CheckboxSelectMultiple
    )
    q = forms.CharField(label="Search", required=False)


def test_filter_group_shows_counts_and_opens_the_rest_when_chosen_there():
    page = tree(
        "{% filter_group form.region counts=counts %}",
        form=RegionFilter({"region": ["11"]}),
        counts={"0": 1234},
    )
    boxes = page.xpath("//input")
    assert {box.get("type") for box in boxes} == {"checkbox"}
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == ["11"]
    assert page.xpath("//details[@class='filter-rest']/@open") != []
    assert len(page.xpath("//details[@class='filter-rest']//input")) == 4
    assert "1,234" in page.xpath("//label[@for='id_region_0']")[0].text_content()
    assert "(0)" in page.xpath("//label[@for='id_region_1']")[0].text_content()


def test_filter_group_of_another_widget_has_its_label():
    page = tree("{% filter_group form.q %}", form=RegionFilter({}))
    assert page.xpath("//label/@for") == page.xpath("//input/@id")


@pytest.mark.parametrize("query", ["q=a&pagina=2", "q=a&pagina=abc", "q=a&pagina=999"])
def test_pagination_keeps_the_query(query):
    request = RequestFactory().get(f"/organizatii/?{query}")
    page = Paginator(range(100), 10).get_page(request.GET["pagina"])
    links = tree("{% pagination page %}", page=page, request=request).xpath("//a")
    addresses = {link.get("href") for link in links}
    assert all(address.startswith("/organizatii/?q=a") for address in addresses)
    assert "/organizatii/?q=a" in addresses
    assert all(address.count("pagina=") <= 1 for address in addresses)
    assert [link.get("href") for link in links if link.get("aria-current")] == (
        [f"/organizatii/?q=a&pagina={page.number}"] if page.number > 1 else ["/organizatii/?q=a"]
    )


def test_pagination_of_one_page_is_nothing():
    request = RequestFactory().get("/")
    assert rendered("{% pagination page %}", page=Paginator([1], 10).get_page(1), request=request) == ""


TILES = [
    {"code": "BV", "name": "Brașov", "url": "/organizatii/judet/bv/", "count": 12, "column": 3, "row": 3},
    {"code": "CJ", "name": "Cluj", "url": "/organizatii/judet/cj/", "count": 20, "column": 3, "row": 1},
    {"code": "AB", "name": "Alba", "url": "/organizatii/judet/ab/", "count": 1, "column": 2, "row": 2},
    {
        "code": "SJ",
        "name": "Sălaj",
        "url": "/organizatii/judet/sj/",
        "count": 0,
        "column": 2,
        "row": 1,
        "step": 1,
    },
]


def test_tile_map_names_its_links_with_the_right_plural():
    with translation.override("ro"):
        page = html.fromstring(
            Template('{% tile_map tiles caption="Harta" current="CJ" %}').render(Context({"tiles": TILES}))
        )
    links = page.xpath("//ul//a")
    assert [link.get("aria-label") for link in links] == [
        "Sălaj: 0 organizații",
        "Cluj: 20 de organizații",
        "Alba: 1 organizație",
        "Brașov: 12 organizații",
    ]
    assert [link.get("aria-current") for link in links] == [None, "page", None, None]
    assert [row.text_content() for row in page.xpath("//tbody/tr/th")] == ["Brașov", "Cluj", "Alba", "Sălaj"]
    assert page.xpath("//tbody/tr/td/text()") == ["12", "20", "1", "0"]


def test_tile_map_legend_covers_every_count():
    page = tree('{% tile_map tiles caption="Map" %}', tiles=TILES)
    entries = [entry.text_content() for entry in page.xpath("//span[@class='tile-legend-entry']")]
    assert entries == ["0", "1", "12", "20"]


def test_tile_map_without_tiles_is_no_error():
    assert tree('{% tile_map tiles caption="Map" %}', tiles=[]).xpath("//ul//a") == []


def test_stat_groups_numbers_and_keeps_words():
    page = tree(
        '{% stats %}{% stat "A" 3187 %}{% stat "B" "many" qualifier="over" note="stated" %}{% endstats %}'
    )
    assert [value.text_content().split() for value in page.xpath("//dd[@class='stat-value']")] == [
        ["3,187"],
        ["over", "many"],
    ]


def test_empty_definition_vanishes():
    page = tree(
        '{% definitions %}{% definition "A" %} {% enddefinition %}'
        '{% definition "B" %}x{% enddefinition %}{% enddefinitions %}'
    )
    assert page.xpath("//dt/text()") == ["B"]


def test_steps_say_where_one_is():
    page = tree("{% steps labels current=2 %}", labels=["One", "Two", "Three"])
    assert page.xpath("//li[@aria-current='step']")[0].text_content() == "2Two"
    assert "Step 2 of 3" in page.text_content()


def test_nothing_is_inline():
    page = rendered(
        '{% tile_map tiles caption="Map" %}{% notice %}x{% endnotice %}{% progress 1 2 label="x" %}',
        tiles=TILES,
    )
    assert "style=" not in page
    assert "<script" not in page
