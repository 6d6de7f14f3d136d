"""What every template may know about the person; nothing here asks the database before a template does."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from smartcity.accounts.demo import demo_people
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of

LOGIN_PAGE = "account_login"


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """The names of the base page have a value on every page; the example people only on the sign-in page."""
    match = request.resolver_match
    is_login_page = match is not None and match.url_name == LOGIN_PAGE
    return {
        "demo": settings.DEMO,
        "demo_people": SimpleLazyObject(demo_people) if settings.DEMO and is_login_page else None,
        "user_role_label": partial(role_label, getattr(request, "user", AnonymousUser())),
        "main_nav": None,
        "region_label": "",
    }


def role_label(user: User | AnonymousUser) -> str:
    """The first role and how many more; empty for nobody."""
    if not user.is_authenticated:
        return ""
    roles = standing_of(user).roles
    if not roles:
        return "Belum mempunyai peran"
    more = len(roles) - 1
    return f"{roles[0].label} +{more}" if more else str(roles[0].label)
