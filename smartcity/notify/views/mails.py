"""What became of each mail: for its person, and for the ministry's editor."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from smartcity.notify.domain.delivery import resend
from smartcity.notify.enums import MailState
from smartcity.notify.rules import keeps_mails, mails_of
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import WrongState

PAGE = 50
TONES = {
    MailState.WAITING: "calm",
    MailState.SENDING: "calm",
    MailState.SENT: "good",
    MailState.FAILED: "block",
    MailState.DROPPED: "quiet",
}


@require_GET
@never_cache
def mail_list(request: SignedInRequest) -> HttpResponse:
    """A state that does not exist narrows nothing."""
    keeps = keeps_mails(request.user)
    search = request.GET.get("cari", "").replace("\x00", "").strip()[:80]
    state = request.GET.get("keadaan", "")
    found = mails_of(request.user).select_related("user")
    if search and keeps:
        found = found.filter(address__icontains=search)
    if state in MailState.values:
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "mails": [(mail, TONES[MailState(mail.state)]) for mail in page],
        "keeps": keeps,
        "search": search,
        "state": state,
        "states": MailState.choices,
        "query": f"{urlencode({'cari': search, 'keadaan': state})}&",
        "tab": "mails",
    }
    return render(request, "notify/mail_list.html", {**site_frame(""), **context})


@require_POST
def mail_resend(request: SignedInRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(mails_of(request.user), pk=pk)
    try:
        resend(mail, by=request.user, may=keeps_mails(request.user))
    except WrongState as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.next_step}")
    else:
        messages.success(request, f"Surat kepada {mail.address or 'warga'} akan dikirim lagi.")
    return redirect("notify:mail_list")
