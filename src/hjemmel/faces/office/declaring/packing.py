"""A declaration as files that are taken out and put in: one archive, or YAML files."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from hjemmel.declaration.edit import Spot
from hjemmel.kernel.subjects.refusals import Refused

MOST_BYTES, MOST_FILES = 1_500_000, 300
ENDINGS = (".yaml", ".yml")
NAME = re.compile(r"(activities/)?[a-z][a-z0-9_]{0,99}\.ya?ml", re.ASCII)
FIRST = (1980, 1, 1, 0, 0, 0)  # the same declaration gives the same archive


def packed(files: Mapping[str, str]) -> bytes:
    """Return the files as one archive, but for those whose names lead elsewhere than into its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            if NAME.fullmatch(name) is None:
                continue
            archive.writestr(zipfile.ZipInfo(name, FIRST), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(sent: Iterable["UploadedFile[Any]"], held: Mapping[str, str]) -> dict[str, str | None]:
    """Return what uploaded files change: an archive stands for the whole declaration, so what is held and
    not in it goes (None); YAML files stand for themselves. Raises Refused with what is wrong.
    """
    found: dict[str, str | None] = {}
    for one in sent:
        if one.size is None or one.size > MOST_BYTES:
            raise Refused({"sent": _("The files are larger than a declaration can be.")})
        content = one.read()
        if zipfile.is_zipfile(io.BytesIO(content)):
            found |= dict.fromkeys(held) | _archive(content)
        elif str(one.name).endswith(ENDINGS):
            found[_named(_placed(str(one.name)), str(one.name))] = _text(str(one.name), content)
        else:
            raise Refused({"sent": _("The files of a declaration are YAML files, or one zip file of them.")})
    if not any(found.values()):
        raise Refused({"sent": _("There is no YAML file among these.")})
    return found


def _archive(content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [
                i for i in archive.infolist() if i.filename.endswith(ENDINGS) and not _hidden(i.filename)
            ]
            if len(inside) > MOST_FILES or sum(i.file_size for i in inside) > MOST_BYTES:
                raise Refused({"sent": _("The files are larger than a declaration can be.")})
            above = _above([i.filename for i in inside])
            return {
                _named(i.filename[len(above) :], i.filename): _text(i.filename, archive.read(i))
                for i in inside
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Refused({"sent": _("The archive cannot be opened.")}) from error


def _named(name: str, sent: str) -> str:
    """Return the name a file gets, where it is one. What came is called `sent`."""
    if NAME.fullmatch(name):
        return name
    message = _(
        "“%(name)s” is no name of a file in a declaration. Use small letters a–z, digits and underscores,"
        " in the folder itself or in activities/."
    )
    raise Refused({"sent": message % {"name": sent[:120]}})


def _hidden(name: str) -> bool:
    """Whether it is something a computer put there, and no way out of the folder."""
    parts = name.replace("\\", "/").split("/")
    return ".." not in parts and any(part.startswith((".", "__")) for part in parts)


def _above(names: list[str]) -> str:
    """The folder that all of it lies in, where somebody packed the folder itself."""
    top = next(
        (name.removesuffix("organisation.yaml") for name in names if name.endswith("organisation.yaml")), ""
    )
    return top if all(name.startswith(top) for name in names) else ""


def _placed(name: str) -> str:
    """Where a file belongs that came without its folder: whatever is not one of the four is an activity."""
    base = name.replace("\\", "/").rpartition("/")[2]
    try:
        return Spot.of(base.removesuffix(".yaml")).file
    except LookupError:
        return f"activities/{base}"


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = _("%(name)s is not a text in UTF-8.") % {"name": name}
        raise Refused({"sent": message}) from error
