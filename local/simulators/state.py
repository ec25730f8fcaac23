"""What the simulators remember: documents in memory, every change written through to SQLite."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, key))
"""
_SAVE = """
INSERT INTO documents (kind, key, body) VALUES (?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body
"""


class Collection:
    """Documents of one kind by key, oldest first."""

    def __init__(self, connection: sqlite3.Connection, kind: str) -> None:
        self._connection = connection
        self._kind = kind
        rows = connection.execute(
            "SELECT key, body FROM documents WHERE kind = ? ORDER BY rowid", (kind,)
        )
        self._documents: dict[str, Document] = {key: json.loads(body) for key, body in rows}

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._documents.values()))

    def newest(self) -> Iterator[Document]:
        return iter(list(reversed(self._documents.values())))

    def get(self, key: str) -> Document | None:
        return self._documents.get(key)

    def save(self, key: str, document: Document) -> None:
        body = json.dumps(document, ensure_ascii=False)
        self._connection.execute(_SAVE, (self._kind, key, body))
        self._documents[key] = document

    def drop(self, key: str) -> None:
        if self._documents.pop(key, None) is not None:
            self._connection.execute(
                "DELETE FROM documents WHERE kind = ? AND key = ?", (self._kind, key)
            )


class Store:
    """One SQLite file, or `:memory:`. Used by the event loop's thread alone."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # A killed process loses nothing with these; only a power cut might lose the last moments.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(_SCHEMA)
        self._collections: dict[str, Collection] = {}

    def collection(self, kind: str) -> Collection:
        if kind not in self._collections:
            self._collections[kind] = Collection(self._connection, kind)
        return self._collections[kind]

    def close(self) -> None:
        self._connection.close()
