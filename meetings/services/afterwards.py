"""What remains of a gathering: recording with transcript, materials, what people thought of it."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from meetings.models import Material, Meeting, MeetingFeedback, Recording, Registration
from meetings.selectors.afterwards import why_no_feedback

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class FeedbackRefusedError(Exception):
    """This person cannot say what they thought of it, now or again; the text says why."""


@transaction.atomic
def keep_recording(*, meeting: Meeting, url: str, transcript: str, is_public: bool) -> None:
    """Keeps address and transcript together; without both there is no recording any more."""
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if not url:
        Recording.objects.filter(meeting=meeting).delete()
        return
    Recording.objects.update_or_create(
        meeting=meeting, defaults={"url": url, "transcript": transcript, "is_public": is_public}
    )


@transaction.atomic
def add_material(
    *, meeting: Meeting, title: str, is_public: bool, url: str = "", file: "UploadedFile[Any] | None" = None
) -> Material:
    """Adds a file or an address at the end. Raises ``ValidationError`` for a file that is not kept."""
    last = Material.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    values: dict[str, Any] = {"title": title, "url": url, "is_public": is_public}
    material = Material(meeting=meeting, position=min((last or 0) + 1, 32_000), file=file or "", **values)
    material.full_clean()
    material.save()
    return material


@transaction.atomic
def change_material(*, meeting: Meeting, pk: int, is_public: bool) -> None:
    """Shows a material to everybody, or to those who took part alone."""
    for material in Material.objects.select_for_update().filter(meeting=meeting, pk=pk):
        material.is_public = is_public
        material.save(update_fields=["is_public"])


@transaction.atomic
def remove_material(*, meeting: Meeting, pk: int) -> None:
    """Takes it away, with its file once that is certain; a second call finds nothing."""
    for material in Material.objects.select_for_update().filter(meeting=meeting, pk=pk):
        name, storage = material.file.name, material.file.storage
        material.delete()
        if name:
            transaction.on_commit(partial(storage.delete, name), robust=True)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a person says, without who says it."""

    usefulness: int
    organisation: int
    learned: str = ""
    improve: str = ""


@transaction.atomic
def give_feedback(*, registration: Registration, opinion: Opinion) -> None:
    """Keeps it without a link to the person; of the registration is only known that it was given, once.

    Raises :class:`FeedbackRefusedError` a second time, before the end, after 30 days, and for whoever had no place.
    """
    locked = (
        Registration.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=registration.pk)
    )
    if reason := why_no_feedback(locked):
        raise FeedbackRefusedError(reason)
    locked.has_given_feedback = True
    locked.save(update_fields=["has_given_feedback"])
    # The day of the gathering, not of the answer, by which one could tell who it was.
    MeetingFeedback.objects.create(
        meeting=locked.meeting,
        usefulness=opinion.usefulness,
        organisation=opinion.organisation,
        learned=opinion.learned,
        improve=opinion.improve,
        given_on=locked.meeting.on_date,
    )
