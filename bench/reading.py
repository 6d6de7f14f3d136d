"""`make bench-reading`: what changed for a reader, with 300 sections, 300 programmes and ten submissions; medians."""

import uuid

from plant import PLAN, grow_outline, grow_programmes, load_now, measure, prepared

SECTIONS, PROGRAMMES, SUBMISSIONS, EDITED = 300, 300, 10, 30
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


def main() -> None:
    with prepared():
        print(load_now())
        grow_outline(SECTIONS)
        grow_programmes(PROGRAMMES)
        grow_submissions()
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
        }
        for name, address in pages.items():
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            print(
                f"{name:<30} {measure(lambda address=address: client.get(address))}   {len(answer.content) // 1024} KB"
            )


if __name__ == "__main__":
    main()
