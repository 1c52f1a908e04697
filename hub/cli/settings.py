"""How a run is set: the options of every command that makes one."""

import inspect
from collections.abc import Callable
from typing import Any

from hub.cli import options
from hub.cli.commands import as_command

Settings = dict[str, Any]
"""What was chosen, by the parameters of `hub.cli.plans.scaled_plan`."""


def with_settings(
    *, leave: tuple[str, ...] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator: the command has these options in the place of its parameter `settings`.

    It gets what was chosen in that, without those that it is to `leave`.
    """
    chosen = [
        one for name, one in inspect.signature(_options).parameters.items() if name not in leave
    ]

    def made(function: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(function).parameters
        parameters = [
            one for name in own for one in (chosen if name == "settings" else [own[name]])
        ]

        def command(**values: Any) -> None:
            settings = {one.name: values.pop(one.name) for one in chosen}
            function(settings=settings, **values)

        return as_command(command, parameters, like=function)

    return made


def _options(
    seed: options.Seed = 1,
    broker: options.Broker = "embedded",
    speed: options.Speed = options.SPEED,
    start: options.Start = options.OPENING,  # type: ignore[assignment]  # typer parses it
    sequence: options.Sequence = "parallel",
    verify_late_births: options.VerifyLateBirths = False,
    partitions: options.Partitions = 2,
    prefix: options.Prefix = "lt",
    agencies: options.Agencies = "in-process",
    personal_id_province: options.PersonalIdProvince = "successor",
    draft_certificates: options.DraftCertificates = False,
    documents: options.Documents = "pdf",
) -> None: ...
