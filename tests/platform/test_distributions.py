"""The tables of modules and distributions: written rightly, and enough of them."""

from __future__ import annotations

import pytest
from packaging.utils import canonicalize_name

from vlint.platform import read_table
from vlint.platform.distributions import brings, extra_brings, is_known_distribution, often_brought, origin
from vlint.platform.standard_library import standard_library


def test_there_are_enough_names_and_all_are_normalised() -> None:
    table = read_table("distributions")
    names = [*table["own_name"], *table["imports"]]
    assert len(names) >= 400
    assert len(names) == len(set(names))
    distributions = {name for found in table["imports"].values() for name in found}
    provided = read_table("provided")
    distributions |= set(provided["brings"]) | {name for found in provided["brings"].values() for name in found}
    assert {name for name in distributions if canonicalize_name(name) != name} == set()
    assert all(table["imports"].values())


def test_no_module_of_the_standard_library_is_taken_for_a_package() -> None:
    table = read_table("distributions")
    assert not {*table["own_name"], *table["imports"]} & standard_library("3.12")


@pytest.mark.parametrize(
    ("name", "module", "distribution"),
    [
        ("cv2", "cv2", "opencv-python"),
        ("PIL.Image", "PIL", "pillow"),
        ("yaml", "yaml", "pyyaml"),
        ("bs4", "bs4", "beautifulsoup4"),
        ("dotenv.main", "dotenv", "python-dotenv"),
        ("jwt", "jwt", "pyjwt"),
        ("flask_cors", "flask_cors", "flask-cors"),
        ("google.cloud.storage.blob", "google.cloud.storage", "google-cloud-storage"),
        ("azure.storage.blob.aio", "azure.storage.blob", "azure-storage-blob"),
        ("never_heard_of.it", "never_heard_of", "never-heard-of"),
    ],
)
def test_origins(name: str, module: str, distribution: str) -> None:
    found = origin(name)
    assert found is not None
    assert (found.module, found.distributions[0]) == (module, distribution)


def test_what_lies_unknown_in_a_namespace_has_no_origin() -> None:
    assert origin("google.never_heard_of") is None
    assert origin("google") is None


def test_what_frameworks_bring_along() -> None:
    assert "starlette" in (brings("fastapi") or ())
    assert {"werkzeug", "jinja2", "click", "itsdangerous"} <= set(brings("flask") or ())
    assert {"asgiref", "sqlparse"} <= set(brings("django") or ())
    assert brings("never-heard-of") is None
    assert "websockets" in (extra_brings("uvicorn", "standard") or ())
    assert extra_brings("flask", "everything") is None
    assert "urllib3" in often_brought()
    assert is_known_distribution("opencv-python")
    assert not is_known_distribution("never-heard-of")
