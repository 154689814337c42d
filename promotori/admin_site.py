"""Unfold's settings: the admin in the portal's colours, grouped by what people do."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

# The blue of static/css/tokens.css (--blue #1d4a8f) as a scale; 600 carries white text at 8.6:1.
BLUE = {
    "50": "#f3f6fb",
    "100": "#e8eef8",
    "200": "#c9d9f0",
    "300": "#9dbcf0",
    "400": "#7fa6e3",
    "500": "#5c8fd6",
    "600": "#1d4a8f",
    "700": "#163d7a",
    "800": "#12326a",
    "900": "#0f2854",
    "950": "#0a1b3a",
}
# Warm greys between the paper, the line and the ink of the same tokens.
GREY = {
    "50": "#fbfaf6",
    "100": "#f3f1ea",
    "200": "#d9d6cc",
    "300": "#b3bac4",
    "400": "#8792a0",
    "500": "#5f6875",
    "600": "#4a5565",
    "700": "#2d3743",
    "800": "#1f2833",
    "900": "#181f28",
    "950": "#11161d",
}


def environment(request: HttpRequest) -> list[Any] | None:
    """A badge that nobody can overlook where the data is made up."""
    from django.conf import settings

    return [_("Example"), "warning"] if settings.PORTAL_MODE == "demo" else None


def _permitted(model: str) -> Any:
    app_label, name = model.split("_", 1)
    return lambda request: request.user.has_perm(f"{app_label}.view_{name}")


def _item(title: Any, icon: str, model: str) -> dict[str, Any]:
    link = reverse_lazy(f"admin:{model}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": _permitted(model)}


def _group(title: Any, *items: dict[str, Any], collapsible: bool = False) -> dict[str, Any]:
    return {"title": title, "separator": True, "collapsible": collapsible, "items": list(items)}


NAVIGATION = [
    {
        "items": [
            {"title": _("What waits"), "icon": "inbox", "link": reverse_lazy("admin:index")},
        ]
    },
    _group(
        _("Editions"),
        _item(_("Editions"), "event_repeat", "programmes_edition"),
        _item(_("Promoters' mandates"), "workspace_premium", "programmes_mandate"),
        _item(_("Closing events"), "celebration", "programmes_closingevent"),
        _item(_("Promoters' meetings"), "groups", "programmes_promotersmeeting"),
    ),
    _group(
        _("Videoconferences"),
        _item(_("Regional calendar"), "calendar_month", "videoconferences_videoconference"),
        _item(_("Co-organisers"), "handshake", "videoconferences_coorganiser"),
        _item(_("Themes"), "forum", "videoconferences_theme"),
        _item(_("Proposed themes"), "how_to_vote", "videoconferences_themeproposal"),
        _item(_("Conclusions"), "fact_check", "videoconferences_conclusion"),
        _item(_("All meetings"), "groups", "meetings_meeting"),
        _item(_("Registrations"), "how_to_reg", "meetings_registration"),
        _item(_("Reminders"), "notifications", "meetings_reminder"),
    ),
    _group(
        _("Organisations"),
        _item(_("Registry"), "diversity_3", "organisations_organisation"),
        _item(_("Requests"), "inbox_customize", "organisations_submission"),
        _item(_("Reports of readers"), "flag", "organisations_recordreport"),
        _item(_("Yearly confirmations"), "event_available", "organisations_reconfirmation"),
        _item(_("Invitations of people"), "person_add", "organisations_invitation"),
        _item(_("Figures by year"), "bar_chart", "organisations_yearlyfigures"),
        _item(_("Names to join"), "join", "organisations_foundname"),
        _item(_("Other names"), "label", "organisations_organisationname"),
        _item(_("Imports from files"), "upload_file", "organisations_registryimport"),
        _item(_("Merges"), "merge", "organisations_organisationmerge"),
    ),
    _group(
        _("Structures"),
        _item(_("Associative structures"), "account_balance", "organisations_associativestructure"),
        _item(_("Their members"), "list_alt", "organisations_structuremembership"),
        _item(_("Addresses of authorities"), "alternate_email", "organisations_authorityaddress"),
    ),
    _group(
        _("Announcements and documents"),
        _item(_("Announcements"), "campaign", "programmes_announcement"),
        _item(_("Documents"), "description", "programmes_editiondocument"),
    ),
    _group(
        _("Messages received"),
        _item(_("Messages of the public"), "mail", "pages_feedback"),
        _item(_("Texts of pages"), "edit_note", "pages_pagetext"),
    ),
    _group(
        _("Messages sent"),
        _item(_("Outbox"), "outbox", "messaging_message"),
        _item(_("Wording of mails"), "edit_note", "messaging_wording"),
    ),
    _group(
        _("Territory"),
        _item(_("Development regions"), "map", "territory_region"),
        _item(_("Counties"), "grid_view", "territory_county"),
        _item(_("Administrative units (UAT)"), "location_city", "territory_uat"),
        _item(_("Other names of places"), "sell", "territory_placealias"),
        _item(_("Loaded sources"), "upload_file", "territory_territoryload"),
        collapsible=True,
    ),
    _group(
        _("Vocabularies"),
        _item(_("Domains"), "category", "organisations_domain"),
        _item(_("Beneficiaries"), "family_restroom", "organisations_beneficiarygroup"),
        _item(_("Sustainable development goals"), "public", "organisations_sustainablegoal"),
        collapsible=True,
    ),
    _group(
        _("People and history"),
        _item(_("People and roles"), "badge", "accounts_user"),
        _item(_("Erasures of people"), "person_remove", "accounts_erasure"),
        _item(_("Texts of consents"), "gavel", "accounts_consenttext"),
        _item(_("Consents"), "fact_check", "accounts_consent"),
        _item(_("History of states"), "history", "core_statechange"),
        _item(_("Exports"), "file_download", "core_exportlog"),
        _item(_("Work in the background"), "hourglass_top", "jobs_job"),
        collapsible=True,
    ),
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Promotorii Voluntariatului"),
    "SITE_HEADER": _("Promotorii Voluntariatului"),
    "SITE_SUBHEADER": _("Administration of the portal"),
    "SITE_URL": "/",
    "SITE_ICON": {
        "light": lambda request: static("img/emblem.svg"),
        "dark": lambda request: static("img/emblem-dark.svg"),
    },
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/favicon.svg")}
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_LANGUAGES": False,
    "SHOW_BACK_BUTTON": True,
    "ENVIRONMENT": "promotori.admin_site.environment",
    "DASHBOARD_CALLBACK": "promotori.dashboard.dashboard",
    "BORDER_RADIUS": "6px",
    "STYLES": [lambda request: static("css/admin.css")],
    "SCRIPTS": [lambda request: static("js/admin.js")],
    "COLORS": {"base": GREY, "primary": BLUE},
    "ACCOUNT": {
        "navigation": [
            {"title": _("My account"), "link": reverse_lazy("my_account")},
            {"title": _("See the site"), "link": "/"},
        ]
    },
    "SITE_DROPDOWN": [
        {"icon": "open_in_new", "title": _("See the site"), "link": "/"},
        {"icon": "person", "title": _("My account"), "link": reverse_lazy("my_account")},
    ],
    "SIDEBAR": {"show_search": True, "show_all_applications": False, "navigation": NAVIGATION},
}
