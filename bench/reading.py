"""`make bench-reading`: reviewing 300 sections, 300 programmes, ten submissions and 400 remarks; medians."""

import uuid
from functools import partial

from plant import PLAN, grow_outline, grow_programmes, load_now, measure, prepared

SECTIONS, PROGRAMMES, SUBMISSIONS, EDITED, THREADS = 300, 300, 10, 30, 400
STAGE = f"/rencana/{PLAN}/tahap/II/"


def grow_submissions() -> None:
    """Between two of them some texts and programmes change; the mentor has read the first one whole."""
    from bimtek.domain.reading import mark_read, parts_since  # noqa: PLC0415 - needs Django
    from bimtek.domain.submission import submit  # noqa: PLC0415
    from bimtek.models import Stage  # noqa: PLC0415
    from masterplan.domain.section import replace_text  # noqa: PLC0415
    from masterplan.models import Masterplan, Programme, Section  # noqa: PLC0415
    from smartcity.accounts.models import User  # noqa: PLC0415

    plan = Masterplan.objects.get(code=PLAN)
    coordinator = User.objects.get(email="koordinator.banjar@contoh.example")
    mentor = User.objects.get(email="pembimbing@contoh.example")
    sections = list(Section.objects.filter(plan=plan, outline_section__code__startswith="B2.8"))
    for number in range(SUBMISSIONS):
        for section in sections[number : number + EDITED]:
            text = {"type": "paragraph", "content": [{"type": "text", "text": f"Naskah kiriman {number}."}]}
            fresh = Section.objects.select_related("plan", "outline_section__dimension").get(pk=section.pk)
            replace_text(fresh, doc={"type": "doc", "content": [text]}, by=coordinator)
        for programme in Programme.objects.filter(plan=plan)[number : number + EDITED]:
            Programme.objects.filter(pk=programme.pk).update(beneficiaries=f"Warga {number}")
        sent, _ = submit(
            plan, stage=Stage.objects.get(code="II"), token=str(uuid.uuid4()), accepted=9999, note="", by=coordinator
        )
        if number == 0:
            mark_read(sent, [part.key for part in parts_since(sent, None, user=mentor)], user=mentor)


def grow_threads() -> None:
    """Remarks of the mentor on sections, on chosen words and on programmes; every fifth must be fixed."""
    from masterplan import prose  # noqa: PLC0415 - needs Django
    from masterplan.domain.comment import Draft, start_thread  # noqa: PLC0415
    from masterplan.domain.comment_places import on_row, on_section, on_text  # noqa: PLC0415
    from masterplan.enums import CommentKind, CommentVisibility  # noqa: PLC0415
    from masterplan.models import Masterplan, Programme, Section  # noqa: PLC0415
    from smartcity.accounts.models import User  # noqa: PLC0415

    plan = Masterplan.objects.get(code=PLAN)
    mentor = User.objects.get(email="pembimbing@contoh.example")
    sections = list(Section.objects.filter(plan=plan).select_related("outline_section__chapter__book"))
    programmes = list(Programme.objects.filter(plan=plan).select_related("dimension"))
    for number in range(THREADS):
        section, programme = sections[number % len(sections)], programmes[number % len(programmes)]
        blocks = [(name, text) for name, text in prose.text_blocks(section.doc).items() if len(text) > 20]
        if number % 3 == 0 and blocks:
            name, text = blocks[0]
            place = {"version": section.version, "block": name, "start": 0, "end": 10, "quote": text[:10]}
            spot = partial(on_text, section, **place)
        else:
            spot = partial(on_section, section) if number % 3 == 1 else partial(on_row, programme)
        kind = CommentKind.MUST_FIX if number % 5 == 0 else CommentKind.SUGGESTION
        draft = Draft(visibility=CommentVisibility.TEAM, kind=kind, body=f"Remark {number}: sebutkan sumbernya.")
        start_thread(plan, spot=spot, draft=draft, token=uuid.uuid4(), by=mentor)


def main() -> None:
    with prepared():
        print(load_now())
        grow_outline(SECTIONS)
        grow_programmes(PROGRAMMES)
        grow_submissions()
        grow_threads()
        from django.test import Client  # noqa: PLC0415

        from smartcity.accounts.models import User  # noqa: PLC0415

        client = Client()
        client.force_login(User.objects.get(email="pembimbing@contoh.example"))
        last = f"{STAGE}kiriman/{SUBMISSIONS}/"
        pages = {
            "what changed for me": f"{last}perubahan/",
            "since the submission before": f"{last}perubahan/?sejak=II-{SUBMISSIONS - 1}",
            "one text, words marked": f"{last}perubahan/naskah/B2.8.12/",
            "the programmes": f"{last}perubahan/tabel/program/",
            "the submission": last,
            "the stage": STAGE,
            "all remarks": f"/rencana/{PLAN}/komentar/",
            "the workspace": f"/rencana/{PLAN}/naskah/B2.8.12/",
        }
        for name, address in pages.items():
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            print(
                f"{name:<30} {measure(lambda address=address: client.get(address))}   {len(answer.content) // 1024} KB"
            )


if __name__ == "__main__":
    main()
