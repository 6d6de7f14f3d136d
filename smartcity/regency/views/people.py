"""Who works in a region (or at the ministry): members, invitations, taking a role away."""

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from smartcity.accounts.enums import Scope
from smartcity.accounts.models import Invitation, Membership
from smartcity.accounts.standing import standing_of
from smartcity.regency.converters import NATION
from smartcity.regency.domain.invitation import LinkTo, invite, resend, revoke_invitation
from smartcity.regency.domain.people import revoke_membership
from smartcity.regency.forms import InvitationForm, ReasonForm
from smartcity.regency.frame import place_frame, visible_regency
from smartcity.regency.rules import Place, can_manage_people, can_revoke, invitable_roles
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed


def people_list(request: SignedInRequest, place: str) -> HttpResponse:
    return _people_page(request, _managed_place(request, place))


@require_POST
def people_invite(request: SignedInRequest, place: str) -> HttpResponse:
    where = _managed_place(request, place)
    form = _invitation_form(request, where, request.POST)
    if form.is_valid():
        try:
            invitation = invite(form.invitee(), by=request.user, link_to=_link_to(request))
        except (Conflict, Incomplete) as refusal:
            form.add_error(None, f"{refusal} {refusal.next_step}")
        else:
            messages.success(request, f"Undangan untuk {invitation.email} dibuat.")
            return redirect("regency:people_list", place=place)
    return _people_page(request, where, form)


@require_POST
def invitation_resend(request: SignedInRequest, place: str, pk: int) -> HttpResponse:
    where = _managed_place(request, place)
    invitation = resend(_invitation(where, pk), by=request.user, link_to=_link_to(request))
    messages.success(request, f"Tautan baru untuk {invitation.email} dibuat. Tautan lama tidak berlaku lagi.")
    return redirect("regency:people_list", place=place)


@require_POST
def invitation_revoke(request: SignedInRequest, place: str, pk: int) -> HttpResponse:
    where = _managed_place(request, place)
    invitation = revoke_invitation(_invitation(where, pk), by=request.user)
    messages.success(request, f"Undangan untuk {invitation.email} dibatalkan.")
    return redirect("regency:people_list", place=place)


def membership_revoke(request: SignedInRequest, place: str, pk: int) -> HttpResponse:
    """Asks for the reason first, then takes the role away."""
    where = _managed_place(request, place)
    membership = get_object_or_404(members_of(where), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_membership(membership, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Peran {membership.get_role_display()} dari {membership.user} dicabut.")
        is_own = membership.user_id == request.user.pk
        return redirect("home") if is_own else redirect("regency:people_list", place=place)
    context = {**place_frame(request, where, "orang"), "membership": membership, "form": form, "place": place}
    return render(request, "regency/membership_revoke.html", context, status=422 if form.errors else 200)


def members_of(place: Place) -> QuerySet[Membership]:
    if place is None:
        members = Membership.objects.filter(scope=Scope.NATION)
    else:
        members = Membership.objects.filter(Q(regency=place) | Q(opd__regency=place))
    return members.select_related("user", "regency", "opd__regency", "granted_by").order_by(
        F("opd__position").asc(nulls_first=True), "opd__name", "role", "user__display_name"
    )


def _managed_place(request: SignedInRequest, code: str) -> Place:
    if code == NATION:
        if not standing_of(request.user).is_national:
            raise Http404
        place: Place = None
    else:
        place = visible_regency(request, code)
    if not can_manage_people(request.user, place):
        raise NotAllowed(
            "Daftar orang hanya untuk koordinator daerah dan editor kementerian.", next_step="Hubungi mereka."
        )
    return place


def _invitation(place: Place, pk: int) -> Invitation:
    return get_object_or_404(Invitation, regency=place, pk=pk)


def _link_to(request: SignedInRequest) -> LinkTo:
    """The full address of an invitation on the host that is in use."""
    return lambda token: request.build_absolute_uri(reverse("regency:accept_invitation", args=[token]))


def _invitation_form(request: SignedInRequest, place: Place, data: QueryDict | None = None) -> InvitationForm:
    action = reverse("regency:people_invite", args=[place.pk if place else NATION])
    return InvitationForm(data, place=place, roles=invitable_roles(request.user, place), action=action)


def _people_page(request: SignedInRequest, place: Place, form: InvitationForm | None = None) -> HttpResponse:
    members = list(members_of(place))
    invitations = Invitation.objects.filter(regency=place, accepted_at=None, revoked_at=None).select_related("opd")
    context = {
        **place_frame(request, place, "orang"),
        "place": place.pk if place else NATION,
        "members": members,
        "revocable": {member.pk for member in members if can_revoke(request.user, member)},
        "invitations": invitations.order_by("-created_at"),
        "form": form or _invitation_form(request, place),
    }
    return render(request, "regency/people_list.html", context, status=422 if form else 200)
