from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "hjemmel.domain.imports"
    label = "imports"
