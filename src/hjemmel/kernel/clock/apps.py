from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "hjemmel.kernel.clock"
    label = "clock"
