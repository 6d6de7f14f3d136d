"""The public form of a region: without sign-in, without cookies, off unless the region has switched it on."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from quickwin.domain.idea import open_box, receive
from quickwin.domain.idea_spam import FormSheet
from quickwin.forms.idea import IdeaForm
from quickwin.models import Idea, IdeaBox
from quickwin.views.idea_limit import is_within, network_of
from smartcity.ui.refusal import Refusal, TooOften

SENT_SALT = "quickwin.idea.sent"
MARK, TRAP, DONE = "lembar", "situs", "terkirim"


# A CSRF token would need a cookie, and there is nobody signed in whose rights could be misused: the signed sheet stands for it.
@csrf_exempt
@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def idea_public(request: HttpRequest, code: str) -> HttpResponse:
    box = open_box(code)
    if box is None:
        raise Http404
    if request.method == "POST":
        return _sent(request, box)
    if DONE in request.GET:
        return _done(request, box)
    sheet = FormSheet.new(box.regency_id, timezone.now())
    return _page(request, box, IdeaForm(box=box), sheet)


def _sent(request: HttpRequest, box: IdeaBox) -> HttpResponse:
    now = timezone.now()
    form = IdeaForm(request.POST, box=box)
    sheet = FormSheet.read(request.POST.get(MARK, ""), box.regency_id)
    again = sheet if sheet and not sheet.is_stale(now) else FormSheet.new(box.regency_id, now)
    if not form.is_valid():
        return _page(request, box, form, again, status=422)
    try:
        idea = _received(request, box, form, sheet)
    except Refusal as refusal:
        return _page(request, box, form, again, refusal=refusal, status=refusal.status)
    return redirect(f"{request.path}?{urlencode({DONE: signing.dumps(idea.pk, salt=SENT_SALT)})}")


def _received(request: HttpRequest, box: IdeaBox, form: IdeaForm, sheet: FormSheet | None) -> Idea:
    """Raises Refusal."""
    if not is_within(request, "address", network_of(request)):
        raise TooOften("Dari jaringan ini sudah banyak usulan dikirim.", next_step="Coba lagi satu jam kemudian.")
    if not is_within(request, "region", box.regency_id):
        raise TooOften("Hari ini terlalu banyak usulan masuk.", next_step="Coba lagi besok.")
    sent = form.sent()
    may_confirm = bool(sent.email) and is_within(request, "letter", sent.email.lower())
    trap = request.POST.get(TRAP, "")
    return receive(box, sent, sheet=sheet, trap=trap, may_confirm=may_confirm, now=timezone.now())


def _done(request: HttpRequest, box: IdeaBox) -> HttpResponse:
    """Tells the number of one's own idea and nothing else; a forged address leads to the empty form."""
    try:
        pk = signing.loads(request.GET[DONE], salt=SENT_SALT)
    except signing.BadSignature:
        return redirect(request.path)
    idea = Idea.objects.filter(pk=pk, plan__regency=box.regency_id).first()
    if idea is None:
        return redirect(request.path)
    return render(request, "quickwin/idea/done.html", {"region": box.regency, "idea": idea})


def _page(
    request: HttpRequest, box: IdeaBox, form: IdeaForm, sheet: FormSheet, *, refusal: Any = None, status: int = 200
) -> HttpResponse:
    context = {"region": box.regency, "box": box, "form": form, "sheet": sheet, "refusal": refusal}
    return render(request, "quickwin/idea/form.html", context, status=status)
