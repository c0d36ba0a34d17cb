"""What holds for every endpoint, said in its description."""

from __future__ import annotations

from ninja.openapi.schema import OpenAPISchema

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("field", "code", "detail")},
            },
        },
    },
}
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    "description": "New for each act. The same key with the same request within 24 hours is answered again and done once.",
}


def complete(schema: OpenAPISchema) -> OpenAPISchema:
    """Every operation names its problems, every POST the header that it needs."""
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            operation["responses"]["default"] = {"description": "A refusal (RFC 9457)", "content": content}
            if method == "post":
                operation.setdefault("parameters", []).append(_KEY)
    return schema
