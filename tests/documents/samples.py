"""Small documents for tests of the engine."""

from core.documents.rendering import PreparedDocument
from core.documents.resources import read_static

STYLESHEETS = ("css/pdf/tokens.css", "css/pdf/page.css", "css/pdf/text.css", "css/pdf/table.css")


def sample(body: str, *, title: str = "Document de probă", language: str = "ro") -> PreparedDocument:
    """A document of the project's look with this body, past preparation."""
    words = 'data-issuer="SGG" data-short-title="Probă" data-page-word="pagina" data-of-word="din"'
    html = f'<html lang="{language}"><title>{title}</title><body {words}>{body}</body></html>'
    return PreparedDocument(
        title=title, language=language, html=html, stylesheets=tuple(map(read_static, STYLESHEETS))
    )
