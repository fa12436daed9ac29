"""What the proofs share."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.oracles.platforms import Oracles
from tests.oracles.setup import missing

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def oracles() -> Iterator[Oracles]:
    """The platform's own code."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    with closing(Oracles()) as running:
        yield running
