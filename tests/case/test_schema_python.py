#!/usr/bin/env python3
"""The JSON Schema is a good one, the shipped cases follow it, and bad ones do not. Prints TAP.

    test_schema_python.py SCHEMA CASES
"""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"1..0 # SKIP no {missing.name} here")
    sys.exit(0)


class Plain(yaml.SafeLoader):
    """Dates stay text, as the format has them."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}

# what a reader of the format refuses and a schema can say: path, value (None: take it out)
SPOILED = [
    (["parley"], 2), (["parley"], None), (["extra"], 1), (["as-of"], "before 2025-03-14"),
    (["claims", "c1", "act"], "shout"), (["claims", "c1", "by"], None),
    (["claims", "c1", "on"], "2025-03-11"), (["claims", "c1", "date"], "yesterday"),
    (["claims", "c1", "class"], "sure"), (["claims", "c1", "by"], {"a": "b"}),
    (["responses", 0, "answer"], "perhaps"), (["readings", "m1", "because"], ""),
    (["readings", "m1", "requires"], "arms = stopped"), (["readings", "m1", "refuses"], None),
    (["concerns", "ru-rearm", "reading"], "both"), (["issues", "arms", "ordered"], "true"),
    (["issues", "arms", "quantity"], {"unit": "day"}), (["issues", "duration", "quantity"], 30),
    (["figures", "f1", "best"], "many"), (["parties", "ru", "roles"], ["king"]),
    (["sources", "weekly", "published"], "true"), (["claims"], []), (["meetings"], {}),
    (["flags"], {"w": {"law": "x", "lifted": {"by": "a", "office": "b", "date": "2025-03-14"}}}),
    (["flags"], {"w": {"law": "x", "lifted": {"by": "a", "office": "b", "date": "2025-03",
                                             "because": "c"}}}),
]
GOOD = [
    (["flags"], {"w": {"law": "x", "lifted": {"by": "a", "office": "b", "date": "2025-03-14",
                                             "because": "c"}}}),
    (["claims"], None), (["claims"], {}), (["as-of"], "2025-03"), (["as-of"], 2025),
    (["issues", "arms", "needs"], {"stopped": ["us"]}), (["issues", "arms", "needs"], "us"),
    (["issues", "arms", "options"], ["a", "b"]),
    (["issues", "arms", "options"], {"a": {"label": "A", "needs": "us"}, "b": "B"}),
    (["figures", "f1", "best"], "unknown"), (["figures", "f1", "best"], 13.5),
    (["note"], {"anything": [1, 2]}),
]


def change(case, path, value):
    case = copy.deepcopy(case)
    at = case
    for key in path[:-1]:
        at = at[key]
    if value is None and path[-1] != "claims":
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return case


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    cases = sorted(pathlib.Path(sys.argv[2]).glob("*.yaml"))
    results = []
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
        results.append(("the schema is a schema of draft 2020-12", None))
    except jsonschema.SchemaError as err:
        results.append(("the schema is a schema of draft 2020-12", str(err)[:500]))
    validator = jsonschema.Draft202012Validator(schema)
    halt = None
    for path in cases:
        case = yaml.load(path.read_text(encoding="utf-8"), Plain)
        halt = case if path.stem == "halt-2025" else halt
        fault = next(validator.iter_errors(case), None)
        results.append((f"{path.name} follows the schema",
                        fault and f"{list(fault.absolute_path)}: {fault.message[:300]}"))
    passed = [p for p, v in SPOILED if validator.is_valid(change(halt, p, v))]
    results.append((f"{len(SPOILED)} spoiled cases do not", passed and f"these do: {passed}"))
    failed = [(p, v) for p, v in GOOD if not validator.is_valid(change(halt, p, v))]
    results.append((f"{len(GOOD)} other good cases do", failed and f"these do not: {failed}"))
    print(f"1..{len(results)}")
    for number, (name, fault) in enumerate(results, 1):
        print(f"{'not ok' if fault else 'ok'} {number} - {name}")
        if fault:
            print(f"{name}: {fault}", file=sys.stderr)
    return 1 if any(fault for _, fault in results) else 0


sys.exit(main())
