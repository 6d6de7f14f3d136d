from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "smartcity.ui"
    label = "ui"
    verbose_name = "Antarmuka"
