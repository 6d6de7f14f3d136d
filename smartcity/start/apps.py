from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "smartcity.start"
    label = "start"
    verbose_name = "Persiapan"
