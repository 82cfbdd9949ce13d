from django.apps import AppConfig


class StatementConfig(AppConfig):
    name = "hjemmel.kernel.statement"
    label = "statement"
