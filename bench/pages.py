"""`make pictures`: the example plan as a book, and a picture of one page of every kind, in build/pages."""

import shutil

from plant import PLAN, ROOT, prepared

FOLDER = ROOT / "build" / "pages"


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with prepared():
        from django.core.management import call_command  # noqa: PLC0415 - needs Django

        call_command("export_plan", PLAN, output=FOLDER / "book.pdf", pictures=FOLDER)


if __name__ == "__main__":
    main()
