from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "hjemmel.kernel.consent"
    label = "consent"
