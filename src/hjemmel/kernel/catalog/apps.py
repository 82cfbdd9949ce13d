from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules


class CatalogConfig(AppConfig):
    name = "hjemmel.kernel.catalog"
    label = "catalog"

    def ready(self) -> None:
        autodiscover_modules("personal")
        from hjemmel.kernel.catalog.completeness import check_models  # noqa: PLC0415 models are ready only now

        checks.register(check_models)
