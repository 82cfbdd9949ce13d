from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from hjemmel.domain.offices.queries import my_offices
from hjemmel.kernel.access.routes import own


@own("accounts/administration")
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Where one comes in: the office for those who hold one today, My page for everybody else."""
    del request
    return redirect("office" if any(o.current for o in my_offices()) else "mypage")
