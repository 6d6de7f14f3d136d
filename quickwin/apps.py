from django.apps import AppConfig


class QuickwinConfig(AppConfig):
    name = "quickwin"
    verbose_name = "Quick win"

    def ready(self) -> None:
        """The plan's findings know nothing of apps above `masterplan`; each of them hands in its rows and rules here."""
        from masterplan.domain.aside import add_source as add_aside  # noqa: PLC0415
        from masterplan.domain.snapshot import add_part  # noqa: PLC0415 - models are ready only now
        from masterplan.registers import add_kind  # noqa: PLC0415
        from quickwin.domain.idea_letter import LETTERS  # noqa: PLC0415
        from quickwin.domain.idea_links import BESIDE  # noqa: PLC0415
        from quickwin.domain.notices import NOTICES  # noqa: PLC0415
        from quickwin.domain.snapshot import quick_win_part  # noqa: PLC0415
        from quickwin.domain.stale import NOTICES as ON_SILENCE  # noqa: PLC0415
        from quickwin.registers import QUICK_WIN  # noqa: PLC0415
        from smartcity.notify.registry import add_kind as add_notice  # noqa: PLC0415
        from smartcity.notify.registry import add_outside  # noqa: PLC0415

        add_part(quick_win_part)
        add_kind(QUICK_WIN, has_sheet=True)
        for notice in (*NOTICES, *ON_SILENCE):
            add_notice(notice)
        add_aside(BESIDE)
        for about, words in LETTERS:
            add_outside(about, words)
