"""The page behind the link of an invitation; reachable without sign-in, so it is throttled."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from smartcity.accounts.models import Invitation, User
from smartcity.regency.domain.invitation import accept_as, accept_as_new, ensure_open, find_invitation
from smartcity.regency.forms import NewAccountForm
from smartcity.ui.errors import refusal_response
from smartcity.ui.refusal import Refusal

RATE = {"accept_invitation": "20/m/ip"}


@never_cache
@sensitive_post_parameters("password", "password_again")
@login_not_required
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    if not ratelimit.consume(request, app="regency", action="accept_invitation", config=RATE, limit_get=True):
        return refusal_response(request, 429)
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    try:
        ensure_open(invitation)
    except Refusal as refusal:
        return render(request, "accounts/invitation_closed.html", {"refusal": refusal}, status=410)
    if isinstance(request.user, User):
        return _accept_signed_in(request, invitation, request.user)
    if User.objects.filter(email=invitation.email).exists():
        return render(request, "accounts/invitation_sign_in.html", {"invitation": invitation})
    return _accept_new(request, invitation)


def _accept_signed_in(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if request.method == "POST":
        accept_as(invitation, user=user)
        messages.success(request, "Undangan diterima.")
        return redirect("home")
    is_addressee = user.email.lower() == invitation.email.lower()
    return render(request, "accounts/invitation_confirm.html", {"invitation": invitation, "is_addressee": is_addressee})


def _accept_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewAccountForm(
        request.POST or None, invitation=invitation, initial={"display_name": invitation.display_name}
    )
    if request.method != "POST" or not form.is_valid():
        context = {"invitation": invitation, "form": form}
        return render(request, "accounts/invitation_accept.html", context, status=422 if form.errors else 200)
    user = accept_as_new(
        invitation, display_name=form.cleaned_data["display_name"], password=form.cleaned_data["password"]
    )
    response: HttpResponse = perform_login(request, user, redirect_url=reverse("home"))
    record_authentication(request, user, method="password", reauthenticated=True)
    return response
