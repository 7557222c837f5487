#!/usr/bin/env python3
"""The shipped cases against the worked cases they were rewritten from.

Ids, acts, dates, classes, formulas and the order of records must be the same; prose may differ. Also:
every shipped case loads in another YAML reader, with nothing but strings, whole numbers, full dates,
true, lists and maps, and no duplicate keys. Prints TAP. The reference lies outside the repository: what
needs it is skipped, saying so, when it is absent.
"""
import datetime
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
REFERENCE = ROOT.parent / "shared" / "data" / "practice" / "walkthrough"

try:
    import yaml
except ImportError:
    print("1..0 # SKIP no PyYAML here")
    sys.exit(0)

# Per section: keys that hold prose, whose words may differ but which must be present alike.
PROSE = {
    "mandate": {"task", "not"},
    "sources": {"name"},
    "parties": {"name"},
    "issues": {"ask"},
    "concerns": {"says", "reading"},
    "claims": {"says", "speaker-text"},
    "readings": {"because"},
    "rules": {"because"},
    "flags": {"notice"},
    "points": {"ask"},
    "figures": {"what"},
    "channels": {"through", "quality"},
    "favours": {"what"},
    "obligations": {"what"},
    "expected": {"what"},
}
# Keys that only a shipped case has: short names for screens, and what is said of a lever.
ADDED = {"issues": {"name"}, "levers": {"about", "aspects"}}
# Sections that the format did not have when the worked cases were written.
LATER = {"candidates", "incidents", "links", "perceptions"}


class Strict(yaml.SafeLoader):
    """A loader that refuses duplicate keys, as the format does."""


def no_duplicates(loader, node, deep=False):
    keys = [loader.construct_object(k, deep=True) for k, _ in node.value]
    if len(keys) != len(set(keys)):
        raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
    return yaml.SafeLoader.construct_mapping(loader, node, deep)


Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, no_duplicates)


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Strict)


def odd(tree, where=""):
    """Values that another YAML reader would not give as text: floats, nulls, times, false."""
    if isinstance(tree, dict):
        out = []
        for key, value in tree.items():
            if not isinstance(key, str):
                out.append(f"{where}: key {key!r}")
            out += odd(value, f"{where}.{key}")
        return out
    if isinstance(tree, list):
        return [x for i, value in enumerate(tree) for x in odd(value, f"{where}[{i}]")]
    if tree is True or isinstance(tree, str):
        return []
    if isinstance(tree, int) and tree is not False:
        return []
    if isinstance(tree, datetime.date) and not isinstance(tree, datetime.datetime):
        return []
    return [f"{where}: {tree!r}"]


def bones(section, tree):
    """The tree with prose replaced by a mark, as lists so that order counts."""
    if isinstance(tree, dict):
        out = []
        for key, value in tree.items():
            if key in ADDED.get(section, ()):
                continue
            if key in PROSE.get(section, ()) and isinstance(value, str):
                # a voice such as "us:witkoff" is no prose
                voice = ":" in value and " " not in value
                out.append((key, value if voice else "(words)"))
            elif section == "issues" and key == "options":
                out.append((key, list(value)))
            else:
                out.append((key, bones(section, value)))
        return out
    if isinstance(tree, list):
        return [bones(section, x) for x in tree]
    return tree


def first_difference(a, b, where=""):
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        for i, (x, y) in enumerate(zip(a, b)):
            d = first_difference(x, y, f"{where}/{x[0] if isinstance(x, tuple) else i}")
            if d:
                return d
        return None if len(a) == len(b) else f"{where}: {len(a)} here, {len(b)} in the reference"
    return None if a == b else f"{where}: {a!r} here, {b!r} in the reference"


def main():
    shipped = sorted(CASES.glob("*.yaml"))
    reworked = ["halt-2025", "shuttle-2022", "exchange-2023", "relocation-2025"]
    print(f"1..{len(shipped) + len(reworked)}")
    n = 0
    failed = False

    def report(ok, name, why=None):
        nonlocal n, failed
        n += 1
        failed |= not ok
        print(f"{'ok' if ok else 'not ok'} {n} - {name}")
        if why:
            print(f"# {why}")

    for path in shipped:
        name = f"{path.name} holds only text, whole numbers, dates and true"
        try:
            strange = odd(load(path))
            report(not strange, name, "; ".join(strange[:5]))
        except yaml.YAMLError as err:
            report(False, name, str(err).replace("\n", " "))
    for case in reworked:
        name = f"{case}.yaml has the ids, acts, dates and formulas of the reference"
        theirs = REFERENCE / f"{case}.yaml"
        if not theirs.exists():
            n += 1
            print(f"ok {n} - {name} # SKIP ../shared/data is absent")
            continue
        a, b = load(CASES / f"{case}.yaml"), load(theirs)
        a = [(k, bones(k, v)) for k, v in a.items() if k not in LATER]
        b = [(k, bones(k, v)) for k, v in b.items()]
        difference = first_difference(a, b)
        report(difference is None, name, difference)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
