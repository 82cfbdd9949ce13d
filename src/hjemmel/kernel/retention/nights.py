"""What the sweep has done, as counts. It names nobody, so whoever works in the office may read it."""

from hjemmel.kernel.retention.models import Run


def last_run() -> Run | None:
    """Return the last run that ended, or None before the first night."""
    return Run.objects.filter(ended_at__isnull=False).order_by("-id").first()
