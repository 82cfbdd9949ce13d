from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hjemmel.kernel.audit"
    label = "audit"
