"""The menu of the own area, for layouts/own_area.html."""

from django.http import HttpRequest
from django.template import Context, Library

from core.accounts.area import MenuLink, menu_of
from core.accounts.models import User

register = Library()


@register.simple_tag(takes_context=True)
def own_menu(context: Context) -> list[MenuLink]:
    """The lines of the person's menu: {% own_menu as links %}; none for a visitor."""
    request: HttpRequest = context["request"]
    return menu_of(request.user, request.path) if isinstance(request.user, User) else []
