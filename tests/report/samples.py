"""Reports made by hand: every kind of finding, in files with every kind of character."""

from __future__ import annotations

from vlint.finding import Applicability, Edit, Finding, Fix, Location, Related, Severity
from vlint.report.report import Report
from vlint.text import Position, Range

FILES = {
    "api/user.py": "import os\n\nwith open('file.txt') as file:\n    pass\n",
    "api/ünï côdé.py": "# 100 %, done: yes\r\nx = '😀中'; open('a')\r\n",
}


def span(start_line: int, start_column: int, end_line: int, end_column: int) -> Range:
    return Range(Position(start_line, start_column), Position(end_line, end_column))


def finding(path: str, place: Range, **changes: object) -> Finding:
    values: dict[str, object] = {
        "code": "VL201",
        "name": "api-relative-path",
        "severity": Severity.ERROR,
        "message": "'file.txt' is looked for from the project root",
        "url": "https://example.org/rule",
    }
    return Finding(path=path, range=place, **{**values, **changes})  # type: ignore[arg-type]  # values by name


EVERYTHING = Report(
    findings=(
        finding(
            "api/user.py",
            span(3, 11, 3, 21),
            help="Write 'api/file.txt'",
            fix=Fix(
                "Write 'api/file.txt'",
                Applicability.SAFE,
                (Edit("api/user.py", span(3, 12, 3, 12), "api/"), Edit("api/ünï côdé.py", span(1, 1, 1, 1), "")),
            ),
            related=(Related(Location("api/ünï côdé.py", span(2, 13, 2, 22)), "the other one is here"),),
        ),
        finding(
            "api/ünï côdé.py",
            span(2, 13, 2, 22),
            code="VL202",
            name="missing-file",
            severity=Severity.WARNING,
            message="50 %: a, b\nand <c> & 'd' \x1b[31m",
        ),
        finding(
            "api/ünï côdé.py",
            span(2, 1, 3, 1),
            code="VL001",
            name="unused-suppression",
            severity=Severity.INFO,
            message="nothing",
        ),
    ),
    read=FILES.get,
    functions=2,
)
EMPTY = Report(functions=1)
