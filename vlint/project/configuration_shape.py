"""What is wrong with the configuration file as a whole: not JSON, or not of the shape that the platform takes."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from vlint.project.json_shape import ShapeProblem, shape_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.platform import Platform
    from vlint.project.configuration import Configuration

MOST = 100
"""How many problems of one file are told; nobody mends more at once."""


def configuration_problems(settings: Configuration, platform: Platform) -> Iterator[ShapeProblem]:
    """The differences of a configuration from its schema, at most `MOST`, and what the platform no longer takes."""
    yield from islice(shape_problems(settings.document.value, _schema()), MOST)
    for name in platform.configuration.withdrawn:
        if name in settings.members:
            yield ShapeProblem(
                (name,),
                f"The platform does not take `{name}` any more",
                "Remove it; the project's settings decide",
                on_key=True,
                certain=False,
            )


@cache
def _schema() -> dict[str, Any]:
    text = files("vlint.platform").joinpath("vercel.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
