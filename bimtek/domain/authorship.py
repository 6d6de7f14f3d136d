"""Four eyes: nobody judges or approves what they wrote or handed in themselves."""

from collections.abc import Iterable

from bimtek.models import Submission
from masterplan.models import StepBatch
from smartcity.accounts.models import User
from smartcity.ui.refusal import NotAllowed


def ensure_other_eyes(
    submission: Submission, by: User, *, verb: str, sections: Iterable[str] | None = None
) -> None:  # fmt: skip
    """Of these sections, or of the whole plan; `verb` completes "jadi tidak ...". Suggested wording was not written."""
    written = StepBatch.objects.filter(section__plan=submission.plan_id, user=by, is_suggestion=False)
    if sections is not None:
        written = written.filter(section__outline_section__code__in=sections)
    if submission.by_id == by.pk or written.exists():
        raise NotAllowed(f"Anda ikut menulis naskah ini, jadi tidak {verb}.", next_step="Minta orang lain.")
