"""Who reads which deliveries."""

from django.db.models import QuerySet

from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of
from smartcity.notify.models import Mail


def keeps_mails(user: User) -> bool:
    """The ministry's editor sees every delivery and sends again what failed."""
    return standing_of(user).has_national(Role.MINISTRY_EDITOR)


def mails_of(user: User) -> QuerySet[Mail]:
    return Mail.objects.all() if keeps_mails(user) else Mail.objects.filter(user=user)
