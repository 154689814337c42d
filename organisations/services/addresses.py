"""Addresses of organisations' pages: a page that moved is still found where it was."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from organisations.choices import RESERVED_SLUGS
from organisations.models import FormerSlug, Organisation


@transaction.atomic
def change_address(*, organisation: Organisation, slug: str, actor: Any) -> Organisation:
    """Give the organisation's page a new address and keep the present one, which leads on for ever.

    An organisation may take back an address that it had. Raises ``ValidationError`` when the address is not made
    of small letters, digits and hyphens, when it belongs to a page of the registry, or when another organisation
    has or once had it. ``actor`` is the person in the history of changes, None for the portal itself.
    """
    slug = slug.strip().lower()
    validate_slug(slug)
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if slug == locked.slug:
        return locked
    taken = (
        slug in RESERVED_SLUGS
        or Organisation.objects.filter(slug=slug).exists()
        or FormerSlug.objects.filter(slug=slug).exclude(organisation=locked).exists()
    )
    if taken:
        raise ValidationError(_("This address is another page's, or once was."))
    FormerSlug.objects.filter(slug=slug).delete()
    FormerSlug.objects.get_or_create(slug=locked.slug, defaults={"organisation": locked})
    locked.slug = slug
    locked._history_user = actor  # type: ignore[attr-defined]
    locked.save(update_fields=["slug", "updated_at"])
    return locked
