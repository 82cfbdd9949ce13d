from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "hjemmel.kernel.disclosure"
    label = "disclosure"
