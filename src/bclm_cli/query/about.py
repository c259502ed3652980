"""What the data is made of: counts, layers, files, and what overrides what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bclm_cli.query.lookup import Execute

_LAYERS = "SELECT id, name, folder, version, searched_until FROM layer ORDER BY id"
_FILES = "SELECT id, path FROM file WHERE layer = ? ORDER BY id"
_HOLDS = (
    "SELECT lower(key), value FROM file, json_each(file.holds) WHERE file.id = ? AND key <> 'Model'"
    " ORDER BY key"
)
_OVERRIDES = (
    "SELECT type, key, (SELECT name FROM layer WHERE id = shadowed.layer) FROM shadowed"
    " WHERE by_layer = ? ORDER BY type, key"
)
_RENAMES = (
    "SELECT key, new, (SELECT name FROM layer WHERE id = renamed.layer) FROM renamed"
    " WHERE by_layer = ? ORDER BY key"
)


def about(execute: Execute, cache: Path | None) -> dict[str, Any]:
    """Counts, the file in the cache, and for each layer its files with what they hold, what it
    overrides, and the papers whose key it has taken for another work."""
    tables = ("step", "factor", "claim", "reference")
    counts = {table: next(execute(f"SELECT count(*) FROM {table}"))[0] for table in tables}
    layers = [
        {
            "name": name,
            "folder": folder,
            "version": version or None,
            "searched_until": searched or None,
            "files": [
                {"path": path, "holds": dict(execute(_HOLDS, (file,)))}
                for file, path in execute(_FILES, (id_,))
            ],
            "overrides": [
                {"type": type_, "key": key, "of": of}
                for type_, key, of in execute(_OVERRIDES, (id_,))
            ],
            "renames": [
                {"key": key, "to": new, "of": of} for key, new, of in execute(_RENAMES, (id_,))
            ],
        }
        for id_, name, folder, version, searched in execute(_LAYERS)
    ]
    return {"counts": counts, "cache": str(cache) if cache else None, "layers": layers}
