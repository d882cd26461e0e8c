"""The JSON Schema of a programme file, from which editors complete.

It is made from the model that loads files. `python -m schedules.checking.json_schema` prints it;
`schedules/schema.json` holds it, and a test keeps it current.
"""

from __future__ import annotations

import json
import sys

from schedules.checking.file_model import File


def json_schema() -> str:
    """The schema as `schedules/schema.json` holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | File.model_json_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(json_schema())
