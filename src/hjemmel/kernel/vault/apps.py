from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "hjemmel.kernel.vault"
    label = "vault"
