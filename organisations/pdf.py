"""What the registry's floor prints: the papers for hosts of volunteers, as forms to be filled in."""

from core.documents.cache import cached_pdf
from core.documents.rendering import PreparedDocument, Purpose, prepare_document
from organisations.legal.papers import ABOUT, BY_HAND, Paper

STYLESHEETS = (
    "css/pdf/tokens.css",
    "css/pdf/page.css",
    "css/pdf/text.css",
    "css/pdf/table.css",
    "css/pdf/form.css",
)
LANDSCAPE = "css/pdf/landscape.css"


def prepare_paper_pdf(paper: Paper) -> PreparedDocument:
    """The paper ready to be drawn, in Romanian whatever the reader's language: the law wants the contract in it."""
    return prepare_document(
        template="organisations/pdf/legal_paper.html",
        context={
            "paper": paper,
            "about_title": ABOUT.title,
            "about": ABOUT.sentences(paper),
            "by_hand": BY_HAND,
        },
        stylesheets=(*STYLESHEETS, LANDSCAPE) if paper.landscape else STYLESHEETS,
        title=f"{paper.title} (model)",
        language="ro",
        purpose=Purpose.FILLING,
    )


def build_paper_pdf(paper: Paper) -> bytes:
    """The blank paper as a PDF form (PDF/UA-1), drawn once for each wording of it.

    Raises ``core.documents.errors.DocumentError`` when the machine cannot make documents.
    """
    return cached_pdf(prepare_paper_pdf(paper))
