"""Payload models as validators that give plain dicts.

The router looks at a validated payload once and lets it go, so it needs no model instances, and
making them is a part of what validation costs.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import CoreConfig, CoreSchema, SchemaValidator

from schemas.fields import PERSONAL_ID_PATTERN, personal_id_pattern
from schemas.payloads.agreement import agreed

Shape = dict[str, Any]
Validate = Callable[[bytes], Shape]


class Validators(dict[bytes, Validate]):
    """The validators of one model, by the year that stands first in an event's `ce_time`.

    A personal ID has the year of birth in it, so that what is possible depends on the event's.
    """

    def __init__(self, model: type[BaseModel]) -> None:
        super().__init__()
        self._model = model

    def __missing__(self, year: bytes) -> Validate:
        # The event's year is written in the sender's zone: Vietnam's may be the next.
        self[year] = validate = dict_validator(self._model, born_by=int(year) + 1)
        return validate


def dict_validator(model: type[BaseModel], *, born_by: int | None = None) -> Validate:
    """A function from JSON bytes to a dict with the model's fields, as strict as the model.

    A field that may be absent and is stays absent: no default is filled in. It raises
    `pydantic.ValidationError` where the model does, at the same location, and for the personal ID
    of somebody born after the year `born_by`.
    """
    rules = model.model_config
    config = CoreConfig(
        strict=rules["strict"],
        allow_inf_nan=rules["allow_inf_nan"],
        cache_strings=rules["cache_strings"],
    )
    known: dict[str, CoreSchema] = {}
    schema = _plain(model.__pydantic_core_schema__, config, known)
    # `cache_strings` counts out here only, `strict` in each part only.
    return SchemaValidator(_dated(schema, born_by) if born_by else schema, config).validate_json


def _dated(schema: Any, born_by: int) -> Any:
    match schema:
        case {"type": "str", "pattern": pattern} if pattern == PERSONAL_ID_PATTERN:
            return {**schema, "pattern": personal_id_pattern(born_by)}
        case dict():
            return {key: _dated(part, born_by) for key, part in schema.items()}
        case list():
            return [_dated(part, born_by) for part in schema]
    return schema


def _plain(
    schema: Mapping[str, Any], config: CoreConfig, known: dict[str, CoreSchema]
) -> CoreSchema:
    match schema:
        case {"type": "definitions"}:
            known |= {part["ref"]: part for part in schema["definitions"]}
            return _plain(schema["schema"], config, known)
        case {"type": "definition-ref"}:
            return _plain(known[schema["schema_ref"]], config, known)
        case {"type": "model", "root_model": True, "schema": root}:
            return _plain(root, config, known)
        case {"type": "tagged-union", "choices": choices}:
            plain = {tag: _plain(choice, config, known) for tag, choice in choices.items()}
            return {**schema, "choices": plain}
        case {"type": "model", "schema": {"type": "model-fields", "fields": fields}}:
            return {
                "type": "typed-dict",
                "fields": {
                    name: _field(field["schema"], config, known) for name, field in fields.items()
                },
                "extra_behavior": "forbid",
                "config": config,  # each needs it: fields take no config from further out
            }
        case {"type": "function-after", "schema": part}:  # of a submission, the only one
            checked = _plain(part, config, known)
            return {
                **schema,
                "function": {"type": "no-info", "function": agreed},
                "schema": checked,
            }
        case {"type": "nullable"}:
            return {**schema, "schema": _plain(schema["schema"], config, known)}
        case {"type": "tuple"}:
            items = [_plain(item, config, known) for item in schema["items_schema"]]
            return {**schema, "items_schema": items}
    return schema


def _field(schema: Mapping[str, Any], config: CoreConfig, known: dict[str, CoreSchema]) -> Any:
    optional = schema["type"] == "default"
    inner = schema["schema"] if optional else schema
    return {
        "type": "typed-dict-field",
        "schema": _plain(inner, config, known),
        "required": not optional,
    }
