from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from hjemmel.domain.offices.queries import is_responsible, my_offices, rail
from hjemmel.kernel.access.routes import own


@own("accounts/administration")
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Where one comes in: the office for those who hold one today (the declaration, where that is all it
    lets them do), My page for everybody else.
    """
    del request
    held = my_offices()
    if is_responsible(held) and not rail().purposes:
        return redirect("declaring")
    return redirect("office" if any(o.current for o in held) else "mypage")
