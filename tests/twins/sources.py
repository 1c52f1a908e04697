"""Sentences in the source of the command line and of what it tells, that stand in one language.

Every text of two words and more counts, for a reader of the screen may see it. It is in order where
its other half stands beside it: in a call that takes both, in a pair, under names that say their
language, or in the text itself. The words of an exception are for whoever mends it: a headline in
both languages stands before them (`hub.cli.faults`).
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tests.twins.languages import THE_SAME, fault, is_english, is_vietnamese, told

TAKES_BOTH: Final[Mapping[str, tuple[int, int]]] = {
    "both": (0, 1),
    "Label": (0, 1),
    "complain": (0, 1),
    "on": (0, 1),
    "_on": (0, 1),
    "UsageFault": (1, 0),
    "unknown": (1, 0),
    "Fault": (1, 2),
}
"""What takes a text in both languages, and where: Vietnamese, English."""
READ_FIRST: Final = {"BadParameter", "UsageFault"}
"""Exceptions whose words a user reads without a headline."""
NOT_SHOWN: Final = {"metavar", "epilog", "help"}
"""Arguments that are names, or that the tree of commands shows."""
_SIDE = re.compile(r"(?:^|_)(vi|en)$", re.IGNORECASE)
_TALK = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")
_NO_TALK = re.compile(
    r"\[/?[a-z ]*\]"  # markup of the screen
    r"|`[^`]*`"
    r"|(?:^|(?<=\s))(?:lienthong|curl|--[a-z]+) .*"  # what can be typed as it stands
)


class Lone(NamedTuple):
    """A sentence without its twin."""

    line: int
    said: str


def lone_sentences(source: str) -> Sequence[Lone]:
    """Every sentence of a module that stands in one language alone, by line."""
    tree = ast.parse(source)
    settled: set[ast.AST] = set()
    lone: set[Lone] = set()
    for node in ast.walk(tree):
        lone.update(_twins(node))
        for part in _settled(node):
            settled.update(_texts(part))
    for node in _texts(tree):
        if node not in settled and (said := _alone(_text(node))):
            lone.add(Lone(node.lineno, said))
    return sorted(lone)


def _twins(node: ast.AST) -> Iterator[Lone]:
    """What is wrong with the halves that stand beside each other at a node."""
    match node:
        case ast.Call(func=called, args=arguments) if _name(called) in TAKES_BOTH:
            first, second = TAKES_BOTH[_name(called)]
            if len(arguments) > max(first, second):
                vi, en = arguments[first], arguments[second]
                if None in (_text(vi), _text(en)):
                    yield from (*_of("vi", vi), *_of("en", en))
                elif said := fault(_text(vi), _text(en)):
                    yield Lone(node.lineno, said)
        case _:
            for name, value in _named(node):
                yield from _of(name, value)


def _of(name: str, value: ast.AST) -> Iterator[Lone]:
    """The texts under a name that says their language, and which are not in it."""
    right = is_vietnamese if _side(name) == "vi" else is_english
    for node in _texts(value):
        text = _text(node) or ""
        if _talks(text) and not right(text):
            yield Lone(node.lineno, f"not what `{name}` says: {text}")


def _settled(node: ast.AST) -> Iterable[ast.AST]:
    """The parts of a node whose texts have their twin, or need none."""
    match node:
        case ast.Expr(value=ast.Constant() as said):
            return [said]
        case ast.Raise(exc=ast.Call(func=called) as raised) if _name(called) not in READ_FIRST:
            return [raised]
        case ast.Call(func=called, args=arguments) if _name(called) in TAKES_BOTH:
            return [
                arguments[place] for place in TAKES_BOTH[_name(called)] if place < len(arguments)
            ]
        case ast.keyword(arg=name, value=value) if name in NOT_SHOWN:
            return [value]
        case ast.Assert(msg=ast.expr() as said):
            return [said]
        case ast.Tuple(elts=items):
            pairs = pairwise(items)
            return [part for pair in pairs if _is_pair(*map(_text, pair)) for part in pair]
        case _:
            return [value for _, value in _named(node)]


def _named(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The values at a node that stand under the name of a language."""
    found: Iterable[tuple[str, ast.expr | None]] = ()
    match node:
        case ast.keyword(arg=str() as name, value=value):
            found = [(name, value)]
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            found = zip(map(_name, names), values, strict=True)
        case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=value):
            found = [(_name(target), value)]
        case ast.Dict(keys=keys, values=values):
            found = [((_text(key) or ""), value) for key, value in zip(keys, values, strict=True)]
    for name, value in found:
        if value is not None and _side(name):
            yield name, value


def _is_pair(vi: str | None, en: str | None) -> bool:
    return bool(vi and en) and not is_english(vi or "") and fault(vi, en) is None


def _alone(text: str | None) -> str | None:
    if text is None or text in THE_SAME or not _talks(text):
        return None
    return told(text) if " · " in text else f"alone: {text}"


def _talks(text: str) -> bool:
    return bool(_TALK.search(_NO_TALK.sub(" ", text)))


def _texts(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The texts at and under a node; one with values in it is one text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
        return
    if isinstance(node, ast.JoinedStr):
        yield node
        parts: Iterable[ast.AST] = (
            part for part in node.values if isinstance(part, ast.FormattedValue)
        )
    else:
        parts = ast.iter_child_nodes(node)
    for part in parts:
        yield from _texts(part)


def _text(node: ast.AST | None) -> str | None:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join("{}" if (said := _text(part)) is None else said for part in parts)
    return None


def _name(node: ast.AST) -> str:
    return getattr(node, "id", None) or getattr(node, "attr", None) or ""


def _side(name: str) -> str | None:
    found = _SIDE.search(name)
    return found and found[1].lower()
