from django.apps import AppConfig


class GroundsConfig(AppConfig):
    name = "hjemmel.kernel.grounds"
    label = "grounds"
