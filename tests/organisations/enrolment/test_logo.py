"""Logos: taken by what they hold, drawn again, shown to whom they may be."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageFile

from core.images import redraw
from organisations.choices import RegisterStatus
from organisations.models import Organisation, Submission
from organisations.workflow import ORGANISATION_WORKFLOW
from tests.factories.accounts import UserFactory, sign_in, staff_client
from tests.organisations.enrolment.world import draft, lodged, territory

SECRET = b"ascuns in fisier"


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 300), **options: object) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "#1d4a8f").save(written, kind, **options)
    return written.getvalue()


def polyglot() -> bytes:
    """A PNG that opens as a zip too."""
    archive = BytesIO()
    with ZipFile(archive, "w") as inside:
        inside.writestr("ascuns.html", SECRET)
    return picture() + archive.getvalue()


def moving() -> bytes:
    written = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    return written.getvalue()


def endless() -> bytes:
    """A small file that says it is a PNG of 60,000 by 60,000 pixels."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def drawn(content: bytes):
    return redraw(BytesIO(content), size=len(content))


@pytest.mark.parametrize(("kind", "becomes"), [("PNG", "png"), ("WEBP", "png"), ("JPEG", "webp")])
def test_a_picture_is_drawn_again_small(kind, becomes):
    result = drawn(picture(kind))
    again = Image.open(BytesIO(result.content))
    assert (result.kind, again.size) == (becomes, (800, 200))
    assert (result.width, result.height) == (800, 200)


def test_nothing_but_the_picture_stays():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    turned = drawn(picture("JPEG", (400, 100), exif=exif, comment=SECRET))
    assert (turned.width, turned.height) == (100, 400)
    for content in (turned.content, drawn(polyglot()).content):
        assert SECRET not in content
        assert b"PK\x03\x04" not in content
    assert not Image.open(BytesIO(turned.content)).getexif()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x" * (10 * 1024 * 1024), "are 10 MB; se primesc cel mult 2 MB"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "nu este o imagine PNG"),
        (b"%PDF-1.7", "nu este o imagine PNG"),
        (b"", "nu este o imagine PNG"),
        (picture()[:200], "incompletă"),
        (picture("JPEG")[:500], "incompletă"),
        (picture("WEBP")[:-20], "incompletă"),
        (moving(), "animată"),
        (endless(), "prea mulți pixeli"),
    ],
    ids=["10 MB", "svg", "pdf", "empty", "short png", "short jpeg", "short webp", "moving", "endless"],
)
def test_what_is_no_picture_is_refused_in_words(content, sentence, monkeypatch):
    # As WeasyPrint sets it once it is imported.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError, match=sentence):
        drawn(content)


@pytest.mark.django_db
def test_a_logo_goes_with_its_request(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    territory()
    person = UserFactory()
    client, request = sign_in(Client(), person), draft(person)
    step, file = (
        f"/organizatii/inscriere/{request.pk}/sigla/",
        f"/organizatii/inscriere/{request.pk}/fisier-sigla/",
    )

    wrong = client.post(step, {"logo": SimpleUploadedFile("sigla.png", b"<svg/>"), "action": "next"})
    assert wrong.status_code == 422
    assert "nu este o imagine PNG" in wrong.content.decode()
    assert client.get(file).status_code == 404
    sent = client.post(step, {"logo": SimpleUploadedFile("../../x.exe", picture()), "action": "next"})
    assert sent["Location"] == f"/organizatii/inscriere/{request.pk}/cifre/"
    shown = client.get(file)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert shown["Cache-Control"].startswith("private, no-store")
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert sign_in(Client(), UserFactory()).get(file).status_code == 404
    assert staff_client().get(file).status_code == 404

    client.post(f"/organizatii/inscriere/{request.pk}/depunere/")
    assert staff_client().get(file).status_code == 200
    record = Organisation.objects.get()
    address = f"/organizatii/{record.slug}/sigla/"
    assert Client().get(address).status_code == 404
    ORGANISATION_WORKFLOW.perform(record, "list", actor=None)
    public = Client().get(address)
    assert public["Cache-Control"] == "public, max-age=3600"
    assert b"".join(public.streaming_content).startswith(b"\x89PNG")
    page = Client().get(f"/organizatii/{record.slug}/").content.decode()
    assert f'src="{address}" alt="Sigla organizației Prietenii Bucovinei"' in page


@pytest.mark.django_db
def test_a_logo_is_taken_away_with_its_file(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    territory()
    person = UserFactory()
    client, request = sign_in(Client(), person), draft(person)
    step = f"/organizatii/inscriere/{request.pk}/sigla/"
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(step, {"logo": SimpleUploadedFile("s.png", picture()), "action": "next"})
    assert len(list(tmp_path.rglob("*.png"))) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(step, {"remove": "1"})
    assert not Submission.objects.get().logo
    assert list(tmp_path.rglob("*.png")) == []


@pytest.mark.django_db
def test_an_organisation_without_a_logo_has_none(client):
    territory()
    record = lodged().organisation
    Organisation.objects.update(register_status=RegisterStatus.LISTED, listed_on="2026-01-01")
    assert client.get(f"/organizatii/{record.slug}/sigla/").status_code == 404
    assert "/sigla/" not in client.get(f"/organizatii/{record.slug}/").content.decode()
