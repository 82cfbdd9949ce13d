from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "hjemmel.domain.offices"
    label = "offices"
