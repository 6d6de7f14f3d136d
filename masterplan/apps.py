from django.apps import AppConfig


class MasterplanConfig(AppConfig):
    name = "masterplan"
    verbose_name = "Masterplan"

    def ready(self) -> None:
        from masterplan.domain.comment_notices import NOTICES  # noqa: PLC0415 - models are ready only now
        from smartcity.notify.registry import add_kind  # noqa: PLC0415

        for kind in NOTICES:
            add_kind(kind)
