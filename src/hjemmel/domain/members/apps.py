from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "hjemmel.domain.members"
    label = "members"

    def ready(self) -> None:
        from hjemmel.domain.members import queries  # noqa: PLC0415 models are ready only now
        from hjemmel.domain.people.queries import finder  # noqa: PLC0415 models are ready only now

        finder(queries.by_number)
