"""Holds a JSON value to a schema, and says where and how it differs.

The schema is of the kind that JSON Schema describes, with the keywords that the platform's files need: `type`,
`properties`, `additionalProperties` (a schema), `required`, `items`, `enum`, `pattern`, `anyOf`, `$ref` to
`#/definitions/…`, and the bounds. Two keywords are our own: `unknown` says what becomes of a member that `properties`
does not list, `refused` or `perhaps` (without it, nothing is said), and `form` tells in words what a `pattern` wants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from vlint.project.described import described

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vlint.project.json_document import KeyPath

Schema = dict[str, Any]

_TYPES = {
    "string": "a string",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "an array",
    "object": "an object",
    "null": "null",
}

_UNITS = {
    "Length": ("character", "characters"),
    "Items": ("element", "elements"),
    "Properties": ("property", "properties"),
}


@dataclass(frozen=True, slots=True)
class ShapeProblem:
    """One difference from the schema.

    Attributes:
        place: The value, or the member whose key is unknown.
        message: What is wrong, as a sentence without its end.
        help: What to write instead, or None.
        on_key: Whether it is the key that is wrong and not the value.
        certain: Whether the schema's owner refuses it for sure.
    """

    place: KeyPath
    message: str
    help: str | None = None
    on_key: bool = False
    certain: bool = True


def shape_problems(value: Any, schema: Schema) -> Iterator[ShapeProblem]:
    """Every difference of `value` from `schema`, in the order of the value."""
    definitions: Mapping[str, Schema] = schema.get("definitions", {})
    yield from _problems(value, schema, (), definitions)


def _problems(value: Any, schema: Schema, place: KeyPath, definitions: Mapping[str, Schema]) -> Iterator[ShapeProblem]:
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    kinds = schema.get("type", list(_TYPES))
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not any(_is(kind, value) for kind in kinds):
        wanted = " or ".join(_TYPES[kind] for kind in kinds)
        yield ShapeProblem(place, f"{_named(place)} takes {wanted}, not {described(value)}")
        return
    if "enum" in schema and value not in schema["enum"]:
        yield _not_listed(value, schema["enum"], place)
    if "anyOf" in schema:
        yield from _best_alternative(value, schema["anyOf"], place, definitions)
    yield from _bounds(value, schema, place)
    if isinstance(value, dict):
        yield from _members(value, schema, place, definitions)
    elif isinstance(value, list) and "items" in schema:
        for index, element in enumerate(value):
            yield from _problems(element, schema["items"], (*place, index), definitions)


def _members(
    value: dict[str, Any], schema: Schema, place: KeyPath, definitions: Mapping[str, Schema]
) -> Iterator[ShapeProblem]:
    known: Mapping[str, Schema] = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield ShapeProblem(place, f"{_named(place)} has no `{name}`, which it needs")
    for name, member in value.items():
        if name in known:
            yield from _problems(member, known[name], (*place, name), definitions)
        elif "additionalProperties" in schema:
            yield from _problems(member, schema["additionalProperties"], (*place, name), definitions)
        elif "unknown" in schema:
            near = get_close_matches(name.lower(), {key.lower(): key for key in known}, n=1)
            hint = next((f"Did you mean `{key}`?" for key in known if key.lower() in near), None)
            where = f"of {_named(place)}" if place else "of the file"
            message = f"`{name}` is no property {where} that the platform knows"
            yield ShapeProblem((*place, name), message, hint, on_key=True, certain=schema["unknown"] == "refused")


def _best_alternative(
    value: Any, alternatives: list[Schema], place: KeyPath, definitions: Mapping[str, Schema]
) -> list[ShapeProblem]:
    """Nothing where one fits; else the problems of the alternative that comes nearest."""
    if all(set(alternative) == {"required"} for alternative in alternatives):
        names = [name for alternative in alternatives for name in alternative["required"]]
        if any(name in value for name in names):
            return []
        listed = " nor ".join(f"`{name}`" for name in names)
        return [ShapeProblem(place, f"{_named(place)} has neither {listed}")]
    tried = [list(_problems(value, alternative, place, definitions)) for alternative in alternatives]
    # An alternative of another type is the last to be meant.
    return min(tried, key=lambda problems: (any(p.place == place and not p.on_key for p in problems), len(problems)))


def _bounds(value: Any, schema: Schema, place: KeyPath) -> Iterator[ShapeProblem]:
    if isinstance(value, str):
        yield from _size(len(value), "Length", schema, place)
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield ShapeProblem(place, f"{_named(place)} takes {schema['form']}, not {described(value)}")
    elif isinstance(value, list):
        yield from _size(len(value), "Items", schema, place)
    elif isinstance(value, dict):
        yield from _size(len(value), "Properties", schema, place)
    elif _is("number", value):
        if value < schema.get("minimum", value):
            yield ShapeProblem(place, f"{_named(place)} is {value}, below the least that it takes, {schema['minimum']}")
        if value > schema.get("maximum", value):
            yield ShapeProblem(place, f"{_named(place)} is {value}, above the most that it takes, {schema['maximum']}")


def _size(size: int, counted: str, schema: Schema, place: KeyPath) -> Iterator[ShapeProblem]:
    least, most = schema.get(f"min{counted}", 0), schema.get(f"max{counted}", size)
    if size < least:
        yield ShapeProblem(
            place, f"{_named(place)} has {_amount(size, counted)} and takes at least {_amount(least, counted)}"
        )
    if size > most:
        yield ShapeProblem(
            place, f"{_named(place)} has {_amount(size, counted)} and takes at most {_amount(most, counted)}"
        )


def _amount(size: int, counted: str) -> str:
    one, more = _UNITS[counted]
    return f"{size or 'no'} {one if size == 1 else more}"


def _not_listed(value: Any, listed: list[Any], place: KeyPath) -> ShapeProblem:
    near = get_close_matches(str(value), [str(choice) for choice in listed], n=1)
    hint = f'Did you mean "{near[0]}"?' if near else None
    choices = ", ".join(described(choice) for choice in listed)
    return ShapeProblem(place, f"{_named(place)} takes {choices}, not {described(value)}", hint)


def _is(kind: str, value: Any) -> bool:
    """Whether a value has a type of JSON Schema; a float without a fraction is an integer, as in JavaScript."""
    if isinstance(value, bool) or value is None:
        return kind == ("null" if value is None else "boolean")
    if isinstance(value, (int, float)):
        return kind == "number" or (kind == "integer" and (isinstance(value, int) or value.is_integer()))
    return isinstance(value, {"string": str, "array": list, "object": dict}.get(kind, ()))


def _named(place: KeyPath) -> str:
    """The place in a message: `crons[0].path`, or the file as a whole."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.isidentifier() or step == "$schema":
            text += f".{step}" if text else step
        else:
            text += f'["{step}"]' if len(step) <= 80 else "[…]"
    return f"`{text}`" if text else "the file"
