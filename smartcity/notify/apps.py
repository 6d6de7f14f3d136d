from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "smartcity.notify"
    label = "notify"
    verbose_name = "Pemberitahuan"
