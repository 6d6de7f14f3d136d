"""How the person wants to be told, group by group."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from smartcity.notify.domain.notice import choices_of, choose
from smartcity.notify.enums import USUAL_DELIVERY, Delivery, NoticeGroup
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import Incomplete

HINTS = {
    NoticeGroup.ASSIGNED: "Komentar yang menyebut Anda sebagai penjawab, dan pengesahan yang menunggu Anda.",
    NoticeGroup.DUE: "Komentar dan tahap yang tenggatnya tinggal satu hari kerja, atau terlewat.",
    NoticeGroup.OFFICE: "Komentar yang menunggu perangkat daerah Anda, atau koordinator bila belum ditujukan.",
    NoticeGroup.TALK: "Komentar Anda dijawab, ditanggapi, atau selesai.",
    NoticeGroup.PLAN: "Tahap dimulai, kiriman baru, pendapat atas tahap, tenggat mendekat atau diperpanjang.",
}


@dataclass(frozen=True)
class Row:
    group: NoticeGroup
    hint: str
    chosen: Delivery
    usual: Delivery


@require_http_methods(["GET", "POST"])
def choose_ways(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        choose(request.user, {group: _asked(request, group) for group in NoticeGroup})
        messages.success(request, "Pilihan disimpan dan berlaku mulai sekarang.")
        return redirect("notify:choices")
    chosen = choices_of(request.user)
    rows = [Row(group, HINTS[group], chosen[group], USUAL_DELIVERY[group]) for group in NoticeGroup]
    context = {"rows": rows, "ways": list(Delivery), "tab": "choices"}
    return render(request, "notify/choices.html", {**site_frame(""), **context})


def _asked(request: SignedInRequest, group: NoticeGroup) -> Delivery:
    try:
        return Delivery(request.POST.get(group.value, ""))
    except ValueError as error:
        raise Incomplete(
            "Pilih satu cara untuk setiap kelompok.", next_step="Kembali ke halaman pilihan dan kirim lagi."
        ) from error
