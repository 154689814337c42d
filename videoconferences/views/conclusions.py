"""What a videoconference concluded: the page that everybody reads, and the page on which the team writes it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.pagecache import public_page
from core.typedtext import forget_typed, survives_sign_out, typed_before
from core.workflow import TransitionRefusedError
from videoconferences.choices import ConclusionStatus
from videoconferences.forms.conclusions import (
    ConclusionForm,
    FollowUpForm,
    RetractForm,
    themes_to_choose,
    values_of,
)
from videoconferences.models import Conclusion, Theme, Videoconference
from videoconferences.selectors.conclusions import (
    conclusions_to_write,
    find_videoconference,
    published_groups,
)
from videoconferences.services.conclusions import (
    add_conclusion,
    change_conclusion,
    decide_conclusion,
    delete_draft,
    follow_up_conclusion,
    move_conclusion,
    publish_all,
)

NEW = "nou"
_TONES = {ConclusionStatus.PUBLISHED: "green", ConclusionStatus.DRAFT: "sun"}


@public_page
def conclusions(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Published conclusions of a videoconference by kind."""
    videoconference = find_videoconference(request.user, year=year, number=number)
    if videoconference is None:
        raise Http404
    context = {
        "videoconference": videoconference,
        "edition": videoconference.edition,
        "groups": published_groups(videoconference),
        "may_write": request.user.is_authenticated
        and request.user.has_perm("videoconferences.write_conclusion", videoconference),
    }
    return render(request, "videoconferences/conclusions.html", context)


@survives_sign_out
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def writing(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Every conclusion as a form of its own; what is sent changes one of them."""
    found = Videoconference.objects.select_related("edition", "meeting")
    videoconference = found.filter(edition__year=year, number=number).first()
    if videoconference is None or not request.user.has_perm(
        "videoconferences.write_conclusion", videoconference
    ):
        raise Http404
    page = WritingPage(request, videoconference)
    if request.method == "POST" and page.act():
        forget_typed(request)
        return redirect(f"{request.path}#{page.anchor}" if page.anchor else request.path)
    return render(
        request,
        "videoconferences/conclusions_writing.html",
        page.context(),
        status=422 if page.wrong else 200,
    )


class WritingPage:
    """One visit: the lines with their forms, and what was sent about one of them."""

    def __init__(self, request: HttpRequest, videoconference: Videoconference) -> None:
        self.request, self.videoconference = request, videoconference
        self.actor: Any = request.user
        self.sent: Any = request.POST if request.method == "POST" else typed_before(request)
        self.themes: list[Theme] = themes_to_choose(videoconference)
        self.rows = conclusions_to_write(videoconference)
        self.is_staff = self.actor.has_perm("videoconferences.publish_conclusion", videoconference)
        self.row = self.sent.get("rand", "") if self.sent is not None else ""
        self.action = request.POST.get("action") or _action_of(self.sent)
        self.wrong: forms.Form | None = None
        self.refusal, self.anchor = "", ""

    def act(self) -> bool:
        """Do what was sent; False when the page is to be shown again, with what was typed and what is wrong."""
        try:
            if self.action == "publish-all":
                done = publish_all(videoconference=self.videoconference, actor=self.actor)
                sentence = ngettext(
                    "%(count)d conclusion was published.", "%(count)d conclusions were published.", done
                )
                messages.success(self.request, sentence % {"count": done})
                return True
            if self.row == NEW:
                return self._save(
                    lambda values: add_conclusion(
                        videoconference=self.videoconference, values=values, actor=self.actor
                    )
                )
            return self._act_on(self._chosen())
        except TransitionRefusedError as error:
            self.refusal = str(error)
        except ValidationError as error:
            self.refusal = " ".join(error.messages)
        self.wrong = self.wrong or self._form(sent=True)
        return False

    def _chosen(self) -> Conclusion:
        for row in self.rows:
            if str(row.pk) == self.row:
                return row
        raise ValidationError(_("This conclusion has been deleted in the meantime."))

    def _act_on(self, conclusion: Conclusion) -> bool:
        self.anchor = f"concluzia-{conclusion.pk}"
        actions: dict[str, Callable[[Conclusion], bool]] = {
            "up": lambda row: self._move(row, -1),
            "down": lambda row: self._move(row, 1),
            "delete": self._delete,
            "publish": lambda row: self._decide(row, "publish"),
            "retract": self._retract,
            "follow-up": self._follow_up,
        }
        act = actions.get(self.action)
        if act is not None:
            return act(conclusion)
        return self._save(
            lambda values: change_conclusion(conclusion=conclusion, values=values, actor=self.actor),
            conclusion,
        )

    def _save(self, save: Callable[[Any], Conclusion], conclusion: Conclusion | None = None) -> bool:
        form = self._form(conclusion, sent=True)
        if not form.is_valid():
            self.wrong = form
            return False
        self.anchor = f"concluzia-{save(form.cleaned_data).pk}"
        messages.success(self.request, _("The conclusion was saved."))
        return True

    def _move(self, conclusion: Conclusion, by: int) -> bool:
        move_conclusion(conclusion=conclusion, by=by, actor=self.actor)
        return True

    def _delete(self, conclusion: Conclusion) -> bool:
        delete_draft(conclusion=conclusion, actor=self.actor)
        self.anchor = ""
        messages.success(self.request, _("The draft was deleted."))
        return True

    def _decide(self, conclusion: Conclusion, step: str, reason: str = "") -> bool:
        decided = decide_conclusion(conclusion=conclusion, step=step, reason=reason, actor=self.actor)
        if decided.status == ConclusionStatus.PUBLISHED:
            messages.success(self.request, _("The conclusion was published."))
        else:
            messages.success(self.request, _("The conclusion was taken back."))
        return True

    def _retract(self, conclusion: Conclusion) -> bool:
        form = RetractForm(self.sent, row=f"{conclusion.pk}_retract")
        if not form.is_valid():
            self.wrong = form
            return False
        return self._decide(conclusion, "retract", form.cleaned_data["reason"])

    def _follow_up(self, conclusion: Conclusion) -> bool:
        form = FollowUpForm(self.sent, row=f"{conclusion.pk}_follow")
        if not form.is_valid():
            self.wrong = form
            return False
        follow_up_conclusion(conclusion=conclusion, values=form.cleaned_data, actor=self.actor)
        messages.success(self.request, _("The follow-up was saved."))
        return True

    def _form(self, conclusion: Conclusion | None = None, *, sent: bool = False) -> ConclusionForm:
        initial = values_of(conclusion) if conclusion else {}
        return ConclusionForm(
            self.sent if sent else None,
            row=str(conclusion.pk) if conclusion else NEW,
            themes=self.themes,
            initial=initial,
        )

    def context(self) -> dict[str, Any]:
        """The lines with their forms; the one that was sent, or that waited behind the sign-in, is open."""
        known = {str(row.pk) for row in self.rows if self.is_staff or row.status == ConclusionStatus.DRAFT}
        waiting = self.sent is not None and self.action not in ("up", "down", "delete", "publish")
        # What was typed into one that is gone, or published meanwhile, is offered as a new one: nothing is lost.
        here = self.row if self.row in known else NEW
        return {
            "videoconference": self.videoconference,
            "edition": self.videoconference.edition,
            "lines": [self._line(row, is_open=waiting and str(row.pk) == here) for row in self.rows],
            "new_form": self._form(sent=waiting and here == NEW),
            "wrong": self.wrong if self.wrong is not None and not self.refusal else None,
            "refusal": self.refusal,
            "is_staff": self.is_staff,
            "draft_count": sum(row.status == ConclusionStatus.DRAFT for row in self.rows),
            "came_back": self.request.method != "POST" and self.sent is not None,
            "public_url": reverse(
                "videoconferences:conclusions",
                args=[self.videoconference.edition.year, self.videoconference.number],
            ),
        }

    def _line(self, row: Conclusion, *, is_open: bool) -> dict[str, Any]:
        is_own = self.is_staff or row.status == ConclusionStatus.DRAFT
        follow, retract = f"{row.pk}_follow", f"{row.pk}_retract"
        asked = self.action if is_open else ""
        return {
            "conclusion": row,
            "tone": _TONES.get(ConclusionStatus(row.status), "plain"),
            "is_open": is_open,
            "may_write": is_own,
            "form": self._form(row, sent=asked == "save") if is_own else None,
            "follow_form": FollowUpForm(
                self.sent if asked == "follow-up" else None, row=follow, initial=values_of(row)
            )
            if self.is_staff
            else None,
            "retract_form": RetractForm(self.sent if asked == "retract" else None, row=retract)
            if self.is_staff and row.status == ConclusionStatus.PUBLISHED
            else None,
        }


def _action_of(sent: Any) -> str:
    """What was asked, by the fields that came: a form that waited behind the sign-in has no button any more."""
    if sent is not None and "follow_up_state" in sent:
        return "follow-up"
    return "retract" if sent is not None and "reason" in sent else "save"
