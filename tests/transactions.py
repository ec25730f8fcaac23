"""Finds calls to the outside world inside database transactions, by reading the source."""

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef


def adapters_in(trees: Iterable[ast.Module]) -> set[str]:
    """The names of the protocols behind which the outside world is."""
    return {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) == "Protocol" for base in node.bases)
    }


def calls_inside_transactions(tree: ast.Module, adapters: set[str]) -> Iterator[tuple[int, str]]:
    """(line, what stands for the outside world there)"""
    for function in _functions(tree):
        yield from _in_function(function, _parameters(function, adapters))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _in_class(node, adapters)


def _in_class(node: ast.ClassDef, adapters: set[str]) -> Iterator[tuple[int, str]]:
    methods = list(_functions(node))
    outside = {name for method in methods for name in _kept(method, adapters)}
    while (
        reaching := {
            f"self.{method.name}"
            for method in methods
            if method.name != "__init__" and _mentions(method, outside)
        }
        - outside
    ):
        outside |= reaching
    for method in methods:
        yield from _in_function(method, outside) if outside else ()


def _in_function(function: Function, outside: set[str]) -> Iterator[tuple[int, str]]:
    known = set(outside)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and _is_another_name_for(node.value, known):
            known |= {ast.unparse(target) for target in node.targets}
    for node in ast.walk(function):
        if isinstance(node, ast.With) and _opens_transaction(node):
            for inner in (inner for statement in node.body for inner in ast.walk(statement)):
                if isinstance(inner, ast.Await):
                    yield inner.lineno, "await"
                elif isinstance(inner, ast.Name | ast.Attribute) and ast.unparse(inner) in known:
                    yield inner.lineno, ast.unparse(inner)


def _is_another_name_for(value: ast.expr, known: set[str]) -> bool:
    """The thing itself, or one picked out of several; not what a call to it has answered."""
    picked = value.value if isinstance(value, ast.Subscript) else value
    return isinstance(picked, ast.Name | ast.Attribute) and ast.unparse(picked) in known


def _opens_transaction(node: ast.With) -> bool:
    return any(ast.unparse(item.context_expr).endswith(".transaction()") for item in node.items)


def _kept(method: Function, adapters: set[str]) -> Iterator[str]:
    """Attributes that hold what was passed in as an adapter."""
    passed = _parameters(method, adapters)
    for node in ast.walk(method):
        if isinstance(node, ast.Assign) and _mentions(node.value, passed):
            yield from (ast.unparse(t) for t in node.targets if isinstance(t, ast.Attribute))


def _parameters(function: Function, adapters: set[str]) -> set[str]:
    return {
        argument.arg
        for argument in (*function.args.args, *function.args.kwonlyargs)
        if argument.annotation and _mentions(argument.annotation, adapters)
    }


def _mentions(node: ast.AST, names: set[str]) -> bool:
    return any(
        isinstance(inner, ast.Name | ast.Attribute) and ast.unparse(inner) in names
        for inner in ast.walk(node)
    )


def _functions(node: ast.AST) -> Iterator[Function]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield inner
