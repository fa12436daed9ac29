"""Which bindings of a name reach a place: a walk backwards over the statements that may bind it.

The question is asked for one name at a time, so that only statements that mention the name are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import libcst as cst

from vlint.semantics.evaluation.scopes import Block, Place, Step
from vlint.semantics.evaluation.targets import Binding, case_bindings, handler_binding, handlers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Frame


@dataclass(frozen=True)
class Reached:
    """A binding that a place can see; `place` is where its source is to be evaluated."""

    binding: Binding
    place: Place


@dataclass(frozen=True)
class Passes:
    """The statement can complete without having touched the name."""


PASS: Final = Passes()
Outcome = Reached | Passes


def reaching(name: str, place: Place, evaluator: Evaluator) -> tuple[list[Reached], bool]:
    """The bindings of `name` in the place's own scope that reach it, and whether it can also be reached unbound."""
    flow = Flow(name, place.frame, evaluator)
    found: list[Reached] = []
    if place.step is None:
        block: Block = place.scope.block  # type: ignore[attr-defined]  # only scopes with a block are asked
        step: Step | None = None
    else:
        block, step = place.step.block, place.step
        found += [flow.reached(b) for b in step.bindings if b.name == name and b.kind in {"walrus", "perhaps"}]
    while True:
        if not flow.collect(block.before(step, name), found):
            return found, False
        if block.owner is None:
            return found, True
        if not flow.enter(block, found):
            return found, False
        step, block = block.owner, block.owner.block


@dataclass(frozen=True)
class Flow:
    """The search for one name's bindings; `frame` is the call that is being followed."""

    name: str
    frame: Frame | None
    evaluator: Evaluator

    def collect(self, steps: Iterable[Step], found: list[Reached]) -> bool:
        """Add what `steps` (from the last to the first) bind to `found`; whether the name can come from before."""
        for step in steps:
            outcomes = self.outcomes(step)
            found += [outcome for outcome in outcomes if isinstance(outcome, Reached)]
            if PASS not in outcomes:
                return False
        return True

    def enter(self, block: Block, found: list[Reached]) -> bool:
        """Step out of `block` to what runs before it within its owner; whether the name can come from before that."""
        owner = block.owner
        assert owner is not None
        own = self.own(owner)
        match owner.node:
            case cst.For():
                found += self.anywhere(block if block.role == "body" else owner.blocks["body"])
                found += own
                return not (own and block.role == "body")
            case cst.While():
                found += [*self.anywhere(owner.blocks["body"]), *own]
                return not _is_definite(own)
            case cst.With():
                found += own
                return not own
            case cst.If():
                found += own
                return not _is_definite(own)
            case cst.Try() | cst.TryStar():
                return self._enter_try(owner, owner.node, block, found)
            case cst.Match():
                case = owner.node.cases[int(block.role.split()[1])]
                captured = [self.reached(b) for b in case_bindings(owner, case) if b.name == self.name]
                found += captured
                return not captured
        return True

    def _enter_try(self, owner: Step, node: cst.Try | cst.TryStar, block: Block, found: list[Reached]) -> bool:
        kind, _, number = block.role.partition(" ")
        if kind == "except":
            binding = handler_binding(owner, node.handlers[int(number)])
            if binding is not None and binding.name == self.name:
                found.append(self.reached(binding))
                return False
            found += self.anywhere(owner.blocks["body"])
        elif kind == "else":
            return self.collect(reversed(owner.blocks["body"].steps), found)
        elif kind == "finally":
            for role, part in owner.blocks.items():
                if role != "finally":
                    found += self.anywhere(part)
        return True

    def reached(self, binding: Binding) -> Reached:
        """A binding, with the place where it stands."""
        return Reached(binding, Place(binding.step.block.scope, binding.step, self.frame))

    def own(self, step: Step) -> list[Reached]:
        """The statement's own bindings of the name (those of its header, for a compound one)."""
        found = [b for b in step.bindings if b.name == self.name and b.kind != "declared"]
        return [self.reached(b) for b in found]

    def anywhere(self, block: Block) -> list[Reached]:
        """Every binding in a block: what may have happened if it ran in part, or more than once."""
        found: list[Reached] = []
        for step in block.walk():
            found += self.own(step)
            match step.node:
                case cst.Match():
                    captured = (b for case in step.node.cases for b in case_bindings(step, case))
                    found += [self.reached(b) for b in captured if b.name == self.name]
                case cst.ImportFrom(names=cst.ImportStar()):
                    found += [o for o in self._star(step) if isinstance(o, Reached)]
        return found

    def through(self, block: Block | None) -> list[Outcome]:
        """The outcomes of running a block to its end; none if it never gets there."""
        if block is None:
            return [PASS]
        if not completes(block, self.frame, self.evaluator):
            return []
        found: list[Reached] = []
        passes = self.collect(reversed(block.steps), found)
        return [*found, PASS] if passes else [*found]

    def outcomes(self, step: Step) -> list[Outcome]:
        """How the name can stand when `step` has completed."""
        node = step.node
        if node is None:
            return self.perhaps(step) if self._may_concern(step) else [PASS]
        own = self.own(step)
        match node:
            case cst.If():
                return self._if(step, node, own)
            case cst.For():
                return self._for(step, node, own)
            case cst.While():
                return self._while(step, node, own)
            case cst.With():
                return self._with(step, node, own)
            case cst.Try() | cst.TryStar():
                return self._try(step, node)
            case cst.Match():
                return self._match(step, node, own)
            case cst.ImportFrom(names=cst.ImportStar()):
                return self._star(step)
            case _ if not own:
                return self.evaluator.effects(step, self)
        return self._before(own, [PASS])

    def _may_concern(self, broken: Step) -> bool:
        """Whether a statement that does not parse has the name, or what declares it global and may be called there."""
        names = (self.name, *broken.block.scope.root.writers(self.name))
        return any(broken.statement.mentions(name) for name in names)

    def perhaps(self, step: Step) -> list[Outcome]:
        """The outcomes of a statement that may bind the name in a way that is not followed."""
        return [self.reached(Binding(self.name, cst.Name(self.name), step, "broken")), PASS]

    def _if(self, step: Step, node: cst.If, own: list[Reached]) -> list[Outcome]:
        decision = self.evaluator.decide(node.test, Place(step.block.scope, step, self.frame))
        found: list[Outcome] = []
        if decision is not False:
            found += self.through(step.blocks["body"])
        if decision is not True:
            found += self.through(step.blocks.get("else"))
        return self._before(own, found)

    @staticmethod
    def _before(own: list[Reached], later: list[Outcome]) -> list[Outcome]:
        """The outcomes of a statement that binds the name by its header, and then goes on to `later`."""
        if not own or PASS not in later:
            return later
        kept: list[Outcome] = [outcome for outcome in later if outcome is not PASS]
        if own[-1].binding.kind == "perhaps":
            return [*kept, *own, PASS]
        return [*kept, own[-1]]

    def _for(self, step: Step, node: cst.For, own: list[Reached]) -> list[Outcome]:
        count = self.evaluator.length(node.iter, Place(step.block.scope, step, self.frame))
        rest = self.through(step.blocks.get("else"))
        if count == 0:
            return rest
        body = step.blocks["body"]
        if _breaks(body):
            return [*self.anywhere(body), *own, *rest, PASS]
        if count is None:
            return self._after(rest, [*self.anywhere(body), *own, PASS])
        found: list[Outcome] = [*self.anywhere(body), *own]
        certain = self.through(body)
        if PASS not in certain and certain:
            found = [*self.anywhere(body)]
        elif not own:
            found.append(PASS)
        return self._after(rest, found)

    def _while(self, step: Step, node: cst.While, own: list[Reached]) -> list[Outcome]:
        decision = self.evaluator.decide(node.test, Place(step.block.scope, step, self.frame))
        rest = self.through(step.blocks.get("else"))
        if decision is False:
            return self._before(own, rest)
        if decision is True:
            if not _breaks(step.blocks["body"]):
                return []
            return [*self.anywhere(step.blocks["body"]), *self._before(own, [PASS])]
        return [*self.anywhere(step.blocks["body"]), *self._before(own, [*rest, PASS])]

    def _with(self, step: Step, node: cst.With, own: list[Reached]) -> list[Outcome]:
        place = Place(step.block.scope, step, self.frame)
        suppressed = any(self.evaluator.suppresses(item.item, place) for item in node.items)
        if suppressed and self.evaluator.raised(step.blocks["body"], self.frame).may_raise:
            return [*self.anywhere(step.blocks["body"]), *own, PASS]
        found = self.through(step.blocks["body"])
        if not found and any(self.evaluator.may_suppress(item.item, place) for item in node.items):
            return [*self.anywhere(step.blocks["body"]), *own, PASS]
        return self._before(own, found)

    def _try(self, step: Step, node: cst.Try | cst.TryStar) -> list[Outcome]:
        body = step.blocks["body"]
        raised = self.evaluator.raised(body, self.frame)
        found: list[Outcome] = []
        if raised.may_complete:
            found += self._after(self.through(step.blocks.get("else")), self.through(body))
        if raised.may_raise:
            partial: list[Outcome] = [*self.anywhere(body), PASS]
            for number, handler in enumerate(handlers(node)):
                if not self.evaluator.catches(handler, raised, Place(step.block.scope, step, self.frame)):
                    continue
                caught = self.through(step.blocks[f"except {number}"])
                binding = handler_binding(step, handler)
                if binding is not None and binding.name == self.name and PASS in caught:
                    gone = self.reached(Binding(self.name, binding.node, step, "delete"))
                    caught = [gone]
                found += self._after(caught, partial)
        return self._after(self.through(step.blocks.get("finally")), found)

    @staticmethod
    def _after(later: list[Outcome], earlier: list[Outcome]) -> list[Outcome]:
        """The outcomes of two pieces that run one after the other."""
        if PASS not in later:
            return later if earlier else []
        return [*(o for o in later if o is not PASS), *earlier]

    def _match(self, step: Step, node: cst.Match, own: list[Reached]) -> list[Outcome]:
        found: list[Outcome] = [*own]
        for case in node.cases:  # a pattern that matches binds its names, whatever the guard says then
            if case.guard is not None:
                found += [self.reached(b) for b in case_bindings(step, case) if b.name == self.name]
        for number, taken in self.evaluator.cases(node, Place(step.block.scope, step, self.frame)):
            case = node.cases[number]
            outcomes = self.through(step.blocks[f"case {number}"])
            captured = [self.reached(b) for b in case_bindings(step, case) if b.name == self.name]
            if captured and PASS in outcomes:
                outcomes = [*(o for o in outcomes if o is not PASS), captured[-1]]
            found += outcomes
            if taken:
                return found
        return [*found, PASS]

    def _star(self, step: Step) -> list[Outcome]:
        provided = self.evaluator.star_provides(step, self.name)
        star = self.reached(Binding(self.name, cst.Name(self.name), step, "star", step.node))
        if provided is None:
            return [star, PASS]
        return [star] if provided else [PASS]


Exit = Literal["return", "raise"]


def completes(block: Block, frame: Frame | None, evaluator: Evaluator) -> bool:
    """Whether a block can run to its end, as far as its own statements tell."""
    walk = Returns(frame, evaluator)
    return walk.block(block)


class Returns:
    """Walks a block forwards along the statements that can be reached, and keeps the `return` statements among them."""

    def __init__(self, frame: Frame | None, evaluator: Evaluator) -> None:
        self.frame = frame
        self.evaluator = evaluator
        self.found: list[Step] = []
        self.reached: list[Step] = []

    def block(self, block: Block | None) -> bool:
        """Walk a block; whether it can complete normally."""
        return block is None or all(self.step(step) for step in block.steps)

    def step(self, step: Step) -> bool:
        """Walk a statement; whether it can complete normally."""
        self.reached.append(step)
        node = step.node
        place = Place(step.block.scope, step, self.frame)
        match node:
            case cst.Return():
                self.found.append(step)
                return False
            case cst.Raise() | cst.Break() | cst.Continue():
                return False
            case cst.Expr(value=cst.Call() as call):
                return not self.evaluator.never_returns(call, place)
            case cst.If():
                decision = self.evaluator.decide(node.test, place)
                body = decision is not False and self.block(step.blocks["body"])
                other = decision is not True and self.block(step.blocks.get("else"))
                return body or other
            case cst.While():
                decision = self.evaluator.decide(node.test, place)
                if decision is not False:
                    self.block(step.blocks["body"])
                return decision is not True or _breaks(step.blocks["body"])
            case cst.For():
                self.block(step.blocks["body"])
                return self.block(step.blocks.get("else")) or _breaks(step.blocks["body"])
            case cst.With():
                completed = self.block(step.blocks["body"])
                return completed or any(self.evaluator.may_suppress(item.item, place) for item in node.items)
            case cst.Try() | cst.TryStar():
                return self._try(step, node, place)
            case cst.Match():
                taken = False
                completed = False
                for number, certain in self.evaluator.cases(node, place):
                    completed = self.block(step.blocks[f"case {number}"]) or completed
                    taken = taken or certain
                return completed or not taken
        return True

    def _try(self, step: Step, node: cst.Try | cst.TryStar, place: Place) -> bool:
        raised = self.evaluator.raised(step.blocks["body"], self.frame)
        completed = self.block(step.blocks["body"]) and self.block(step.blocks.get("else")) and raised.may_complete
        if raised.may_raise or _raises(step.blocks["body"]):
            for number, handler in enumerate(handlers(node)):
                if self.evaluator.catches(handler, raised, place):
                    completed = self.block(step.blocks[f"except {number}"]) or completed
        return self.block(step.blocks.get("finally")) and completed


def _is_definite(own: list[Reached]) -> bool:
    return bool(own) and own[-1].binding.kind != "perhaps"


def _breaks(block: Block) -> bool:
    """Whether a loop's body holds a `break` of that loop."""
    for step in block.steps:
        if isinstance(step.node, cst.Break):
            return True
        inner: Iterator[Block] = iter(step.blocks.values())
        if isinstance(step.node, cst.For | cst.While):
            inner = (part for role, part in step.blocks.items() if role == "else")
        if any(_breaks(part) for part in inner):
            return True
    return False


def _raises(block: Block) -> bool:
    return any(isinstance(step.node, cst.Raise) for step in block.walk())
