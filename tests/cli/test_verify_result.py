#!/usr/bin/env python3
"""`parley verify RESULT CASE` finds what was changed in a result: every kind of member of several
results is changed, one at a time, and each change has to be found. Prints TAP.

    test_verify_result.py PROGRAM CASES [CHANGES]

CHANGES: how many changes a result gets, drawn at random (default 20; PARLEY_TEST_CHANGES).
"""
import copy
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

PROGRAM, CASES = sys.argv[1], pathlib.Path(sys.argv[2])
CHANGES = int(sys.argv[3]) if len(sys.argv) > 3 else int(os.environ.get("PARLEY_TEST_CHANGES", "20"))

KINDS = """parley: 1
parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}, c: {name: C}}
issues:
  food: {ask: "Food?", options: {rice: Rice, corn: Corn, none: None}}
  price: {ask: "Price?", quantity: {unit: eur, from: 0, to: 30, step: 10}}
  land: {ask: "Land?", split: {of: 100, unit: percent, step: 50, among: {x: X, y: Y}}}
rules:
  r1: {formula: "not (food = none and price = 30)"}
acceptance: {at-least: 2, vetoes: [a]}
values:
  a:
    without-a-deal: "food = rice and price = 10"
    weights: {food: 2}
    out-of: {food: 7}
    scores:
      food: {rice: 3, corn: 7, none: 0}
      price: [[0, 0], [20, 1], [30, "1/3"]]
      land: {x: 1, y: [[0, 0], [50, 2], [100, 2]]}
    terms: [{when: "food = corn and price >= 20", add: -0.5}]
    cap: 3
  b:
    without-a-deal: 1
    scores: {food: {rice: 5, corn: 1, none: 2}, price: [[0, 4], [30, 1]]}
    boxes:
      - {where: {price: [10, 20], food: [rice, none]}, add: 1}
      - {take: max, times: -2, of: [{where: {food: corn}, add: 1}, {add: "1/4"}]}
    red-lines: ["land.x = 100"]
  c: {divided-by: 4, scores: {price: [[0, 0], [30, 3]]}, base: 1}
"""

SHARES = """parley: 1
parties: {a: {roles: [principal]}, b: {roles: [principal]}}
issues:
  i: {ask: "?", options: {one: One, two: Two, three: Three}}
  land: {ask: "?", split: {of: 10, unit: ha, among: {x: X, y: Y}}}
  sea: {ask: "?", split: {of: 1, unit: km, among: {x: X, y: Y, z: Z}}}
values:
  a: {without-a-deal: 1, scores: {i: {one: 1, two: 0, three: 4}, land: {x: 3}, sea: {x: 2, z: 1}}}
  b: {without-a-deal: 1, scores: {i: {one: 1, two: 4, three: 0}, land: {y: 2}, sea: {y: 3, z: 2.5}}}
"""

CUT = SHARES.replace("values:", 'rules: {r: {formula: "land.x <= 7"}}\nvalues:')

# What `verify` itself says it does not check: the words of the parties, and how the engine went.
WORDS = ("ladder[].binding", "ladder[].basis", "ladder[].kind", "acts", "own_words_clash",
         "set_aside", "not_asked", "engine")


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, check=False)


def leaves(node, path=""):
    """(path without numbers, container, key) of everything that stands in a result."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        here = path + ("[]" if isinstance(node, list) else ("." if path else "") + str(key))
        if isinstance(value, (dict, list)):
            yield from leaves(value, here)
        yield here, node, key


def change(container, key, draw):
    """Another value of the same kind, or a member less; None: there is nothing to change."""
    value = container[key]
    if isinstance(value, bool):
        container[key] = not value
    elif isinstance(value, (int, float)):
        container[key] = draw.choice([value + 1, value - 1, value * 2 + 0.5, -value - 3, None])
    elif value is None:
        container[key] = draw.choice([1, "x"])
    elif isinstance(value, str):
        if value.isdigit():
            container[key] = str(int(value) + draw.choice([1, 2, 10]))
        else:
            container[key] = draw.choice([value + "x", value[:-1], "", "none" if value != "none" else "n"])
    elif isinstance(container, list) or not value:
        if not value:
            return None
        del container[key]
    else:
        del container[key]
    return True


def harmless(path, before, after):
    """Changes that leave a true statement."""
    if any(path == w or path.startswith(w + ".") or path.startswith(w + "[") for w in WORDS):
        return True
    if path.endswith(".low") or path.endswith(".high"):
        return True
    if path.startswith("packages.") and after is None:
        return True  # "not counted" is never wrong
    if path.endswith((".count", ".ties", "ties", "count")) and after is None:
        return True
    return before == after


def main():
    done = 0
    failed = 0

    def tell(good, what, why=""):
        nonlocal done, failed
        done += 1
        failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", done, what))
        if not good:
            print("# " + why)

    draw = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        (scratch / "kinds.yaml").write_text(KINDS, encoding="utf-8")
        (scratch / "shares.yaml").write_text(SHARES, encoding="utf-8")
        (scratch / "cut.yaml").write_text(CUT, encoding="utf-8")
        for case, numbers in ((CASES / "panama-1974.yaml", True), (scratch / "kinds.yaml", True),
                              (scratch / "shares.yaml", True), (scratch / "cut.yaml", True),
                              (CASES / "halt-2025.yaml", False)):
            words = ["deals", case, "--json"] + (["--numbers"] if numbers else [])
            result = json.loads(run(*words).stdout)
            path = scratch / "result.json"
            path.write_text(json.dumps(result, indent=1), encoding="utf-8")
            answer = run("verify", path, case)
            tell(answer.returncode == 0, "%s: the result as it is" % case.name,
                 (answer.stdout + answer.stderr)[:400])
            missed = []
            places = list(leaves(result))
            tried = 0
            kinds = sorted({p for p, _, _ in places})
            for _ in range(CHANGES * 5):
                if tried == CHANGES:
                    break
                kind = draw.choice(kinds)
                number = draw.choice([i for i, (p, _, _) in enumerate(places) if p == kind])
                other = copy.deepcopy(result)
                where, container, key = list(leaves(other))[number]
                before = copy.deepcopy(container[key])
                if change(container, key, draw) is None:
                    continue
                try:
                    after = container[key]
                except (KeyError, IndexError):
                    after = "(gone)"
                if harmless(where, before, after):
                    continue
                tried += 1
                path.write_text(json.dumps(other, indent=1), encoding="utf-8")
                answer = run("verify", path, case)
                if answer.returncode != 1 and not (where == "ladder" and answer.returncode == 3):
                    missed.append("%s: %.80r -> %.80r gives %d" % (where, before, after,
                                                                   answer.returncode))
            tell(not missed and tried > CHANGES / 2,
                 "%s: %d changes, each of them found" % (case.name, tried), "; ".join(missed[:30]))
            missed = []
            for key in result:  # a whole member gone
                other = {k: v for k, v in result.items() if k != key}
                path.write_text(json.dumps(other), encoding="utf-8")
                answer = run("verify", path, case)
                if answer.returncode != (3 if key == "ladder" else 1) and not harmless(key, 0, 1):
                    missed.append("%s: %d" % (key, answer.returncode))
            tell(not missed, "%s: any member gone is found" % case.name, "; ".join(missed))
        # the place of a disagreement, and what it says
        case = CASES / "panama-1974.yaml"
        text = run("deals", case, "--numbers", "--json").stdout
        lines = text.split("\n")
        number = next(i for i, line in enumerate(lines) if '"us": "98"' in line)
        lines[number] = lines[number].replace("98", "97")
        path.write_text("\n".join(lines), encoding="utf-8")
        answer = run("verify", path, case)
        tell("%d:" % (number + 1) in answer.stdout and "worth 98 to 'us'" in answer.stdout,
             "a disagreement has its line", answer.stdout[:300])
        answer = run("verify", path, case, "--json")
        told = json.loads(answer.stdout)
        tell(told["right"] is False and told["faults"][0]["line"] == number + 1
             and told["fault_count"] >= 1 and told["checked"] and told["not_checked"],
             "and so it has in JSON", answer.stdout[:300])
        path.write_text(text[: len(text) // 2], encoding="utf-8")
        tell(run("verify", path, case).returncode == 3, "half a result is bad input")
        path.write_text('{"a": 1}', encoding="utf-8")
        answer = run("verify", path, case)
        tell(answer.returncode == 3 and "'ladder'" in answer.stderr, "so is another text", answer.stderr)
        tell(run("verify", scratch / "absent.json", case).returncode == 3, "and a file that is absent")
        tell(run("verify", path, case, "--head", "0" * 64).returncode == 2,
             "--head is about a case on disk")
        path.write_text(text, encoding="utf-8")
        tell(run("verify", path, CASES / "camp-david-1978.yaml").returncode == 1,
             "the result of another case is found")
    print("1..%d" % done)
    sys.exit(1 if failed else 0)


main()
