"""The statement as it is published: printed from the declaration in force, and nothing else."""

from hjemmel.declaration import statement
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.grounds.queries import in_force


def published(lang: str = "nb") -> str:
    """The statement in force as an HTML article, dated by the version that applies. Anybody may read it.

    Raises LookupError for a language it is not written in, and Version.DoesNotExist before the first
    declaration is applied.
    """
    version = Version.objects.get(replaced_on__isnull=True)
    return statement(in_force(), lang, changed=version.valid_from, version=str(version.pk))
