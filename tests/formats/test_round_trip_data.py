#!/usr/bin/env python3
"""Every Genius and GeniusWeb domain of the shared data becomes a case, is written out in its own
format and read again: issues, options and values are the same as before. Prints TAP.

    test_round_trip_data.py PROGRAM

The data are looked for in $PARLEY_SHARED_DATA/deal, ../shared/data/deal beside the repository;
where they are not, the tests skip.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1]


def data_folder():
    for place in (os.environ.get("PARLEY_SHARED_DATA"), ROOT.parent / "shared" / "data"):
        if place and (pathlib.Path(place) / "deal" / "INDEX.json").exists():
            return pathlib.Path(place) / "deal"
    return None


def run(*words):
    done = subprocess.run([PROGRAM, "convert", *map(str, words)], capture_output=True, text=True,
                          check=False)
    return done.stdout if done.returncode == 0 else None, done.stderr


def essence(text):
    """Without the names of files, which are others."""
    case = json.loads(text, parse_float=str)
    for record in case["values"].values():
        del record["source"]
    return json.dumps([case[key] for key in ("title", "parties", "issues", "values")])


def round_trip(name, files, folder):
    """What is wrong, or None; "" when the files make no case."""
    first, _ = run("--from", name, "--json", *files)
    if first is None:
        return ""
    path = pathlib.Path(folder) / "case.json"
    path.write_text(first)
    written, talk = run("--to", name, pathlib.Path(folder) / "out", path)
    if written is None:
        return talk
    second, talk = run("--from", name, "--json", *written.split("\n")[:-1])
    if second is None:
        return talk
    return None if essence(first) == essence(second) else "it is another case"


def every(data):
    for place in sorted((data / "genius").iterdir()):
        for s in json.loads((place / "expected.json").read_text())["scenarios"]:
            yield s["id"], "genius", [place / s["domain"], *(place / p for p in s["profiles"])]
    for place in sorted((data / "geniusweb").iterdir()):
        profiles = sorted(place.glob("*[0-9].json"))
        domain = [f for f in place.glob("*.json") if f not in profiles and f.name != "expected.json"]
        yield "geniusweb-" + place.name, "geniusweb", domain + profiles


def main():
    data = data_folder()
    if data is None:
        print("1..0 # SKIP no shared data (set PARLEY_SHARED_DATA)")
        return 0
    number = status = 0
    for name, form, files in every(data):
        with tempfile.TemporaryDirectory() as folder:
            fault = round_trip(form, files, folder)
        if fault == "":
            continue
        number += 1
        print("%s %d - %s" % ("ok" if fault is None else "not ok", number, name))
        if fault is not None:
            print("# " + fault.strip().replace("\n", "\n# "))
            status = 1
    print("1..%d" % number)
    return status


if __name__ == "__main__":
    sys.exit(main())
