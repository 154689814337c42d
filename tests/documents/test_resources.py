"""What documents may load, and that they load nothing else."""

import pytest

from core.documents.errors import DocumentFaultError
from core.documents.rendering import draw_document
from core.documents.resources import RefusedResourceError, digest_of_resources, locate
from tests.documents.samples import sample


@pytest.fixture
def media(settings, tmp_path):
    root = tmp_path / "media"
    (root / "logos").mkdir(parents=True)
    settings.MEDIA_ROOT = root
    return root


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://localhost/",
        "https://example.org/a.png",
        "ftp://example.org/a",
        "data:text/plain,a",
        "/etc/passwd",
        "//example.org/a.png",
        "static:../promotori/settings.py",
        "static:css/../../manage.py",
        "static:/etc/passwd",
        "static:",
        "static:img",
        "static:img/none.svg",
        "static:img/a\0.svg",
        "media:../settings.py",
        "media:/etc/passwd",
        "",
    ],
)
def test_other_addresses_are_refused(media, address):
    with pytest.raises(RefusedResourceError):
        locate(address)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://localhost:1/a.png", "relative.png"])
def test_refused_picture_is_a_fault_of_the_document(address):
    with pytest.raises(DocumentFaultError):
        draw_document(sample(f'<h1>Probă</h1><img src="{address}" alt="a">'))


@pytest.mark.parametrize(
    "rule", ["p { background: url(file:///etc/hostname) }", "@import 'http://localhost:1/a.css';"]
)
def test_refused_address_in_css_is_a_fault_of_the_document(rule):
    with pytest.raises(DocumentFaultError):
        draw_document(sample(f"<h1>Probă</h1><style>{rule}</style><p>a</p>"))


def test_linked_style_sheet_and_attachment_are_refused():
    for link in ('rel="stylesheet"', 'rel="attachment"'):
        with pytest.raises(DocumentFaultError):
            draw_document(sample(f'<link {link} href="file:///etc/hostname"><h1>Probă</h1>'))


def test_uploaded_picture_is_found_and_uploaded_svg_is_not(media):
    (media / "logos" / "a.png").write_bytes(b"a")
    (media / "logos" / "a.svg").write_bytes(b"a")
    assert locate("media:logos/a.png") == (media / "logos" / "a.png").resolve()
    with pytest.raises(RefusedResourceError):
        locate("media:logos/a.svg")


def test_link_out_of_the_uploads_is_refused(media):
    outside = media.parent / "outside.png"
    outside.write_bytes(b"a")
    (media / "logos" / "b.png").symlink_to(outside)
    with pytest.raises(RefusedResourceError):
        locate("media:logos/b.png")


def test_digest_changes_with_the_picture(media):
    picture = media / "logos" / "a.png"
    picture.write_bytes(b"one")
    before = digest_of_resources('<img src="media:logos/a.png">')
    picture.write_bytes(b"two")
    assert digest_of_resources('<img src="media:logos/a.png">') != before


def test_digest_counts_a_picture_that_is_gone(media):
    picture = media / "logos" / "a.png"
    picture.write_bytes(b"one")
    before = digest_of_resources('<img src="media:logos/a.png">')
    picture.unlink()
    assert digest_of_resources('<img src="media:logos/a.png">') != before
