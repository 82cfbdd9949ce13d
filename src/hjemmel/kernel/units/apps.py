from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "hjemmel.kernel.units"
    label = "units"
