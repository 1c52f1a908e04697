"""Groups of commands that are told in both languages: in their own help, and in lists of them."""

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature, cleandoc
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

_HELP = "Show this message and exit. · Hiển thị hướng dẫn này rồi thoát."
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Commands(typer.Typer):
    """A group of commands; without one, it shows its help.

    The first paragraph of a help text says in English what it does, the last in Vietnamese.
    """

    def __init__(self, *, help: str, **settings: Any) -> None:
        brief = _brief(help)
        super().__init__(cls=_Group, no_args_is_help=True, help=help, short_help=brief, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[_Function], _Function]:
        """A decorator that makes a command of a function, whose docstring is the help text."""

        def made(function: _Function) -> _Function:
            brief = _brief(function.__doc__ or "")
            add = super(Commands, self).command(name, cls=_Command, short_help=brief, **settings)
            return add(function)

        return made


class _Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _told(super().get_help_option(ctx))


class _Group(TyperGroup):
    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _told(super().get_help_option(ctx))


def _told(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = _HELP
    return option


def _brief(help: str) -> str:
    """What stands in a list of commands."""
    first, *rest = cleandoc(help).split("\n\n")
    return " · ".join(" ".join(part.split()) for part in (first, *rest[-1:]))


def as_command(
    function: Callable[..., None], parameters: Sequence[Parameter], *, like: Callable[..., Any]
) -> Callable[..., None]:
    """What Typer makes a command of: `function`, called with those parameters by name.

    The command has the name and the help text of `like`.
    """

    def command(**values: Any) -> None:
        function(**values)

    command.__name__, command.__doc__ = like.__name__, like.__doc__
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    command.__signature__ = Signature(  # type: ignore[attr-defined]
        [one.replace(kind=one.KEYWORD_ONLY) for one in parameters]
    )
    return command
