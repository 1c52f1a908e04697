"""The fields of a payload as people read them, from its JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]


def fields(schema: Schema) -> Mapping[str, str]:
    """Each field of a JSON Schema as a path (`child.name`, `documents[].uri`) with its type.

    Of a schema that is one of several, all their fields: one that differs has all its types.
    """
    merged: dict[str, list[str]] = {}
    for one in variants(schema).values():
        for path, kind in _fields(one, schema.get("$defs", {}), ""):
            merged.setdefault(path, []).append(kind)
    return {path: " | ".join(dict.fromkeys(kinds)) for path, kinds in merged.items()}


def variants(schema: Schema) -> Mapping[str, Schema]:
    """The shapes that a payload may have, by the field that tells them apart: `chain "birth"`.

    A schema that is not one of several is its own only variant, without a name.
    """
    if "oneOf" not in schema:
        return {"": schema}
    by, definitions = schema["discriminator"], schema.get("$defs", {})
    return {
        f'{by["propertyName"]} "{value}"': {
            **_resolved({"$ref": place}, definitions)[0],
            "$defs": definitions,
        }
        for value, place in by["mapping"].items()
    }


def _fields(schema: Schema, definitions: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    schema, nullable = _resolved(schema, definitions)
    if schema.get("type") == "array":
        yield from _fields(schema["items"], definitions, f"{path}[]")
    elif "properties" in schema:
        if nullable:
            yield path, "object | null"
        for name, part in schema["properties"].items():
            yield from _fields(part, definitions, f"{path}.{name}" if path else name)
    else:
        yield path, _type_text(schema) + (" | null" if nullable else "")


def _resolved(schema: Schema, definitions: Mapping[str, Any]) -> tuple[Schema, bool]:
    """A schema without references, and whether null is allowed beside it."""
    nullable = False
    while True:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            nullable = {"type": "null"} in schema["anyOf"]
            schema = next(part for part in schema["anyOf"] if part != {"type": "null"})
        else:
            return schema, nullable


def _type_text(schema: Schema) -> str:
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return " | ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in schema["enum"])
    if "minimum" in schema:
        return f"{schema['type']} {schema['minimum']}..{schema['maximum']}"
    if "format" in schema:
        return str(schema["format"])
    if "pattern" in schema and "maxLength" not in schema:
        return f"/{schema['pattern']}/"
    if "maxLength" in schema:
        return f"{schema['type']} {schema.get('minLength', 0)}..{schema['maxLength']}"
    return str(schema.get("type", "any"))
