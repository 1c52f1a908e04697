"""The HTTP face of agencies, first form: the port of `connectors.runtime.agency` as paths.

One router an agency, so that an agency can have paths of its own beside or instead of these. The
same agency object answers here and in process.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from connectors.runtime.agency import Agency, AgencyUnavailable, RequestFailed
from connectors.runtime.agency_wire import (
    MAX_CURSOR,
    MAX_OUTCOMES,
    PROBLEM,
    Cursor,
    Outcomes,
    Submission,
    Taken,
    outcomes_of,
)
from simulators.agencies.http.bodies import BadBody, pointer_of, read
from simulators.agencies.http.interfaces import Interfaces
from simulators.agencies.http.problems import KINDS, closed, problem, refusal

After = Annotated[int, Query(ge=0, le=MAX_CURSOR)]
Limit = Annotated[int, Query(ge=1)]
_CODES: Final = {404: "not_found", 405: "method_not_allowed"}


def face_of(agencies: Mapping[str, Agency], interfaces: Interfaces | None = None) -> FastAPI:
    """The application that serves these agencies, each under its system's name.

    With `interfaces`, the paths of the real systems stand beside those of the first form.
    """
    app = FastAPI(
        title="lienthong: simulated agencies",
        description="The agencies' own side of each connector, first form.",
        docs_url=None,
        redoc_url=None,
    )
    for system, agency in agencies.items():
        app.include_router(router_of(system, agency), prefix=f"/{system}", tags=[system])

    @app.get("/health")
    async def health() -> dict[str, list[str]]:
        """Which agencies are served here."""
        return {"agencies": list(agencies)}

    _tell_problems(app)
    if interfaces is not None:
        interfaces.mount(app)
    return app


def router_of(system: str, agency: Agency) -> APIRouter:
    """The paths of one agency."""
    router = APIRouter(responses=_problems("unavailable", "internal"))

    @router.post(
        "/requests",
        status_code=202,
        response_model=Taken,
        responses=_problems("body_not_json", "body_too_large", "body_invalid"),
        openapi_extra=_body(Submission),
    )
    async def submit(request: Request) -> Response:
        """Take requests, all of them or none; one that is known is taken again."""
        submission = await read(request, Submission)
        await agency.submit([one.request() for one in submission.requests])
        return _json({"taken": len(submission.requests)}, status=202)

    @router.get("/outcomes", response_model=Outcomes, responses=_problems("query_invalid"))
    async def collect(after: After = 0, limit: Limit = MAX_OUTCOMES) -> Response:
        """The next outcomes after a cursor, oldest first. Reading forgets nothing."""
        return _json(outcomes_of(await agency.collect(after, min(limit, MAX_OUTCOMES))))

    @router.put(
        "/acknowledgement",
        status_code=204,
        responses=_problems("body_not_json", "body_too_large", "body_invalid"),
        openapi_extra=_body(Cursor),
    )
    async def ack(request: Request) -> Response:
        """Forget the outcomes up to a cursor."""
        await agency.ack((await read(request, Cursor)).cursor)
        return Response(status_code=204)

    @router.get("/health")
    async def health() -> dict[str, str]:
        """Whether the agency is served here."""
        return {"agency": system}

    return router


def _tell_problems(app: FastAPI) -> None:
    """Whatever goes wrong is told as a problem with a code."""

    @app.exception_handler(BadBody)
    async def bad_body(_: Request, error: BadBody) -> Response:
        return problem(error.code, str(error), pointer=error.pointer, key=error.key)

    @app.exception_handler(RequestValidationError)
    async def bad_query(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return problem("query_invalid", first["msg"], pointer=pointer_of(first["loc"][1:]))

    @app.exception_handler(RequestFailed)
    async def failed(_: Request, error: RequestFailed) -> Response:
        return refusal(error)

    @app.exception_handler(AgencyUnavailable)
    async def unavailable(_: Request, error: AgencyUnavailable) -> Response:
        return closed(error)

    @app.exception_handler(HTTPException)
    async def no_such_path(_: Request, error: HTTPException) -> Response:
        answer = problem(_CODES.get(error.status_code, "not_found"))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def defect(_: Request, error: Exception) -> Response:
        return problem("internal")


def _json(values: Any, *, status: int = 200) -> Response:
    return Response(orjson.dumps(values), status, media_type="application/json")


def _body(model: type[BaseModel]) -> dict[str, Any]:
    """The body as the OpenAPI document shows it; it is read by `bodies.read`, which is strict."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = schema.pop("$defs", {})
    if definitions:  # a document of its own: the one nested model is written out in place
        (nested,) = definitions.values()
        schema["properties"]["requests"]["items"] = nested
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    return {
        KINDS[code].status: {"description": KINDS[code].en, "content": {PROBLEM: {}}}
        for code in codes
    }
