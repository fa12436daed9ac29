"""What a function-scoped rule is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vlint.platform import Platform
    from vlint.project.functions import Function
    from vlint.project.project import Project
    from vlint.syntax.module import Module


@dataclass(frozen=True)
class FunctionModule:
    """A function with its module; semantic values hang on it and are computed when first asked for."""

    project: Project
    function: Function
    module: Module

    @property
    def platform(self) -> Platform:
        """The platform in force."""
        return self.project.platform
