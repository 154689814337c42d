"""The page of notifications in the menu of the own area."""

from django.utils.translation import gettext_lazy as _

from core.accounts.area import menu_entry

menu_entry(_("Notifications"), "account_notifications", order=85)
