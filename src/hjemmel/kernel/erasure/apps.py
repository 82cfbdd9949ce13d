from django.apps import AppConfig


class ErasureConfig(AppConfig):
    name = "hjemmel.kernel.erasure"
    label = "erasure"
