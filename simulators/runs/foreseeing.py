"""What chance has in store for a case: a hash of seed, case, step and attempt decides."""

from dataclasses import dataclass, field

from simulators.world import QUESTIONS, Draw, World, draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """How one service goes: how long it takes, at which attempt it is decided, and how."""

    seconds: int
    """Of work, and of citizens' time."""
    attempt: int
    refused: bool
    declined: bool = False
    """The household head says no."""

    @property
    def smooth(self) -> bool:
        """Done at the first attempt."""
        return self.attempt == 1 and not self.refused


@dataclass(frozen=True, slots=True)
class Luck:
    """What chance has in store for the case of that code."""

    seed: int
    case: str
    world: World
    _drawn: dict[tuple[str, int], Draw] = field(default_factory=dict)

    def serve(self, service: str, *steps: str) -> Foreseen | None:
        """How a service goes, whose last step decides; None where a citizen never answers."""
        total = 0
        for attempt in range(1, QUESTIONS + 2):
            total += self.seconds(*steps, attempt=attempt)
            drawn, step = self.draw(steps[-1], attempt), self.world.steps[steps[-1]]
            if not step.missing(drawn, attempt):
                refused = step.refusal_reason(drawn) is not None
                return Foreseen(seconds=total, attempt=attempt, refused=refused)
            answer = self.answer(service, attempt)
            if answer is None:
                return None
            total += answer
        return None

    def answer(self, service: str, attempt: int) -> int | None:
        """How long the citizen takes over a question about a service; None: for ever."""
        name = f"portal/{service}"
        if self.world.steps[name].silent(self.draw(name, attempt)):
            return None
        return self.seconds(name, attempt=attempt)

    def refused(self, name: str, attempt: int = 1) -> bool:
        """Whether chance refuses at this step."""
        return self.world.steps[name].refusal_reason(self.draw(name, attempt)) is not None

    def silent(self, name: str) -> bool:
        """Whether nobody ever answers at this step."""
        return self.world.steps[name].silent(self.draw(name, 1))

    def seconds(self, *names: str, attempt: int = 1) -> int:
        """How long these steps take together."""
        return sum(
            self.world.steps[name].service_seconds(self.draw(name, attempt)) for name in names
        )

    def draw(self, name: str, attempt: int) -> Draw:
        """The numbers of a step, `system/step`."""
        found = self._drawn.get((name, attempt))
        if found is None:
            system, _, step = name.partition("/")
            found = draw(self.seed, self.case, system, step, attempt)
            self._drawn[name, attempt] = found
        return found
