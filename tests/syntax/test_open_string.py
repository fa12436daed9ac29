"""The string that is being typed is found in text that need not parse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vlint.syntax.open_string import Code, OpenString, Operand, open_string

DATA = Operand("Path", ("data",))


def string(text: str, callee: str = "open", index: int = 0, **more) -> OpenString:
    values = {"is_formatted": False, "keyword": None, "earlier": (), "divided": ()} | more
    return OpenString(text, callee=callee, index=index, **values)


FOUND = {
    "open('da": string("da"),
    'open("data/': string("data/"),
    "open('''data/": string("data/"),
    'open("""a\nb': string("a\nb"),
    "open(r'da": string("da"),
    "open(b'da": string("da"),
    "open(rb'da": string("da"),
    "open(f'{x}/da": string("{x}/da", is_formatted=True),
    "open(F'da": string("da", is_formatted=True),
    "open('it\\'s": string("it\\'s"),
    "io . open('da": string("da", "io.open"),
    "with open ('da": string("da"),
    "open('a', mode='": string("", index=1, keyword="mode", earlier=("a",)),
    "open('a', '": string("", index=1, earlier=("a",)),
    "join('a', b, 'c' 'd', '": string("", "join", 3, earlier=("a", None, None)),
    "open(join('a', '": string("", "join", 1, earlier=("a",)),
    "open((1, 2), '": string("", index=1, earlier=(None,)),
    "x = {'a': '": string("", ""),
    "names['": string("", ""),
    "# open('a'\nopen('da": string("da"),
    "open('#', '": string("", index=1, earlier=("#",)),
    "Path('data') / '": string("", "", divided=(DATA,)),
    "open(Path('data') / 'x' / 'te": string("te", divided=(DATA, Operand("", ("x",)))),
    "open(pathlib.Path('data', 'x') / '": string("", divided=(Operand("pathlib.Path", ("data", "x")),)),
    "open((Path('data') / 'x') / '": string("", divided=(DATA, Operand("", ("x",)))),
    "open(Path() / '": string("", divided=(Operand("Path", ()),)),
    "open(Path('data') /\n  '": string("", divided=(DATA,)),
    "open(base / 'x' / '": string("", divided=(None, Operand("", ("x",)))),
    "open(Path('data').parent / '": string("", divided=(None,)),
    "open(Path(x) / '": string("", divided=(Operand("Path", (None,)),)),
    "open(a['data'] / '": string("", divided=(None,)),
    "open(1 + Path('data') / '": string("", divided=(DATA,)),
    "open(Path('data') / 'x' + '": string(""),
    "open(Path('data') / 'x', '": string("", index=1, earlier=(None,)),
    "open(Path('data') / 'x' '": string(""),
    "open(Path('data') // '": string(""),
}


@pytest.mark.parametrize("text", FOUND)
def test_found(text) -> None:
    found = open_string(text)
    assert found is not None
    assert replace(found, code=Code(), quote="'") == FOUND[text]


CODE = {
    "open('": Code(0, "open"),
    "x = 1\n  with open('": Code(6, "open"),
    "x = 1; y = open('": Code(0, "open"),
    "f(\n  1,\n  open('": Code(0, "open"),
    "x = \\\n  open('": Code(0, "open"),
    "x = 1\r\n# a\r\n\r\nopen('": Code(14, "open"),
    "x = 1\ropen('": Code(6, "open"),
    "'''\n'''\nopen('": Code(8, "open"),
    "join(dirname(__file__), '": Code(0, "join", "dirname(__file__)"),
    "x = join(a, (b, c), '": Code(0, "join", "a, (b, c)"),
    "return base.joinpath('": Code(0, "base.joinpath"),
    "x = Path(__file__).parents[1].joinpath('": Code(0, "Path(__file__).parents[1].joinpath"),
    "open(Path(__file__).parent / 'a' / '": Code(0, "open", "", "Path(__file__).parent / 'a'"),
    "if x and HERE / '": Code(0, "", "", "HERE"),
    "return HERE / '": Code(0, "", "", "HERE"),
    "x = 1 + (a / b) / '": Code(0, "", "", "(a / b)"),
    "f(x, y=HERE / '": Code(0, "f", "x", "HERE"),
    "x = 3 / '": Code(),
    "x = [a, b / '": Code(0, "", "", "b"),
}


@pytest.mark.parametrize("text", CODE)
def test_what_stands_before(text) -> None:
    found = open_string(text)
    assert found is not None
    assert found.code == CODE[text]


@pytest.mark.parametrize("quote", ["'", '"', "'''", '"""'])
def test_the_quote(quote) -> None:
    found = open_string(f"open(r{quote}a")
    assert found is not None
    assert found.quote == quote


@pytest.mark.parametrize("text", ["", "open(", "open('a'", "open('a', x", "# 'a", "x = 'a\ny = 1", "'''a'''"])
def test_outside_of_any(text) -> None:
    assert open_string(text) is None


@pytest.mark.parametrize("piece", ["'\n", "(", "/", "\\", "'a' / ", "Path('a') / ", '"""'])
def test_long_text_is_looked_through(piece) -> None:
    """Strings that are never ended, slashes and brackets: what takes more than linear time does not end here."""
    open_string(piece * 200_000)


@pytest.mark.parametrize("depth", [3, 20_000])
def test_nested_brackets(depth) -> None:
    found = open_string("(" * depth + "Path('a')" + " / 'b')" * depth + " / '")
    assert found is not None
    assert len(found.divided) == depth + 1
