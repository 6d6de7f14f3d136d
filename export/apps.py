from django.apps import AppConfig


class ExportConfig(AppConfig):
    name = "export"
    verbose_name = "Ekspor"

    def ready(self) -> None:
        """Submissions freeze the book, but the app that takes them in may not know who prints; saves are heard."""
        from bimtek.domain.book import Printer, print_with  # noqa: PLC0415 - models are ready only now
        from export.ahead import listen_to_saves  # noqa: PLC0415
        from export.frozen_book import freeze, order  # noqa: PLC0415
        from export.papers.programme_sheets import BESIDE  # noqa: PLC0415
        from masterplan.domain.aside import add_source  # noqa: PLC0415

        add_source(BESIDE)
        print_with(Printer(freeze=freeze, order=order))
        listen_to_saves()
