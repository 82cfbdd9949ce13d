from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "hjemmel.domain.members"
    label = "members"
