from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "smartcity.audit"
    label = "audit"
    verbose_name = "Jejak"
