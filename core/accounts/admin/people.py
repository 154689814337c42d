"""People and the roles granted to them; the last administrator stays."""

from typing import Any

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin
import django.contrib.auth.admin
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, DropdownFilter

from core.accounts import services
from core.accounts.admin.forgetting import ForgettingMixin
from core.accounts.choices import GRANTED_ROLES, Role
from core.accounts.models import RoleGrant, User
from core.accounts.services.absence import long_unused
from core.admin import PortalAdmin, PortalTabularInline

# Imported above so that they are registered by now: nothing of them belongs into the portal's admin.
_NOT_OURS = (
    allauth.account.admin,
    allauth.mfa.admin,
    allauth.socialaccount.admin,
    allauth.usersessions.admin,
    django.contrib.auth.admin,
)
for _model in (Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


class RoleGrantForm(forms.ModelForm[RoleGrant]):
    class Meta:
        model = RoleGrant
        fields = ("role",)


class RoleGrantFormSet(forms.BaseInlineFormSet[RoleGrant, User, RoleGrantForm]):
    """Takes no role from the last administrator, and says so at the form."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.role == Role.ADMINISTRATOR:
                services.require_other_administrator(user=self.instance)


class RoleGrantInline(PortalTabularInline):
    model = RoleGrant
    fk_name = "user"
    form = RoleGrantForm
    formset = RoleGrantFormSet
    fields = ("role", "purpose", "granted_by", "granted_at")
    readonly_fields = ("purpose", "granted_by", "granted_at")
    tab = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A role is given or taken, never made another: not even by a superuser, whom no rule binds."""
        return False

    @admin.display(description=_("what it is for"))
    def purpose(self, grant: RoleGrant) -> str:
        return str(Role(grant.role).sentence) if grant.role else "–"


class UserForm(forms.ModelForm[User]):
    def clean_is_active(self) -> bool:
        active = bool(self.cleaned_data["is_active"])
        if not active and self.instance.pk and self.instance.is_active:
            services.require_other_administrator(user=self.instance)
        return active


class HeldRoleFilter(DropdownFilter):
    """People to whom a role was granted."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(role.value, role.label) for role in Role if role in GRANTED_ROLES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.holding(Role(self.value())) if self.value() in Role.values else queryset


class UnusedFilter(DropdownFilter):
    """Accounts without a sign-in for so long that others would be erased; staff are only found here."""

    title = _("use of the account")
    parameter_name = "folosire"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("nefolosit", _("two years without a sign-in"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "nefolosit":
            return queryset
        return queryset.filter(pk__in=long_unused(now=timezone.now()).values("pk"))


@admin.register(User)
class UserAdmin(ForgettingMixin, PortalAdmin):
    """An account is made with an address and a name; its owner sets the password by "forgotten password"."""

    form = UserForm
    list_display = ("full_name", "email", "held_roles", "is_active", "last_login")
    list_filter = (
        HeldRoleFilter,
        UnusedFilter,
        ("is_active", BooleanRadioFilter),
        ("language", ChoicesDropdownFilter),
    )
    search_fields = ("full_name", "email")
    search_help_text = _("Name or e-mail address")
    ordering = ("full_name", "email")
    inlines = (RoleGrantInline,)
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (
            None,
            {
                "fields": ("full_name", "email", "language", "is_active"),
                "description": _(
                    "A new person sets a password by “I have forgotten my password” on the sign-in page. Staff set up "
                    "the second factor at their first sign-in. An account without a role and without an organisation "
                    "whose owner does not sign in within 30 days is erased."
                ),
            },
        ),
        (_("Sign-in"), {"fields": ("date_joined", "last_login")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("role_grants")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A person is deactivated, so that history keeps its actors: no superuser deletes one here either."""
        return False

    @admin.display(description=_("roles"))
    def held_roles(self, user: User) -> str:
        return ", ".join(str(grant.get_role_display()) for grant in user.role_grants.all()) or "–"

    def option_label(self, record: Any) -> str:
        return f"{record.full_name} ({record.email})" if record.full_name else record.email

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Roles are given and taken by the service, so that history says who."""
        if formset.model is not RoleGrant:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        for grant in formset.deleted_objects:
            services.revoke_role(user=form.instance, role=Role(grant.role), by=request.user)
        for grant in formset.new_objects:
            services.grant_role(user=form.instance, role=Role(grant.role), by=request.user)
        formset.save_m2m()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
