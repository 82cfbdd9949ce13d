from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "hjemmel.kernel.journal"
    label = "journal"
