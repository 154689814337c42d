"""The registry's controlled vocabularies."""

from django.contrib import admin

from core.admin import TermAdmin
from organisations.models import BeneficiaryGroup, Domain, SustainableGoal


@admin.register(Domain)
class DomainAdmin(TermAdmin):
    list_display = ("name", "parent", "name_en", "code", "position", "is_active")
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    fields = (("name", "name_en"), "parent", ("code", "position"), "basis", "is_active")


@admin.register(BeneficiaryGroup)
class BeneficiaryGroupAdmin(TermAdmin):
    pass


@admin.register(SustainableGoal)
class SustainableGoalAdmin(TermAdmin):
    pass
