"""What the protected API holds: a few reference tables and catalog items, in the documented envelope."""

import uuid
from typing import Any

from doctor.sandbox.message import Request

_NAMES = ("Countries", "Currencies", "Customer segments")


def envelope(request: Request) -> dict[str, Any]:
    """``{"meta": {"prev", "next", "total"}, "data": [...]}``, cut to ``size``."""
    rows = [_item(name) if request.path.rstrip("/").endswith("catalog-items") else _table(name) for name in _NAMES]
    size = request.query_parameters.get("size", "")
    shown = rows[: int(size)] if size.isdigit() else rows
    following = f"after:{len(shown)}" if len(shown) < len(rows) else None
    return {"meta": {"prev": None, "next": following, "total": len(rows)}, "data": shown}


def _table(name: str) -> dict[str, Any]:
    attributes = [{"name": name, "type": "DATA", "dataType": "STRING"} for name in ("code", "label")]
    return {"id": _urn("reference-data:table", name), "name": name, "description": None, "attributes": attributes}


def _item(name: str) -> dict[str, Any]:
    return {"urn": _urn("catalog:catalog-item", name), "name": name.lower().replace(" ", "_"), "description": None}


def _urn(kind: str, name: str) -> str:
    return f"urn:ata:demo:{kind}:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
