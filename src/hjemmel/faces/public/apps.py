from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "hjemmel.faces.public"
    label = "public"
