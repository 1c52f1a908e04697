"""What every payload is made of: its base, its texts, and its bytes on the wire."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

import orjson
from pydantic import BaseModel, ConfigDict, Field, RootModel

from schemas.reasons import refusal_pattern

Sex = Literal["male", "female"]
BirthService = Literal["birth", "residence", "health_card", "identity_card"]
DeathService = Literal["death", "residence_removal", "funeral_allowance"]
"""What a death case can ask for; dvclt splits the allowance by the agency that decides on it."""
TemporaryResidenceService = Literal["temporary_residence"]
Service = Literal[
    "birth",
    "residence",
    "health_card",
    "identity_card",
    "death",
    "residence_removal",
    "insurance_allowance",
    "social_allowance",
    "temporary_residence",
]
"""A service as dvclt runs it."""
AllowanceDecider = Literal["social-insurance", "social-protection"]
CaseChain = Literal["birth", "death", "temporary_residence"]
Channel = Literal["direct", "online", "post"]
Text = Annotated[str, Field(min_length=1, max_length=500)]
FacilityCode = Annotated[str, Field(pattern="^[0-9]{5}$")]
NoticeText = Annotated[str, Field(pattern=r"^[0-9A-Z]{5}\.(?:GCS|GBT)\.[0-9]{5}\.[0-9]{2}$")]
"""A birth notice's number or a death notice's."""
ProcedureCode = Annotated[str, Field(pattern=r"^[0-9]\.[0-9]{6}$")]
RefusalCode = Annotated[str, Field(pattern=refusal_pattern())]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Dong = Annotated[int, Field(ge=1, le=10**12)]
"""A sum in Vietnamese đồng."""
DecisionNumber = Annotated[str, Field(pattern="^[0-9]{1,9}/QĐ-[A-ZĐ]{2,20}(?:-[0-9]{2,5})?$")]
"""The number of a decision: `123/QĐ-BHXH-79`."""

STRICT: ConfigDict = {
    "strict": True,
    "frozen": True,
    "allow_inf_nan": False,
    "ser_json_inf_nan": "constants",
    "cache_strings": "keys",  # a cache of names and ids only pushes the rest out of the core's own
}


class Payload(BaseModel):
    """The base of every payload: strict, closed, and the same bytes for the same values."""

    model_config = ConfigDict(extra="forbid", **STRICT)


Model = type[BaseModel]
"""A payload's model."""


def tag_of(model: Model) -> str | None:
    """The field whose value says which of several shapes a payload has, where there are several.

    The location of a fault in such a payload begins with that value.
    """
    if not issubclass(model, RootModel):
        return None
    return str(model.model_fields["root"].discriminator)


def shape_of(model: Model, payload: Mapping[str, Any]) -> Model:
    """The model of a payload's shape, which of several its tag names."""
    tag = tag_of(model)
    return model if tag is None else shapes_of(model)[payload[tag]]


def shapes_of(model: Model) -> dict[str, Model]:
    """The several shapes of a payload by the value of its tag."""
    tag = str(tag_of(model))
    return {
        value: shape
        for shape in get_args(model.model_fields["root"].annotation)
        for value in get_args(shape.model_fields[tag].annotation)
    }


def encode(model: Model, data: dict[str, Any]) -> bytes:
    """The canonical payload bytes of `data`, whose values are JSON values.

    Raises:
        pydantic.ValidationError: `data` does not fit the model; it names the field.
    """
    return canonical(model.model_validate_json(orjson.dumps(data)))


def canonical(payload: BaseModel) -> bytes:
    """The bytes that a payload has on the wire: model order, UTF-8, no spaces."""
    return payload.__pydantic_serializer__.to_json(payload)
