from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "hjemmel.faces.office"
    label = "office"
