"""Figures by year: zero is not "not known", sums are checked before anything is kept, the public sees totals."""

from organisations.models import OrganisationChange, VolunteerCount, VolunteerHours, YearlyFigures

YEAR = 2025
COUNTS = {"volunteers_15-17_f": "3", "volunteers_18-30_f": "1.200", "volunteers_18-30_m": "0"}


def test_zero_and_not_known_stay_apart(own):
    page = own.page("own_figures_year", YEAR)
    sent = {**COUNTS, "hours_domeniu-1": "400", "has_coordinator": "nu", "keeps_contracts": "da"}
    assert own.as_member.post(page, sent).status_code == 302
    figures = YearlyFigures.objects.get()
    assert (figures.employees, figures.has_coordinator, figures.keeps_register) == (None, False, None)
    assert figures.saved_by == own.member
    counts = {(row.age_group, row.sex): row.count for row in figures.volunteers.all()}
    assert counts == {("15-17", "f"): 3, ("18-30", "f"): 1200, ("18-30", "m"): 0}
    shown = own.as_member.get(own.page("own_figures")).content.decode()
    assert "1.203" in shown
    assert "nu se știe" in shown
    form = own.as_member.get(page).content.decode()
    assert 'value="0"' in form
    assert "1.203" in form
    public = own.as_stranger.get(own.organisation.get_absolute_url()).content.decode()
    assert "1.203" in public
    assert "15–17" not in public

    # Emptied again, a number is not known; hours of domains that are no longer asked about stay.
    own.as_member.post(own.page("own_section", "domenii"), {"domains": ["domeniu-2"]})
    assert own.as_member.post(page, {"volunteers_15-17_f": "", "employees": "0"}).status_code == 302
    assert VolunteerCount.objects.count() == 0
    assert YearlyFigures.objects.get().employees == 0
    assert own.as_member.post(page, {"hours_domeniu-1": ""}).status_code == 302
    assert VolunteerHours.objects.count() == 0
    assert OrganisationChange.objects.filter(subject="figures", after=str(YEAR)).count() == 3


def test_sums_are_checked_before_anything_is_kept(own):
    page = own.page("own_figures_year", YEAR)
    summed = own.as_manager.post(page, {**COUNTS, "action": "sums"})
    assert summed.status_code == 200
    assert "1.203" in summed.content.decode()
    wrong = own.as_manager.post(page, {**COUNTS, "check_total": "1300"})
    assert wrong.status_code == 422
    assert "1.203, iar dumneavoastră ați scris 1.300" in wrong.content.decode()
    assert YearlyFigures.objects.count() == 0
    assert own.as_manager.post(page, {**COUNTS, "check_total": "1203"}).status_code == 302


def test_numbers_that_cannot_be_come_back(own):
    page = own.page("own_figures_year", YEAR)
    for typed in ("-1", "multe", "1e5", "9" * 5_000, "10000001", "1\0", "½"):
        answer = own.as_manager.post(page, {"volunteers_15-17_f": typed, "employees": typed})
        if typed == "1\0":
            assert answer.status_code == 302
            continue
        assert answer.status_code == 422, typed
        assert typed in answer.content.decode()
    for year in (1999, 2100, 0):
        assert own.as_manager.get(own.page("own_figures_year", year)).status_code == 404
