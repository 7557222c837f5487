#!/usr/bin/env python3
"""Our trees against PyYAML's: shipped cases and random documents, as typed and in canonical text.

usage: test_document_python.py DOCUMENT_TOOL CASES_FOLDER [SEEDS]
Exit status 77 (skipped) without PyYAML.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("1..0 # SKIP PyYAML (python3-yaml) is not installed")
    sys.exit(77)


def tree(node):
    """The form of document_tool's dumps."""
    if isinstance(node, yaml.MappingNode):
        return ["m"] + [[key.value, tree(value)] for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return ["l"] + [tree(item) for item in node.value]
    return node.value


def tones(node, ours, place, faults):
    """Where ours is a text, other readers must see a text too."""
    if isinstance(node, yaml.MappingNode):
        for (_, value), (name, other) in zip(node.value, ours[1:]):
            tones(value, other, place + [name], faults)
    elif isinstance(node, yaml.SequenceNode):
        for i, (value, other) in enumerate(zip(node.value, ours[1:])):
            tones(value, other, place + [i], faults)
    else:
        kind = node.tag.rsplit(":", 1)[1]
        allowed = {"str", "timestamp"} if not ours[2] else {"int", "float", "bool", "null", "str"}
        if node.value in ("", "~") and node.style is None:
            allowed.add("null")
        if kind not in allowed or (kind == "timestamp" and node.style is not None):
            faults.append(f"{place}: {node.value!r} is a {kind} for others")


def plain_json(value):
    if isinstance(value, dict):
        return ["m"] + [[k, plain_json(v)] for k, v in value.items()]
    if isinstance(value, list):
        return ["l"] + [plain_json(v) for v in value]
    return {True: "true", False: "false", None: "null"}.get(value, value) \
        if not isinstance(value, str) else value


def check(folder, base, faults, typed):
    ours = json.loads((folder / (base + ".dump")).read_text("utf-8"))
    for name in ([typed] if typed else []) + [folder / (base + ".canonical.yaml")]:
        text = name.read_bytes().decode("utf-8")
        try:
            theirs = tree(yaml.compose(text, Loader=yaml.BaseLoader))
        except yaml.YAMLError as error:
            faults.append(f"{name}: {error}\n{text}")
            continue
        if theirs != ours:
            faults.append(f"{name}: trees differ\n{text}\nours:   {ours}\ntheirs: {theirs}")
    text = (folder / (base + ".canonical.yaml")).read_bytes().decode("utf-8")
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    own = []
    tones(node, json.loads((folder / (base + ".tones")).read_text("utf-8")), [], own)
    faults += [f"{base}: {fault}\n{text}" for fault in own]
    yaml.safe_load(text)
    words = {"parse_int": str, "parse_float": str}
    back = json.loads((folder / (base + ".json")).read_text("utf-8"), **words)
    if plain_json(back) != ours:
        faults.append(f"{base}: JSON differs\nours:   {ours}\ntheirs: {plain_json(back)}")


def main():
    tool, cases = sys.argv[1], pathlib.Path(sys.argv[2])
    seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 400
    faults, passed = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for path in sorted(cases.rglob("*.yaml")):
            subprocess.run([tool, "canonical", str(path), name], check=True)
            before = len(faults)
            check(folder, path.name, faults, path)
            passed += len(faults) == before
        subprocess.run([tool, "random", "0", str(seeds), name], check=True)
        for seed in range(seeds):
            before = len(faults)
            check(folder, str(seed), faults, folder / f"{seed}.yaml")
            passed += len(faults) == before
    for fault in faults[:5]:
        print(fault, file=sys.stderr)
    print(f"{passed} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
