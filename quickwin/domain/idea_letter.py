"""Letters to who sent an idea: that it came in, and the answer as the coordinator left it. Written when they are sent."""

from django.db.models import QuerySet

from quickwin.enums import IdeaState
from quickwin.models import Idea, IdeaStep
from smartcity.notify.registry import OutsideLetter

RECEIVED, ANSWERED = "idea.received", "idea.answered"
USUAL_ANSWERS = {
    IdeaState.LINKED: (
        "Terima kasih atas usulan Anda. Setelah kami pelajari, usulan ini kami hubungkan dengan program yang ada dalam "
        "Masterplan Smart City dan menjadi bahan pelaksanaannya."
    ),
    IdeaState.DECLINED: (
        "Terima kasih atas usulan Anda. Setelah kami pelajari, usulan ini belum dapat kami lanjutkan. "
        "Kami menghargai perhatian Anda dan menantikan usulan berikutnya."
    ),
}
CLOSING = "Surat ini dikirim otomatis karena Anda meminta jawaban lewat e-mail saat mengirim usulan."


def received(target: str) -> OutsideLetter | None:
    idea = _with_sender().filter(pk=target).first()
    if idea is None:
        return None
    return _letter(idea, "kami terima", "Usulan Anda sudah kami terima dan akan dipelajari. Simpan nomor ini.")


def answered(target: str) -> OutsideLetter | None:
    """None once a later decision has replaced this one."""
    step = IdeaStep.objects.filter(pk=target).first()
    idea = _with_sender().filter(pk=step.idea_id).first() if step else None
    if idea is None or step is None or not step.answer or idea.steps.filter(pk__gt=step.pk).exists():
        return None
    return _letter(idea, "kami jawab", step.answer)


def _with_sender() -> QuerySet[Idea]:
    found = Idea.objects.exclude(sender__email="").filter(sender__isnull=False)
    return found.select_related("sender", "plan__regency")


def _letter(idea: Idea, what: str, words: str) -> OutsideLetter:
    """Nothing that the visitor typed: whose address it is was never proven."""
    region = idea.plan.regency.full_name
    body = f"Yth. Bapak/Ibu,\n\n{words}\n\nNomor usulan: {idea.label}\n\nPemerintah {region}\n\n{CLOSING}\n"
    return OutsideLetter(idea.sender.email, f"Usulan {idea.label} {what} · {region}", body)


LETTERS = ((RECEIVED, received), (ANSWERED, answered))
