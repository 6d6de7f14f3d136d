"""Letters about people; called after the transaction, so that a mail server that fails loses nothing."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from smartcity.accounts.models import Invitation


def send_invitation(invitation_id: int, link: str) -> None:
    """Marks the invitation as sent only when the mail server took the letter."""
    invitation = Invitation.objects.select_related("regency__province", "opd", "invited_by").get(pk=invitation_id)
    context = {"invitation": invitation, "link": link}
    letter = EmailMultiAlternatives(
        subject=render_to_string("mail/invitation_subject.txt", context).strip(),
        body=render_to_string("mail/invitation.txt", context),
        to=[invitation.email],
    )
    letter.attach_alternative(render_to_string("mail/invitation.html", context), "text/html")
    letter.send()
    Invitation.objects.filter(pk=invitation_id).update(sent_at=timezone.now())
