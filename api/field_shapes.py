"""Where in an answer or a body guarded fields are told: read off the models, once for each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, JsonValue, RootModel
from typing_extensions import TypeAliasType

from domain.access import nouns_of, told_by

Nouns = frozenset[str]
UNIONS = (Union, UnionType)
ANYTHING = (Any, object, dict, list, JsonValue)
SUBJECT = "subject"


@dataclass(eq=False)
class Shape:
    """What JSON of one model is made of. `free`: of anything, whose keys tell by their names."""

    nouns: Nouns
    model: type | None = None
    keys: dict[str, Nouns] = field(default_factory=dict)
    """The guarded fields that each key of the model tells."""
    inner: dict[str, "Shape"] = field(default_factory=dict)
    others: "Shape | None" = None
    """Of keys nobody knows beforehand."""
    is_free: bool = False

    def at(self, key: str, parent: str) -> tuple[Nouns, "Shape | None"]:
        if self.is_free:
            return told_by(self.nouns, key, parent), self
        return self.keys.get(key, frozenset()), self.inner.get(key, self.others)

    def of(self, record: Mapping[str, Any]) -> "Shape":
        """An entry of history tells of its own subject."""
        if not self.model or SUBJECT not in self.keys or not isinstance(record.get(SUBJECT), str):
            return self
        return free(nouns_of([record[SUBJECT]]))


@dataclass(frozen=True)
class Told:
    """A key of a record that tells guarded fields."""

    record: dict[str, Any]
    key: str
    fields: Nouns


def told_in(value: Any, shape: Shape | None, parent: str = "") -> Iterator[Told]:
    if shape is None:
        return
    if isinstance(value, list):
        for item in value:
            yield from told_in(item, shape, parent)
    elif isinstance(value, dict):
        here = shape.of(value)
        for key, item in value.items():
            guarded, inner = here.at(key, parent)
            if guarded:
                yield Told(value, key, guarded)
            yield from told_in(item, inner, key)


def free(nouns: Nouns) -> Shape:
    return Shape(nouns, is_free=True)


@cache
def shape_of(model: Any, nouns: Nouns) -> Shape | None:
    """None: nothing inside has a name of its own."""
    return _shape(model, nouns, "", {})


def every_model(shape: Shape | None) -> Iterator[Shape]:
    """The shape and all inside of it, each once."""
    seen: set[int] = set()
    waiting = [shape]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [*each.inner.values(), each.others]


Known = dict[tuple[type, Nouns, str], Shape]


def _shape(hint: Any, nouns: Nouns, parent: str, known: Known) -> Shape | None:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in ANYTHING:
        return free(nouns)
    if isinstance(hint, TypeAliasType):
        return _shape(hint.__value__, nouns, parent, known)
    if origin is Annotated:
        return _shape(arguments[0], nouns, parent, known)
    if origin in UNIONS:
        return _either(_shape(each, nouns, parent, known) for each in arguments)
    if origin is Literal or hint is NoneType:
        return None
    if isinstance(origin, type) and issubclass(origin, Mapping):
        inner = _shape(arguments[1], nouns, parent, known)
        return Shape(nouns, others=inner) if inner and not inner.is_free else free(nouns)
    if isinstance(origin, type) and issubclass(origin, Iterable) and arguments:
        return _either(_shape(each, nouns, parent, known) for each in arguments)
    return _model(hint, nouns, parent, known) if isinstance(hint, type) else free(nouns)


def _model(model: type, nouns: Nouns, parent: str, known: Known) -> Shape | None:
    hints = _hints(model)
    if hints is None:
        return None
    if issubclass(model, RootModel):
        return _shape(model.model_fields["root"].annotation, nouns, parent, known)
    own: Nouns = getattr(model, "__nouns__", nouns)
    place = (model, own, parent)
    if place not in known:
        shape = known[place] = Shape(own, model)
        shape.keys = {key: told_by(own, key, parent) for key in hints}
        found = {key: _shape(hint, own, key, known) for key, hint in hints.items()}
        shape.inner = {key: inner for key, inner in found.items() if inner}
    return known[place]


def _hints(model: type) -> dict[str, Any] | None:
    """By the names that JSON has."""
    if is_dataclass(model):
        hints = get_type_hints(model, include_extras=True)
        return {each.name: hints[each.name] for each in fields(model)}
    if not issubclass(model, BaseModel):
        return None
    named = {
        info.serialization_alias or info.alias or name: info.annotation
        for name, info in model.model_fields.items()
    }
    return named | {name: info.return_type for name, info in model.model_computed_fields.items()}


def _either(shapes: Iterable[Shape | None]) -> Shape | None:
    """Of several that it may be: whatever one of them guards."""
    found = [shape for shape in shapes if shape]
    if len(found) < 2:
        return found[0] if found else None
    nouns = frozenset[str]().union(*(shape.nouns for shape in found))
    if any(shape.is_free for shape in found):
        return free(nouns)
    keys = {key for shape in found for key in (*shape.keys, *shape.inner)}
    none = frozenset[str]()
    return Shape(
        nouns,
        keys={key: none.union(*(shape.keys.get(key, none) for shape in found)) for key in keys},
        inner={
            key: inner
            for key in keys
            if (inner := _either(shape.inner.get(key) for shape in found))
        },
        others=_either(shape.others for shape in found),
    )
