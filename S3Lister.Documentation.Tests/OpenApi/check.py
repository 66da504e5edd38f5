"""Checks an OpenAPI 3.1 document by OpenAPI's own schema, and values by schemas of the document.

Arguments: the document, and a file with the cases, a list of {"schema": JSON pointer, "value": anything}.
Prints {"document": [error], "cases": [[error]]}.
"""
import json
import sys

from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    cases = json.load(file)

registry = Registry().with_resource("urn:document", DRAFT202012.create_resource(document))


def errors(case):
    schema = {"$ref": "urn:document#" + case["schema"]}
    validator = OAS31Validator(schema, registry=registry, format_checker=oas31_format_checker)
    return [f"{error.json_path}: {error.message}"[:500] for error in validator.iter_errors(case["value"])]


print(json.dumps({
    "document": [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()],
    "cases": [errors(case) for case in cases],
}))
