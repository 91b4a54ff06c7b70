"""The JSON Schema of the report (draft 2020-12), generated from the report's own type hints and docstrings."""

import ast
import inspect
from collections.abc import Iterable
from dataclasses import MISSING, Field, fields
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from doctor.model.hints import is_class, is_optional, type_hints, union_members
from doctor.model.report import SCHEMA_VERSION, Report

PLUGIN_CAUSE = "^[a-z0-9_.-]+:"
"""A plug-in's own cause: its prefix and a colon."""
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def report_schema(causes: Iterable[str] = ()) -> dict[str, Any]:
    """A closed schema; ``causes`` are the ids of the catalogue, beside which only plug-ins' own are valid."""
    definitions: dict[str, Any] = {}
    _define(Report, definitions)
    definitions["cause"] = {
        "description": "An id of the catalogue, or a plug-in's own.",
        "anyOf": [{"enum": sorted(causes)}, {"type": "string", "pattern": PLUGIN_CAUSE}],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ataccama-doctor:report:{SCHEMA_VERSION}",
        "title": "Report of ataccama-doctor",
        "$ref": "#/$defs/Report",
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _define(cls: type, definitions: dict[str, Any]) -> None:
    """Put ``cls`` and everything it refers to among the definitions."""
    if cls.__name__ in definitions:
        return
    definitions[cls.__name__] = {}
    hints, words = type_hints(cls), _descriptions(cls)
    properties = {f.name: _property(f, hints[f.name], words, definitions) for f in fields(cls)}
    definitions[cls.__name__] = {
        "type": "object",
        **_described(words, ""),
        "properties": properties,
        "required": [f.name for f in fields(cls) if _is_required(f)],
        "additionalProperties": False,
    }


def _property(field: Field[Any], hint: Any, words: dict[str, str], definitions: dict[str, Any]) -> dict[str, Any]:
    if field.name == "cause":
        return {"$ref": "#/$defs/cause"}
    if field.name == "schema_version":
        return {"const": SCHEMA_VERSION}
    if is_optional(field):
        hint = next(member for member in union_members(hint) if member is not NoneType)
    return {**_described(words, field.name), **_shape(hint, definitions)}


def _shape(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    members = union_members(hint)
    if len(members) > 1:
        return {"anyOf": [_shape(member, definitions) for member in members]}
    if is_class(hint):
        _define(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    return {"type": _PLAIN[hint]} if hint in _PLAIN else _container(hint, definitions)


def _container(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin is Literal:
            return {"enum": list(arguments)}
        case origin if origin is tuple and arguments[-1] is ...:
            return {"type": "array", "items": _shape(arguments[0], definitions)}
        case origin if origin is tuple:
            items = [_shape(argument, definitions) for argument in arguments]
            return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
        case origin if origin is dict:
            return {"type": "object"}
        case _:
            raise TypeError(f"No schema for {hint}.")


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _described(words: dict[str, str], name: str) -> dict[str, str]:
    return {"description": words[name]} if name in words else {}


@cache
def _descriptions(cls: Any) -> dict[str, str]:
    """The docstring of the class under the empty name, and the one below each of its fields."""
    [body] = [node.body for node in _classes(inspect.getmodule(cls)) if node.name == cls.__name__]
    words, name = {}, ""
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case ast.Expr(value=ast.Constant(value=str(text))):
                words[name] = " ".join(text.replace("``", "").split())
            case _:
                break
    return words


@cache
def _classes(module: Any) -> list[ast.ClassDef]:
    return [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.ClassDef)]
