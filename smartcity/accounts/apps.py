from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "smartcity.accounts"
    label = "accounts"
    verbose_name = "Akun"
