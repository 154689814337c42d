"""What can go wrong with a document, said to the person who asked for it and to the person who mends it."""

from django.utils.translation import gettext as _


class DocumentError(Exception):
    """The document cannot be made now.

    ``str()`` is a translated sentence for the person who asked; ``remedy`` one line in English for whoever runs
    the portal. Nothing was written or sent when this is raised.
    """

    def __init__(self, remedy: str) -> None:
        super().__init__(_("The document cannot be made at this moment. Please try again later."))
        self.remedy = remedy


class MissingSystemPartsError(DocumentError):
    """A library or a font family that the machine lacks; ``remedy`` says what to install."""


class DocumentFaultError(DocumentError):
    """A template, style sheet or picture of the project is wrong; raised in tests, logged in production."""
