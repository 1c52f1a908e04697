"""The electronic identifier of an agency, in the form of today and in the old one."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from schemas.identifiers.parts import Part, wrong

_LEVEL_1 = re.compile("G(?:0[1-9]|[1-9][0-9])|H(?:0[1-9]|[1-5][0-9]|6[0-3])")
_OLD_WIDTHS = (2, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCode:
    """An agency's electronic identifier, level 1 first: `H15.50.05.13`.

    Level 1 is a central agency (G01 to G99) or a province (H01 to H63); up to three levels follow.
    The old form has the leaf first and always four groups, `000.00.12.H62`; `parse` takes both
    and `str` writes the form of today.

    Source: Decision 20/2020/QĐ-TTg, amended by Decision 09/2025/QĐ-TTg.
    """

    KIND: ClassVar = "agency code"
    _PARTS: ClassVar = (
        Part("level 1", _LEVEL_1, "G01 to G99 or H01 to H63"),
        *(Part(f"level {n}", re.compile("[0-9]{2,5}"), "2 to 5 digits") for n in (2, 3, 4)),
    )

    levels: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.levels) <= 4:
            what = f"form has {len(self.levels)} levels, not 1 to 4"
            raise wrong(self.KIND, str(self), "form", what)
        for part, text in zip(self._PARTS, self.levels, strict=False):
            part.check(self.KIND, str(self), text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The agency that a code of either form names."""
        groups = text.split(".")
        if len(groups) == 4 and groups[0].isdigit():
            return cls._from_old(text, groups)
        return cls(levels=tuple(groups))

    @classmethod
    def _from_old(cls, text: str, groups: list[str]) -> Self:
        leaf, level_3, level_2, level_1 = groups
        widths = (len(level_2), len(level_3), len(leaf))
        for level, (width, wanted) in enumerate(zip(widths, _OLD_WIDTHS, strict=True), start=2):
            if width != wanted:
                what = f"level {level} part of the old form has {width} digits, not {wanted}"
                raise wrong(cls.KIND, text, f"level {level}", what)
        below = [level_2, level_3, leaf[1:] if leaf[0] == "0" else leaf]
        while below and not below[-1].strip("0"):
            below.pop()
        return cls(levels=(level_1, *below))

    def __str__(self) -> str:
        return ".".join(self.levels)

    def old_form(self) -> str:
        """The code with its leaf first, as systems of before 2025 write it.

        Raises `IdentifierError` for a code that the old form has no place for: a level of more
        digits than it, or one of zeros at the end.
        """
        below = [*self.levels[1:], "00", "00", "00"][:3]
        old = ".".join((below[2].zfill(3), below[1], below[0], self.levels[0]))
        if [len(group) for group in old.split(".")[2::-1]] == [*_OLD_WIDTHS] and (
            AgencyCode.parse(old) == self
        ):
            return old
        raise wrong(self.KIND, str(self), "form", "form of today has no old form")

    @property
    def is_central(self) -> bool:
        """Whether level 1 is a ministry or another central agency, not a province."""
        return self.levels[0][0] == "G"
