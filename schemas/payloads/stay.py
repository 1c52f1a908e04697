"""Temporary residence (*tạm trú*)."""

from typing import Annotated

from pydantic import Field

from schemas.fields import CommuneCodeText, DateText, PersonalIdText, TimeText
from schemas.payloads.base import Payload, Text
from schemas.payloads.parts import DocumentRef, PersonRef, Resident


class TemporaryResidenceRequested(Payload):
    """`residence.temporary.requested`: dvclt asks the police of the commune of the stay."""

    resident: Resident
    requester: PersonRef
    commune: CommuneCodeText
    address: Text
    until: DateText
    due: TimeText


class TemporaryResidenceRegistered(Payload):
    """`residence.temporary.registered`: the stay is registered (form CT08) until its last day."""

    personal_id: PersonalIdText
    number: Annotated[str, Field(pattern="^[0-9]{1,9}/CT08-TT-[0-9]{5}$")]
    commune: CommuneCodeText
    address: Text
    until: DateText
    registered: TimeText
    document: DocumentRef
