"""The parameters of `def` and `lambda`, by the ways in which arguments come to them."""

from __future__ import annotations

import libcst as cst


def positional(params: cst.Parameters) -> list[cst.Param]:
    """The parameters that take positional arguments, in order; `*args` is left out."""
    return [*params.posonly_params, *params.params]


def single(params: cst.Parameters) -> list[cst.Param]:
    """The parameters that take one argument each, in order."""
    return [*positional(params), *params.kwonly_params]


def collecting(params: cst.Parameters) -> list[cst.Param]:
    """`*args` and `**kwargs`, as far as they are there."""
    return [param for param in (params.star_arg, params.star_kwarg) if isinstance(param, cst.Param)]


def receiver(node: cst.FunctionDef) -> str | None:
    """The name of a method's first parameter, `self` by custom; None where it takes no positional argument."""
    first = next(iter(positional(node.params)), None)
    return first.name.value if first is not None else None
