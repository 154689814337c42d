"""What videoconferences add to the own area: the plan, for whoever plans any, and themes that wait to be ordered."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.area import Waiting, menu_entry, waiting_for_me
from core.accounts.models import User
from videoconferences.models import Videoconference
from videoconferences.selectors.board import not_ordered_yet


def plans_any(user: User) -> bool:
    """The editorial team, and the people of co-organisers."""
    return user.has_perm("videoconferences.add_videoconference") or bool(
        Videoconference.objects.planned_by(user).exists()
    )


menu_entry(
    gettext_lazy("Planning of the videoconferences"), "videoconferences:plan", order=30, visible=plans_any
)


@waiting_for_me
def themes(user: User) -> Iterator[Waiting]:
    """The order of themes that each of the person's organisations may still give; answers come by mail."""
    for organisation, edition in not_ordered_yet(user):
        yield Waiting(
            _("%(organisation)s: choose the themes that you want most for edition %(year)d.")
            % {"organisation": organisation.display_name, "year": edition.year},
            f"{reverse('videoconferences:theme_rank', args=[organisation.slug])}?editia={edition.year}",
        )
