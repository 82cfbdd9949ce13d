from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "hjemmel.kernel.retention"
    label = "retention"
