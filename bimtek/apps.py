from django.apps import AppConfig


class BimtekConfig(AppConfig):
    name = "bimtek"
    verbose_name = "Bimtek"

    def ready(self) -> None:
        """What a stage needs and what a submission freezes are kinds of rows, wherever they live."""
        from bimtek.registers import BODY_MEMBER, CYCLE_STEP  # noqa: PLC0415 - models are ready only now
        from masterplan.registers import add_kind  # noqa: PLC0415

        add_kind(CYCLE_STEP)
        add_kind(BODY_MEMBER)
