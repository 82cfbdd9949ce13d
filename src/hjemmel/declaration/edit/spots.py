"""Where something stands in a declaration: a file and a way into it, and which keys may stand there.

An address is the file without its ending and the way in, with slashes: `activities/membership/keep/2` is the
second keep rule, `offices/treasurer` an office, `organisation/contact` a mapping.
"""

from dataclasses import dataclass
from typing import Self

from hjemmel.declaration.read.keys import FILES, SHAPES, Key, Shape

Step = str | int
ACTIVITIES = "activities/"
LISTS = ("shapes", "named", "duties")  # kinds of value that hold mappings, each a spot of its own
MOST = 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """A mapping in a file, or (`lists`) something that holds several: by number (`shapes`), by a name of the
    declarer's own (`named`), or by office (`duties`). `shape` says what it is, or holds.

    Places in lists count from 0 in `path`, as in findings, and from 1 in addresses, as in the ids of rules.
    """

    file: str
    path: tuple[Step, ...]
    shape: str
    lists: str = ""

    @classmethod
    def of(cls, address: str) -> Self:
        """Return the spot at an address. Raises LookupError where the language has no such place."""
        parts = address.strip("/").split("/")
        taken = 2 if parts[0] == "activities" and len(parts) > 1 else 1
        file = "/".join(parts[:taken]) + ".yaml"
        name = "activities/….yaml" if taken == 2 else file
        if name not in FILES:
            raise LookupError(address)
        shape, several = FILES[name]
        spot = cls(file, (), shape, "named" if several else "")
        for part in parts[taken:]:
            spot = spot.inside(part)
        return spot

    @property
    def keys(self) -> Shape:
        """The keys that may stand there."""
        return SHAPES[self.shape]

    @property
    def address(self) -> str:
        """The address it is found at."""
        steps = (str(step + 1) if isinstance(step, int) else step for step in self.path)
        return "/".join((self.file.removesuffix(".yaml"), *steps))

    @property
    def place(self) -> str:
        """The path as findings tell it."""
        return ".".join(map(str, self.path))

    @property
    def activity(self) -> str | None:
        """The name of the activity it lies in."""
        name = self.file.removesuffix(".yaml")
        return name.removeprefix(ACTIVITIES) if name.startswith(ACTIVITIES) else None

    def key(self, name: str) -> Key:
        """Return a key of it. Raises LookupError."""
        return self.keys[name]

    def inside(self, part: str) -> Self:
        """Return what stands under a key, a name or a number (from 1). Raises LookupError."""
        numbered = part.isascii() and part.isdigit() and 0 < int(part) < MOST
        if self.lists == "shapes" or (self._is_duty and numbered):
            if not numbered:
                raise LookupError(part)
            return type(self)(self.file, (*self.path, int(part) - 1), self.shape)
        if self.lists:
            return type(self)(self.file, (*self.path, part), self.shape)
        known = self.key(part)
        if known.kind not in (*LISTS, "shape"):
            raise LookupError(part)
        lists = known.kind if known.kind in LISTS else ""
        return type(self)(self.file, (*self.path, part), known.shape, lists)

    @property
    def _is_duty(self) -> bool:
        """Whether it is what stands under an office: one duty, or a list of them."""
        return self.shape == "duty" and len(self.path) == 2
