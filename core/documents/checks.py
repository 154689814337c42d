"""Check for `check --deploy`: says in one line what documents lack on this machine."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from core.documents.errors import MissingSystemPartsError
from core.documents.fonts import installation_line, require_families


@register(Tags.compatibility, deploy=True)
def documents_can_be_drawn(**kwargs: Any) -> list[CheckMessage]:
    """W001 names the libraries and fonts that are missing; the portal runs without PDFs until they are there."""
    try:
        require_families()
    except MissingSystemPartsError as error:
        return [Warning(f"PDF documents cannot be made: {error.remedy}", id="documents.W001")]
    return _subset_library_warning()


def _subset_library_warning() -> list[CheckMessage]:
    from weasyprint.text import ffi

    if ffi.harfbuzz_subset is not None:
        return []
    return [
        Warning(
            "libharfbuzz-subset is missing; PDFs are larger.", hint=installation_line(), id="documents.W002"
        )
    ]
