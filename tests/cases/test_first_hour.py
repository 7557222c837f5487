#!/usr/bin/env python3
"""The guide's ten steps, put together, are the case that is shipped.

Every YAML block of docs/guide/first-hour.md is merged into the file so far: a section that is new is added,
a record whose id is new is added to its section, a record whose id is there is replaced. The end must equal
cases/tutorial-river.yaml. `test_first_hour.py DIR` writes the file after each step to DIR/step-N.yaml,
so that the guide's outputs can be made. Prints TAP.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

try:
    import yaml
except ImportError:
    print("1..0 # SKIP no PyYAML here")
    sys.exit(0)


def steps(text):
    """(number, [block, ...]) of each numbered heading."""
    for part in re.split(r"(?m)^## (?=\d+\. )", text)[1:]:
        yield int(part.split(".")[0]), re.findall(r"(?ms)^```yaml\n(.*?)^```$", part)


def merge(tree, block):
    for key, value in block.items():
        if isinstance(value, dict) and isinstance(tree.get(key), dict):
            tree[key].update(value)
        else:
            tree[key] = value


def main():
    tree = {}
    count = 0
    for number, blocks in steps((ROOT / "docs/guide/first-hour.md").read_text(encoding="utf-8")):
        count += 1
        for block in blocks:
            merge(tree, yaml.safe_load(block))
        if len(sys.argv) > 1:
            path = pathlib.Path(sys.argv[1]) / f"step-{number}.yaml"
            path.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True), encoding="utf-8")
    shipped = yaml.safe_load((ROOT / "cases/tutorial-river.yaml").read_text(encoding="utf-8"))
    print("1..2")
    print("ok 1 - the guide has ten steps" if count == 10 else f"not ok 1 - {count} steps, not ten")
    different = sorted(k for k in tree.keys() | shipped.keys() if tree.get(k) != shipped.get(k))
    print("ok 2 - the steps make cases/tutorial-river.yaml" if not different
          else f"not ok 2 - these sections differ: {', '.join(different)}")
    return 0 if count == 10 and not different else 1


if __name__ == "__main__":
    sys.exit(main())
