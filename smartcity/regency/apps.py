from django.apps import AppConfig


class RegencyConfig(AppConfig):
    name = "smartcity.regency"
    label = "regency"
    verbose_name = "Daerah"
