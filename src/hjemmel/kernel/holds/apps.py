from django.apps import AppConfig


class HoldsConfig(AppConfig):
    name = "hjemmel.kernel.holds"
    label = "holds"
