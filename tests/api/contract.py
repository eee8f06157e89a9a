"""Does an answer keep what /openapi.json promises?"""

from __future__ import annotations

import re
from typing import Any

from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from web.api.openapi import openapi_document

DOCUMENT = openapi_document()
DOCUMENT_OF_SEVERAL = openapi_document(("Abendblatt", "Chronik"))  # archives that are asked as one


def kept(response: TestResponse) -> Any:
    """The JSON of an answer after it was checked: status, media type and shape are as documented."""
    responses = _operation(response.request.path, response.request.method.lower())["responses"]
    promised = _resolved(responses.get(str(response.status_code)) or responses["default"])
    assert response.mimetype in promised["content"], f"{response.mimetype} is not documented"
    return valid(response.get_json(force=True), promised["content"][response.mimetype]["schema"])


def kept_problem(response: TestResponse, status: int) -> Any:
    """The JSON of a problem, on whichever route, after it was checked."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    problem = valid(response.get_json(force=True), {"$ref": "#/components/schemas/Problem"})
    assert problem["status"] == status
    return problem


def valid(value: Any, schema: Any) -> Any:
    """The value, if it is what the schema says."""
    Draft202012Validator({"components": DOCUMENT["components"], **schema}).validate(value)
    return value


def _operation(path: str, method: str = "get") -> Any:
    """The operation of the template that fits the path; an id may contain slashes."""
    for template, operations in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "(?s:.+)", template), path):
            return operations[method]
    raise AssertionError(f"{path} is not documented")


def _resolved(response: Any) -> Any:
    """The response object itself, where the document only refers to it."""
    if "$ref" not in response:
        return response
    return DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
