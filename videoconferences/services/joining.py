"""What happens to co-organisers when a printed name turns out to mean another organisation."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisations.models import FoundName, Organisation
from organisations.services.found_names import on_join
from videoconferences.models import CoOrganiser

if TYPE_CHECKING:
    from core.accounts.models import User

_YEAR = re.compile(r"\b20\d\d\b")


@on_join
def move_co_organisers(
    found: FoundName, before: Organisation | None, after: Organisation | None, actor: "User"
) -> Iterator[str]:
    """Moves the co-organisers that bear the printed name, of the editions whose year the document names.

    A videoconference that has the other organisation already keeps both, and the sentence says so.
    """
    links = CoOrganiser.objects.filter(organisation=before, name_as_printed=found.name)
    years = _YEAR.findall(found.source)
    if years:
        links = links.filter(videoconference__edition__year__in=years)
    if before is None or after is None:
        return
    for link in links.select_related("videoconference").select_for_update(of=("self",)):
        link.organisation = after
        try:
            with transaction.atomic():
                link.save(update_fields=["organisation"])
        except IntegrityError:
            yield _("%(organisation)s co-organises videoconference no. %(number)d already.") % {
                "organisation": after,
                "number": link.videoconference.number,
            }
