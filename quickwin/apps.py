from django.apps import AppConfig


class QuickwinConfig(AppConfig):
    name = "quickwin"
    verbose_name = "Quick win"
