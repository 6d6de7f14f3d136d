from django.apps import AppConfig


class BimtekConfig(AppConfig):
    name = "bimtek"
    verbose_name = "Bimtek"

    def ready(self) -> None:
        """What a stage needs and what a submission freezes are kinds of rows, wherever they live."""
        from bimtek.domain.notices import NOTICES  # noqa: PLC0415 - models are ready only now
        from bimtek.domain.review_notices import NOTICES as ON_REVIEW  # noqa: PLC0415
        from bimtek.domain.team import chair_of_team  # noqa: PLC0415
        from bimtek.registers import KINDS  # noqa: PLC0415
        from masterplan.registers import add_kind  # noqa: PLC0415
        from quickwin.domain.chair import add_source  # noqa: PLC0415
        from smartcity.notify.registry import add_kind as add_notice  # noqa: PLC0415

        for kind in KINDS:
            add_kind(kind)
        add_source(chair_of_team)
        for notice in (*NOTICES, *ON_REVIEW):
            add_notice(notice)
