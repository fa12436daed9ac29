"""What each kind of expression gives, from what its parts give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation import conditions, operators
from vlint.semantics.evaluation.scopes import LocalScope, Place
from vlint.semantics.evaluation.values import (
    Arguments,
    Constant,
    CoroutineValue,
    DictValue,
    Fails,
    FunctionValue,
    GeneratorValue,
    ListValue,
    SetValue,
    TupleValue,
    Unknown,
    Value,
    choice,
    options,
)
from vlint.syntax.quiet import string_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vlint.semantics.evaluation.evaluator import Evaluator

MAXIMUM_COMBINATIONS = 8


def evaluate(node: cst.CSTNode, place: Place, evaluator: Evaluator) -> Value:
    """What the expression `node` can be at `place`."""
    match node:
        case cst.Name():
            return evaluator.lookup(node.value, place)
        case cst.Attribute():
            return evaluator.attribute(evaluator.evaluate(node.value, place), node.attr.value)
        case cst.Call():
            return _call(node, place, evaluator)
        case cst.SimpleString():
            return Constant(string_value(node))
        case cst.ConcatenatedString():
            return operators.binary(
                cst.Add(), evaluator.evaluate(node.left, place), evaluator.evaluate(node.right, place), evaluator
            )
        case cst.FormattedString():
            return _formatted(node.parts, place, evaluator)
        case cst.Integer() | cst.Float():
            return _number(node)
        case cst.Ellipsis():
            return Constant(...)
        case cst.Tuple():
            return _sequence(TupleValue, node.elements, place, evaluator)
        case cst.List():
            return _sequence(ListValue, node.elements, place, evaluator)
        case cst.Set():
            return _sequence(SetValue, node.elements, place, evaluator)
        case cst.Dict():
            return _dictionary(node, place, evaluator)
        case cst.Lambda():
            return FunctionValue(node, place)
        case cst.IfExp():
            return _conditional(node, place, evaluator)
        case cst.BooleanOperation():
            return _boolean(node, place, evaluator)
        case cst.UnaryOperation():
            return _unary(node, place, evaluator)
        case cst.BinaryOperation():
            left, right = evaluator.evaluate(node.left, place), evaluator.evaluate(node.right, place)
            return operators.binary(node.operator, left, right, evaluator)
        case cst.Comparison():
            return _comparison(node, place, evaluator)
        case cst.NamedExpr():
            return evaluator.evaluate(node.value, place)
        case cst.Subscript():
            return _subscript(node, place, evaluator)
        case cst.Await():
            return evaluator.each(
                evaluator.evaluate(node.expression, place),
                lambda v: v.result if isinstance(v, CoroutineValue) else Unknown("the result of something awaited"),
            )
        case cst.GeneratorExp():
            return GeneratorValue()
        case cst.ListComp():
            return _comprehension(node, place, evaluator)
    return Unknown(f"{type(node).__name__} is not followed")


def arguments(call: cst.Call, place: Place, evaluator: Evaluator) -> Arguments:
    """The evaluated arguments of a call."""
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    complete = True
    for argument in call.args:
        value = evaluator.evaluate(argument.value, place)
        if argument.keyword is not None:
            keywords.append((argument.keyword.value, value))
        elif argument.star == "*" and isinstance(value, TupleValue | ListValue) and complete:
            positional.extend(value.items)
        elif argument.star == "**" and isinstance(value, DictValue) and _text_keys(value):
            keywords.extend((str(key.value), item) for key, item in value.entries if isinstance(key, Constant))
        elif argument.star:
            complete = False
        elif complete:
            positional.append(value)
    return Arguments(tuple(positional), tuple(keywords), complete)


def _text_keys(value: DictValue) -> bool:
    return all(isinstance(key, Constant) and isinstance(key.value, str) for key, _ in value.entries)


def _call(node: cst.Call, place: Place, evaluator: Evaluator) -> Value:
    callee = evaluator.evaluate(node.func, place)
    if isinstance(callee, Unknown | Fails):
        return callee
    return evaluator.call(callee, arguments(node, place, evaluator), place)


def _number(node: cst.Integer | cst.Float) -> Value:
    if len(node.value) > 4000:
        return Unknown("a number of many digits")
    return Constant(node.evaluated_value)


def _sequence(
    kind: type[TupleValue | ListValue | SetValue],
    elements: Iterable[cst.BaseElement],
    place: Place,
    evaluator: Evaluator,
) -> Value:
    items: list[Value] = []
    for element in elements:
        value = evaluator.evaluate(element.value, place)
        if isinstance(value, Fails):
            return value
        if not isinstance(element, cst.StarredElement):
            items.append(value)
        elif isinstance(value, TupleValue | ListValue):
            items.extend(value.items)
        else:
            return Unknown("a display with something starred that is not known")
    return kind(tuple(items))


def _dictionary(node: cst.Dict, place: Place, evaluator: Evaluator) -> Value:
    entries: list[tuple[Value, Value]] = []
    for element in node.elements:
        value = evaluator.evaluate(element.value, place)
        if isinstance(value, Fails):
            return value
        if isinstance(element, cst.DictElement):
            entries.append((evaluator.evaluate(element.key, place), value))
        elif isinstance(value, DictValue):
            entries.extend(value.entries)
        else:
            return Unknown("a dictionary of parts that are not known")
    return DictValue(tuple(entries))


def _conditional(node: cst.IfExp, place: Place, evaluator: Evaluator) -> Value:
    decision = evaluator.decide(node.test, place)
    if decision is not None:
        return evaluator.evaluate(node.body if decision else node.orelse, place)
    return choice([evaluator.evaluate(node.body, place), evaluator.evaluate(node.orelse, place)])


def _boolean(node: cst.BooleanOperation, place: Place, evaluator: Evaluator) -> Value:
    left = evaluator.evaluate(node.left, place)
    stops = isinstance(node.operator, cst.Or)
    found: list[Value] = []
    goes_on = False
    for option in options(left):
        truth = conditions.truth(option, evaluator)
        if truth is None or truth is stops or isinstance(option, Fails):
            found.append(option)
        if truth is None or (truth is not stops and not isinstance(option, Fails)):
            goes_on = True
    return choice([*found, evaluator.evaluate(node.right, place)]) if goes_on else choice(found)


def _unary(node: cst.UnaryOperation, place: Place, evaluator: Evaluator) -> Value:
    value = evaluator.evaluate(node.expression, place)
    if isinstance(node.operator, cst.Not):
        truth = conditions.truth(value, evaluator)
        return Unknown("a condition that is not known") if truth is None else Constant(not truth)

    def negated(option: Value) -> Value:
        if (
            isinstance(node.operator, cst.Minus)
            and isinstance(option, Constant)
            and isinstance(option.value, int | float)
        ):
            return Constant(-option.value)
        return Unknown("an operator that is not followed")

    return evaluator.each(value, negated)


def _comparison(node: cst.Comparison, place: Place, evaluator: Evaluator) -> Value:
    left = evaluator.evaluate(node.left, place)
    result: Value = Constant(True)
    for target in node.comparisons:
        right = evaluator.evaluate(target.comparator, place)
        result = operators.compare(target.operator, left, right)
        if result != Constant(True):
            return (
                result if len(node.comparisons) == 1 or result == Constant(False) else Unknown("a chain of comparisons")
            )
        left = right
    return result


def _subscript(node: cst.Subscript, place: Place, evaluator: Evaluator) -> Value:
    value = evaluator.evaluate(node.value, place)
    if len(node.slice) != 1:
        return Unknown("a subscript of several parts")
    match node.slice[0].slice:
        case cst.Index(value=expression):
            index = evaluator.evaluate(expression, place)
            return evaluator.each(value, lambda v: evaluator.each(index, lambda i: operators.subscript(v, i)))
        case cst.Slice(lower=lower, upper=upper, step=None):
            bounds = [evaluator.evaluate(b, place) if b is not None else Constant(None) for b in (lower, upper)]
            return evaluator.each(value, lambda v: operators.sliced(v, bounds[0], bounds[1]))
    return Unknown("a slice that is not followed")


def _formatted(parts: Iterable[cst.CSTNode], place: Place, evaluator: Evaluator) -> Value:
    texts = [""]
    for part in parts:
        if isinstance(part, cst.FormattedStringText):
            added = [part.value.replace("{{", "{").replace("}}", "}")]
            if "\\" in part.value:
                return Unknown("an f-string with an escape")
        elif isinstance(part, cst.FormattedStringExpression) and not part.format_spec and not part.equal:
            value = evaluator.evaluate(part.expression, place)
            if isinstance(value, Fails):
                return value
            added = _texts(value, part.conversion, evaluator)
        else:
            return Unknown("an f-string with a format")
        texts = [text + more for text in texts for more in added]
        if not texts or len(texts) > MAXIMUM_COMBINATIONS or len(texts[0]) > operators.MAXIMUM_LENGTH:
            return Unknown("an f-string of values that are not known")
    return choice(Constant(text) for text in texts)


def _texts(value: Value, conversion: str | None, evaluator: Evaluator) -> list[str]:
    found: list[str] = []
    for option in options(value):
        text = operators.as_text(option, evaluator)
        if text is None or conversion == "a":
            return []
        found.append(repr(text) if conversion == "r" else text)
    return found


def _comprehension(node: cst.ListComp, place: Place, evaluator: Evaluator) -> Value:
    source = node.for_in
    if source.inner_for_in is not None or source.ifs or not isinstance(source.target, cst.Name) or source.asynchronous:
        return Unknown("a comprehension that is not followed")
    iterable = evaluator.evaluate(source.iter, place)
    if not isinstance(iterable, TupleValue | ListValue) or len(iterable.items) > 50:
        return Unknown("a comprehension over something that is not known")
    name = source.target.value
    found = [
        evaluator.evaluate(node.elt, Place(LocalScope(place, {name: item}), place.step, place.frame))
        for item in iterable.items
    ]
    return ListValue(tuple(found))
