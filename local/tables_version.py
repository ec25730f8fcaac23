"""The newest version of the tables, read from the migrations without loading Alembic."""

import re

from local.child import ROOT

DECLARED = re.compile(r"""^(revision|down_revision)\b[^=\n]*=\s*["'](\w+)["']""", re.MULTILINE)


def newest_version() -> str | None:
    """The one nobody builds on; None where that is not clear and Alembic has to say it."""
    found: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for migration in (ROOT / "migrations" / "versions").glob("*.py"):
        for kind, version in DECLARED.findall(migration.read_text()):
            found[kind].add(version)
    heads = found["revision"] - found["down_revision"]
    return heads.pop() if len(heads) == 1 else None
