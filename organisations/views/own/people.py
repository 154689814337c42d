"""The people of an organisation: who they are, invitations, roles, hand-over, leaving."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from organisations.forms.own_people import InvitationForm, RoleForm
from organisations.models import Membership, Organisation
from organisations.selectors.own import invitations_of, is_last_manager, people_of
from organisations.services import people as services
from organisations.views.own.access import READ_AND_SEND, may, own_page, own_render


@own_page()
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everybody who acts for it; managers see the invitations that wait too."""
    manages = may(request, "manage_people", organisation)
    return own_render(
        request,
        "organisations/own/people.html",
        organisation,
        people=people_of(organisation),
        invitations=invitations_of(organisation) if manages else [],
        manages=manages,
    )


@own_page("manage_people", READ_AND_SEND)
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_person(organisation=organisation, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]},
            )
            return redirect("organisations:own_people", organisation.slug)
    return own_render(
        request,
        "organisations/own/invite.html",
        organisation,
        form=form,
        status=422 if form.is_bound else 200,
    )


@own_page("manage_people", ("POST",))
def invitation_action(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    invitation = get_object_or_404(organisation.invitations, pk=number)
    actions: dict[str, tuple[Callable[..., Any], str]] = {
        "resend": (services.resend_invitation, _("The invitation was sent again.")),
        "revoke": (services.revoke_invitation, _("The invitation was taken back.")),
    }
    if request.POST.get("action") not in actions:
        raise Http404
    act, done = actions[request.POST["action"]]
    _try(request, done, act, invitation=invitation, actor=request.user)
    return redirect("organisations:own_people", organisation.slug)


@own_page("manage_people", READ_AND_SEND)
def person(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """A colleague: role, hand-over, taking out; each says before what it does."""
    membership = get_object_or_404(people_of(organisation), pk=number)
    is_role = request.POST.get("action") == "role"
    form = RoleForm(request.POST if is_role else None, initial={"role": membership.role})
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        _act_on(request, membership, form)
        return redirect("organisations:own_people", organisation.slug)
    is_self = membership.user_id == request.user.pk
    return own_render(
        request, "organisations/own/person.html", organisation, membership=membership, form=form, is_self=is_self,
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@own_page(methods=READ_AND_SEND)
def leave(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Leave the organisation; the last manager hands over first."""
    if request.method == "POST":
        membership = get_object_or_404(people_of(organisation), user=request.user)
        done = _("You no longer act for %(organisation)s.") % {"organisation": organisation}
        left = _try(request, done, services.leave_organisation, membership=membership)
        if left:
            return redirect("organisations:own_start")
        return redirect("organisations:own_people", organisation.slug)
    return own_render(
        request,
        "organisations/own/leave.html",
        organisation,
        is_last=is_last_manager(request.user, organisation),
    )


def _act_on(request: HttpRequest, membership: Membership, form: RoleForm) -> None:
    name = {"person": str(membership.user)}
    actor = request.user
    match request.POST.get("action"):
        case "role" if form.is_bound:
            done, role = _("The role of %(person)s was changed.") % name, form.cleaned_data["role"]
            _try(request, done, services.change_role, membership=membership, role=role, actor=actor)
        case "hand-over":
            done = _("%(person)s is a manager now, and you are a member.") % name
            _try(request, done, services.hand_over, membership=membership, actor=actor)
        case "remove":
            done = _("%(person)s no longer belongs to the organisation.") % name
            _try(request, done, services.remove_person, membership=membership, actor=actor)
        case _unknown:
            raise Http404


def _try(request: HttpRequest, done: str, act: Callable[..., Any], **arguments: Any) -> bool:
    """Do it and say so, or say why not."""
    try:
        act(**arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, done)
    return True
