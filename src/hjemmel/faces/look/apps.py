from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "hjemmel.faces.look"
    label = "look"
