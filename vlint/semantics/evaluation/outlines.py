"""What a statement's text names and binds when its module is loaded: a quick guess that never parses.

It serves to leave statements alone. A name that it takes for bound may not be, and one that it takes for used may stand
in a place that never runs, so what it finds suspicious is looked at again, in the tree.
"""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vlint.syntax.module import Statement

_TEXT_OR_COMMENT = re.compile(
    r"(?P<prefix>\b[A-Za-z]{1,2})?"
    r"(?P<text>\"\"\"[^\"\\]*(?:(?:\\.|\"(?!\"\"))[^\"\\]*)*\"\"\"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
    r"|\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*\"|'[^'\\\n]*(?:\\.[^'\\\n]*)*')|#[^\n]*",
    re.DOTALL,
)
_FIELD = re.compile(r"\{([^{}]*)\}")
_FUNCTION = re.compile(
    r"^(?P<indent>[ \t]*)(?P<header>(?:async[ \t]+)?def\b.*?\)\s*(?:->[^:\n]*)?:)[^\n]*(?:\n|\Z)"
    r"(?:[ \t]*\n|(?P=indent)[ \t]+[^\n]*(?:\n|\Z))*",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:@[^\n]*\n\s*)*(?:async[ \t]+)?def\b.*?\)\s*(?:->[^:\n]*)?:", re.DOTALL)
"""A function at the left margin, without its body, where its decorators take a line each."""
_PARAMETER = re.compile(r"(?<=[(,])\s*\*{0,2}\s*\w+\s*(?=[,:=)])")
_DEFINED = re.compile(r"\b(?:def|class|type)[ \t]+(\w+)[ \t]*(?:\[([^\]]*)\])?")
_IMPORTED = re.compile(r"(?:\bfrom\b[ \t]*[\w.]+[ \t]+)?\bimport\b([^\n;(]*(?:\([^)]*\))?)")
_LOOP = re.compile(r"\bfor\b(.*?)\bin\b", re.DOTALL)
_NAMED = re.compile(
    r"\bas\s+(\w+|\([^)]*\))|(\w+)\s*:=|\blambda\b([^:\n]*):|\bglobal\b([^\n;]*)|^[ \t]*case\b([^\n]*)", re.M
)
_NAMING = ("as", ":=", "lambda", "global", "case")
_GLOBAL = re.compile(r"\bglobal\b([^\n;]*)")
_BRACKETS = re.compile(r"\([^()\[\]{}]+\)|\[[^()\[\]{}]+\]|\{[^()\[\]{}]+\}")
_TUPLE_TARGET = re.compile(r"^[ \t]*[(\[]([\w \t,*()\[\]]+)[)\]][ \t]*=(?!=)", re.MULTILINE)
_ASSIGNS = re.compile(r"(?:<<|>>)=|(?<![=!<>:])=(?!=)")
_ANNOTATED_TARGET = re.compile(r"[ \t]*(\w+)[ \t]*:")
_DECLARED = re.compile(r"^[ \t]*(\w+)[ \t]*:(?=[^\n=]*(?:=(?!=)|$))", re.MULTILINE)
_ANNOTATED = re.compile(r"(?:^[ \t]*\w+[ \t]*|(?<=[(,])[ \t]*)(:[^=\n,)]*)", re.MULTILINE)
_MEMBER = re.compile(r"(?<![\w.])([^\W\d]\w*)(?:\.(\w+)|(?=\())")
_DELETED = re.compile(r"^del\b([^\n;]*)", re.MULTILINE)
_ITEMS = re.compile(r"(?<=\w)\[[^\[\]]*\](?=\s*[],|=)\n\[:])")
_ANNOTATION = re.compile(r"^[ \t]*\w+[ \t]*:[^=\n]*|(?<=[(,])\s*:[^,=)]*|->[^:\n]*", re.MULTILINE)
_TARGET = re.compile(r"(?<![\w.])\w+\b(?!\s*[.§\[(])")
_USED = re.compile(r"(?<![\w.])[^\W\d]\w*\b(?!\s*=(?!=))")
_WORD = re.compile(r"\w+")
_GUARDED = re.compile(r"\s*if\b[^\n]*\b(?:TYPE_CHECKING|__main__)\b")
_ELSE = re.compile(r"^(?:else|elif)\b", re.MULTILINE)
_IMPORT = re.compile(r"\s*(?:from|import)\b")
_LITERAL = re.compile(r"^(\w+)[ \t]*(?::[^=\n]*)?=\s*(?:[\"'\d\[{(-]|None\b|True\b|False\b|not\b)")
_OF_LITERALS = re.compile(
    r"\"\"\s*[-+*/%.\[]|[-+*/%]\s*\"\"|/\s*0\b|%\s*0\b|\}\s*\[|\b(?:int|float|compile|loads|basicConfig|namedtuple)\s*\("
    r"|\benviron\s*\[|\bassert\b|\{\s*[\[{]"
)
_RISKY_CLASS = re.compile(
    r"@[ \t]*(?:\w+\.)?dataclass\b|[(,]\s*(?:\w+\.)?(?:bool|NoneType|range|slice|memoryview|Enum|IntEnum|StrEnum)\b"
    r"|^\s*\(\s*[\w.]+\s*,\s*[\w.]+|\b__slots__\b",
    re.MULTILINE,
)
"""What is seen in the text of a class that Python may refuse to make."""
_KEYWORDS = frozenset({*keyword.kwlist, "match", "case", "type"})


class Outline(NamedTuple):
    """What loading a module may do with names in one of its top-level statements.

    Attributes:
        used: The names that may be looked up, those in annotations left out.
        annotated: The names in annotations.
        bound: The names that the statement may bind.
        defined: The functions and classes at the left margin.
        literals: The names that get what is written out.
        anywhere: The names that functions in it declare global.
        deleted: The names that it deletes at the left margin.
        members: The names that are asked for an attribute, with its name, and those that are called, with none.
        risky: Whether something is done with what is written out, or asserted.
        is_definition: Whether it is a function or a class.
    """

    used: frozenset[str]
    bound: frozenset[str]
    annotated: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    literals: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    members: frozenset[tuple[str, str]] = frozenset()
    risky: bool = False
    is_definition: bool = False


def outline(statement: Statement) -> Outline:
    """The outline of a statement, found once for its text."""
    return statement.answer("outline", outline_of)


def outline_of(text: str) -> Outline:
    """The outline of the text of one statement."""
    anywhere = frozenset(_WORD.findall(" ".join(_GLOBAL.findall(text)))) if "global" in text else frozenset()
    heading = _HEADING.match(text)
    code = _TEXT_OR_COMMENT.sub(_without_text, f"{heading[0]} ...\n" if heading else text)
    if _IMPORT.match(code):
        return Outline(frozenset(), frozenset(_WORD.findall(code)), risky="*" in code)
    code = _FUNCTION.sub(lambda match: _PARAMETER.sub("", match["header"]) + " ...\n", code)
    stripped = code.lstrip()
    if _GUARDED.match(code) and not _ELSE.search(code):
        return Outline(frozenset(), frozenset(), anywhere=anywhere)
    is_definition = stripped.startswith(("@", "def", "class", "async"))
    defined = _DEFINED.findall(code)
    bound = {name for name, _ in defined}
    for _, parameters in defined:
        bound.update(_WORD.findall(parameters))
    literal = _LITERAL.match(stripped)
    own = defined[0][0] if is_definition and defined else ""
    code = _DEFINED.sub(" ", code)
    bound |= _bound_in(code)
    code = _IMPORTED.sub("", code)
    hidden = _KEYWORDS | (bound - {own} if is_definition else frozenset())
    used = frozenset(_USED.findall(_without_annotations(code))) - hidden
    return Outline(
        used=used,
        bound=frozenset(bound),
        annotated=frozenset(_USED.findall(" ".join([code, *_ANNOTATED.findall(code)]))) - hidden - used,
        deleted=frozenset(_WORD.findall(" ".join(_DELETED.findall(code)))) if "del" in code else frozenset(),
        defined=frozenset({own}) if own else frozenset(),
        literals=frozenset({literal[1]}) if literal else frozenset(),
        anywhere=anywhere,
        members=frozenset(_MEMBER.findall(code)),
        risky=(_RISKY_CLASS if is_definition else _OF_LITERALS).search(code) is not None,
        is_definition=is_definition,
    )


def _without_text(match: re.Match[str]) -> str:
    """Nothing for a comment, an empty text for a text; of one with fields, what stands in the fields."""
    if match["text"] is None:
        return ""
    prefix = match["prefix"] or ""
    if "f" in prefix or "F" in prefix:
        return f"({', '.join(_FIELD.findall(match['text'])) or 0})"
    return '""' if len(prefix) < 2 or prefix.lower() in {"rb", "br"} else f'{prefix} ""'


def _without_annotations(code: str) -> str:
    """Code without the annotations of names and parameters."""
    if ":" not in code:
        return code
    before = ""
    while code != before:
        before, code = code, _ITEMS.sub("", code)
    return _ANNOTATION.sub("", code)


def _bound_in(code: str) -> set[str]:
    """The names that code without texts and comments may bind."""
    found: set[str] = set()
    for word, pattern in (("import", _IMPORTED), ("for", _LOOP), ("=", _TUPLE_TARGET)):
        for part in pattern.findall(code) if word in code else ():
            found.update(_WORD.findall(part))
    for parts in _NAMED.findall(code) if any(word in code for word in _NAMING) else ():
        for part in parts:
            found.update(_WORD.findall(part))
    found.update(_DECLARED.findall(code))
    if "=" in code:
        flat, before = code, ""
        while flat != before:
            before, flat = flat, _BRACKETS.sub("§", flat)
        for line in flat.split("\n"):
            targets = _ASSIGNS.split(line)[:-1]
            if targets and (annotated := _ANNOTATED_TARGET.match(targets[0])):
                found.add(annotated[1])
                targets.pop(0)
            for target in targets:
                found.update(_TARGET.findall(target))
    return found
