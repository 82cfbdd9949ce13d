from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.declaring.desk import Desk, declaring_room, findings
from hjemmel.faces.office.declaring.packing import NAME, packed, unpacked
from hjemmel.faces.office.forms.basic import RefusableForm, Version
from hjemmel.faces.office.views.declaring import PURPOSE
from hjemmel.kernel.access.routes import responsible
from hjemmel.kernel.statement import drafts
from hjemmel.kernel.statement.editions import edition
from hjemmel.kernel.subjects.refusals import Refused

YAML = "text/yaml; charset=utf-8"


class SeveralFiles(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The files that were sent; none is none."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(SeveralFilesField, self).clean(each, initial) for each in data or [] if each]


class UploadForm(RefusableForm):
    """Files that become a draft."""

    version = Version(required=False)
    sent = SeveralFilesField(
        label=gettext_lazy("Files"),
        required=False,
        widget=SeveralFiles(attrs={"accept": ".yaml,.yml,.zip"}),
        help_text=gettext_lazy(
            "A zip file stands for the whole declaration. YAML files replace those of the same name."
        ),
    )


@responsible(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The files, what is found in each, and putting in others."""
    desk = Desk()
    form = UploadForm(request.POST or None, request.FILES or None, initial={"version": desk.work.version})
    if request.method == "POST" and form.is_valid() and form.cleaned_data["version"] != desk.work.version:
        form.put("version", desk.work.version)
        form.add_error(None, _("Somebody else saved first. Look once more, and save again."))
    if request.method == "POST" and form.is_valid():
        try:
            changed = unpacked(request.FILES.getlist("sent"), desk.work.files)
            drafts.change(desk.work, changed, uploaded=True)
        except Refused as refusal:
            form.refuse(refusal.errors)
        else:
            told = ngettext("%(n)s file is in the draft.", "%(n)s files are in the draft.", len(changed))
            messages.success(request, told % {"n": len(changed)})
            return redirect("declaring_files")
    title = _("Files")
    context = declaring_room(
        request,
        desk,
        title=title,
        crumbs=[Link(label=title, url=request.path)],
        form=form,
        rows=[
            (file, reverse("declaring_file", args=[file]), findings(desk.study.of_file(file)))
            for file in sorted({*desk.work.files, *(f.file for f in desk.study.findings)})
        ],
    )
    return render(request, "office/declaring/files.html", context, status=422 if form.errors else 200)


@responsible(PURPOSE)
@require_safe
def shown(request: HttpRequest, file: str) -> HttpResponse:
    """One file as it is written."""
    desk = Desk()
    if file not in desk.work.files:
        raise Http404
    crumbs = [Link(label=_("Files"), url=reverse("declaring_files")), Link(label=file, url=request.path)]
    found = findings(desk.study.of_file(file))
    context = declaring_room(
        request, desk, title=file, crumbs=crumbs, file=file, text=desk.work.files[file], found=found
    )
    return render(request, "office/declaring/file.html", context)


@responsible(PURPOSE)
@require_safe
def taken(request: HttpRequest, file: str) -> HttpResponse:
    """One file, to keep."""
    del request
    files = drafts.work().files
    if file not in files or not NAME.fullmatch(file):
        raise Http404
    return _attached(files[file].encode(), YAML, file.rpartition("/")[2])


@responsible(PURPOSE)
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All the files, to keep."""
    del request
    return _attached(packed(drafts.work().files), "application/zip", "erklaering.zip")


@responsible(PURPOSE)
@require_safe
def archive_of(request: HttpRequest, number: int) -> HttpResponse:
    """All the files of a version that is or was in force."""
    del request
    found = edition(number) if number < 2**31 else None
    if found is None:
        raise Http404
    return _attached(packed(found.files), "application/zip", f"erklaering-{number}.zip")


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
