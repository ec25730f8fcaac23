"""The parts of docs that are read off the program: `python -m tests.documents` writes them anew."""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from domain import order_commands
from domain.order_commands import RULES, Rule
from domain.orders import OrderStatus

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| (R\d+) \| (.*?) \| .* \|$", re.MULTILINE)
BLOCK = re.compile(r"(<!-- written: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(text: str) -> str:
    """The document as it has to be."""
    text = BLOCK.sub(lambda found: found[1] + BLOCKS[found[2]]() + found[3], text)
    tests = requirement_tests()
    return ROW.sub(lambda row: f"| {row[1]} | {row[2]} | {_shown_by(tests[row[1]])} |", text)


def documents() -> list[Path]:
    return sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@cache
def requirement_tests() -> defaultdict[str, list[tuple[str, str]]]:
    """(file, test) by the requirements they are marked with."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for test, number in _marked(ast.parse(path.read_text())):
            found[number].append((path.relative_to(ROOT).as_posix(), test))
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and _is_marker(decorator):
                    yield from ((node.name, str(ast.literal_eval(a))) for a in decorator.args)


def _is_marker(decorator: ast.Call) -> bool:
    return ast.unparse(decorator.func) == "pytest.mark.requirement"


def _shown_by(tests: list[tuple[str, str]]) -> str:
    links = [f"[{test.removeprefix('test_')}](../{path})" for path, test in tests]
    return ", ".join(links) or "not yet"


def _diagram() -> str:
    return f"```mermaid\n{order_commands.mermaid()}```\n"


def _commands() -> str:
    rows = "".join(_command(rule) for rule in RULES.values())
    return f"| command | right | from | to |\n|---|---|---|---|\n{rows}"


def _command(rule: Rule) -> str:
    sources = ", ".join(status for status in OrderStatus if status in rule.sources)
    everywhere = len(rule.sources) == len(OrderStatus)
    right = f"`{rule.right}`" if rule.right else "nobody: the process itself"
    target = rule.target or "stays"
    return f"| `{rule.command}` | {right} | {'any' if everywhere else sources} | {target} |\n"


BLOCKS: dict[str, Callable[[], str]] = {
    "order-diagram": _diagram,
    "order-commands": _commands,
}


def main() -> None:
    for path in documents():
        path.write_text(written(path.read_text()))


if __name__ == "__main__":
    main()
