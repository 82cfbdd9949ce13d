from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "hjemmel.kernel.access"
    label = "access"

    def ready(self) -> None:
        from hjemmel.kernel.access.install import install  # noqa: PLC0415 models are ready only now

        post_migrate.connect(install, sender=self, dispatch_uid="hjemmel.kernel.access.install")
