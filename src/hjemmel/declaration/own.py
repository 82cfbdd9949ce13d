"""The program's own words and figures, beside the code: read fast, since they are ours and known to be sound.

What an organisation writes is read by `text`, strictly and with places.
"""

from collections.abc import Mapping
from importlib import resources
from typing import Any

from ruamel.yaml import YAML


def contents(path: str) -> Mapping[str, Any]:
    """Return what the file at a path beside the code holds, by libyaml where it is installed."""
    source = resources.files("hjemmel.declaration").joinpath(path)
    found: Mapping[str, Any] = YAML(typ="safe").load(source.read_text("utf-8"))
    return found
