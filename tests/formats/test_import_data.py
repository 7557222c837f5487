#!/usr/bin/env python3
"""Every domain of the shared data is imported and held to the answers that come with it: sizes,
worth without a deal, utilities of sample packages as Genius computes them, and exact utilities of
the packages of all solutions. Utilities are worked out by worth.py, not by Parley. Prints TAP.

    test_import_data.py PROGRAM

The data are looked for in $PARLEY_SHARED_DATA/deal, ../shared/data/deal beside the repository;
where they are not, the tests skip.
"""
import ast
import json
import os
import pathlib
import re
import subprocess
import sys
from fractions import Fraction

from worth import Case

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1]


def data_folder():
    for place in (os.environ.get("PARLEY_SHARED_DATA"), ROOT.parent / "shared" / "data"):
        if place and (pathlib.Path(place) / "deal" / "INDEX.json").exists():
            return pathlib.Path(place) / "deal"
    return None


def convert(name, *words):
    """(exit status, case or None, messages)"""
    done = subprocess.run([PROGRAM, "convert", "--from", name, "--json", *map(str, words)],
                          capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout, parse_float=str) if done.stdout else None, done.stderr


class Faults:
    def __init__(self):
        self.lines = []
        self.checked = 0

    def same(self, what, found, wanted):
        self.checked += 1
        if found != wanted:
            self.lines.append("%s: %s, not %s" % (what, found, wanted))

    def near(self, what, found, wanted):
        self.checked += 1
        if abs(float(found) - wanted) > 1e-9:
            self.lines.append("%s: %s, not %s" % (what, float(found), wanted))


def check_shape(faults, case, s):
    faults.same("sizes", case.sizes(), s["issue_sizes"])
    count = 1
    for n in case.sizes():
        count *= n
    faults.same("packages", count, int(s["n_outcomes"]))
    faults.same("parties", len(case.parties), s["n_parties"])
    for party, wanted in zip(case.parties, s["reserved"]):
        found = case.without(party)
        if wanted is None:
            faults.same("%s without a deal" % party, found, None)
        else:
            faults.near("%s without a deal" % party, found if found is not None else 0, wanted)
    for party, wanted in zip(case.parties, s["discount"]):
        found = case.data["values"][party].get("discount")
        if wanted is not None:
            faults.near("%s discount" % party, Fraction(str(found)), wanted)
        else:
            faults.same("%s discount" % party, found, None)


def check_solutions(faults, case, s, cap):
    for name, ties in (s.get("solutions") or {}).items():
        if not isinstance(ties, list):
            continue
        for tie in ties:
            if not isinstance(tie, dict):
                continue
            for outcome in tie.get("outcomes", []):
                package = case.package(outcome)
                for party, wanted in zip(case.parties, tie["exact"]):
                    found = case.worth(party, package)
                    faults.same("%s of %s" % (name, party), min(found, 1) if cap else found,
                                Fraction(wanted))


def check_boxes(faults, case, s):
    exact = s.get("exact_bnb") or {}
    for point, bid in zip(exact.get("capped_frontier", []), exact.get("witness", [])):
        package = case.package(bid)
        for party, wanted in zip(case.parties, point):
            faults.near("witness %s of %s" % (bid, party), min(case.worth(party, package), 1),
                        wanted)


def as_decoded(case, bid):
    """Genius reads Windows-1252 as UTF-8 and has U+FFFD for each such letter."""
    out = []
    for issue, value in zip(case.issues, bid):
        labels = case.labels(issue)
        if labels is not None and value not in labels:
            same = [l for l in labels if re.sub("[^\0-\x7f]", "\ufffd", l) == value]
            value = same[0] if len(same) == 1 else value
        out.append(value)
    return out


def check_samples(faults, case, samples):
    for sample in samples:
        package = case.package(as_decoded(case, sample["bid"]))
        for party, wanted in zip(case.parties, sample["u"]):
            faults.near("sample %s of %s" % (sample["bid"], party),
                        min(case.worth(party, package), 1), wanted)


def genius(folder):
    oracle = {}
    for line in (folder / "genius_10.4_oracle.jsonl").read_text().splitlines():
        row = json.loads(line)
        oracle[row["id"]] = row
    for place in sorted((folder / "genius").iterdir()):
        for s in json.loads((place / "expected.json").read_text())["scenarios"]:
            faults = Faults()
            files = [place / s["domain"], *(place / p for p in s["profiles"])]
            status, data, talk = convert("genius", *files)
            real = s.get("error") == "real-valued issue"
            if s.get("error") and not (real and status == 0):
                # what nobody can read ends with a place, never with a crash
                faults.same("status", status, 3)
                if not re.search(r"\.xml:\d+:\d+: ", talk):
                    faults.lines.append("no place in: " + talk)
                yield s["id"] + " is refused with its place", faults
                continue
            if data is None:
                faults.lines.append("status %d: %s" % (status, talk))
                yield s["id"], faults
                continue
            case = Case(data)
            if not real:
                check_shape(faults, case, s)
            check_solutions(faults, case, s, True)
            check_boxes(faults, case, s)
            check_samples(faults, case, oracle.get(s["id"], {}).get("samples", []))
            yield s["id"], faults


def plain(folder, name, files):
    faults = Faults()
    s = json.loads((folder / "expected.json").read_text())
    status, data, talk = convert(name, *files)
    if data is None:
        faults.lines.append("status %d: %s" % (status, talk))
    else:
        case = Case(data)
        check_shape(faults, case, s)
        check_solutions(faults, case, s, False)
        yield_more = {"negolog": check_specs, "scorable": check_game}.get(name)
        if yield_more:
            yield_more(faults, case, s, folder)
    return s["id"], faults


def check_specs(faults, case, _, folder):
    specs = json.loads((folder / "specs.json").read_text())
    count = 1
    for n in case.sizes():
        count *= n
    faults.same("specs: packages", count, specs.get("NumberOfBids", specs.get("NumberofBids")))
    faults.same("specs: issues", len(case.issues), specs["NumberOfIssues"])
    names = [case.data["issues"][i].get("name", i) for i in case.issues]
    bids = {"NashBid": ("Nash_A", "Nash_B"), "KalaiBid": ("Kalai_A", "Kalai_B")}
    for bid, keys in bids.items():
        values = specs[bid]
        if isinstance(values, str):  # two files have them as Python prints them
            values = ast.literal_eval(values)
        package = case.package([values[name] for name in names])
        for party, key in zip(case.parties, keys):
            faults.near("specs: " + key, case.worth(party, package), specs[key])
    for party, key in zip(case.parties, ("ReservationValueProfileA", "ReservationValueProfileB")):
        if key in specs:
            faults.near("specs: " + key, case.without(party) or 0, specs[key])


def check_game(faults, case, s, _):
    """All packages, counted under the rule of acceptance that the case has."""
    rule = case.data["acceptance"]
    everybody = []
    counts = {"all": 0, "at_least_n_minus_1_with_vetoes": 0, "all_but_scores_strict": 0}
    packages = [[]]
    for issue in case.issues:
        packages = [p + [o] for p in packages for o in case.data["issues"][issue]["options"]]
    for ids in packages:
        package = dict(zip(case.issues, ids))
        gains = {p: case.worth(p, package) - case.without(p) for p in case.parties}
        happy = {p for p in gains if gains[p] >= 0}
        if len(happy) == len(gains):
            counts["all"] += 1
            everybody.append([case.data["issues"][i]["options"][package[i]] for i in case.issues])
        counts["all_but_scores_strict"] += all(g > 0 for g in gains.values())
        counts["at_least_n_minus_1_with_vetoes"] += \
            len(happy) >= int(rule["at-least"]) and happy >= set(rule["vetoes"])
    for key, found in counts.items():
        faults.same(key, found, s["acceptance_counts"][key])
    faults.same("packages for all", everybody, s["feasible_all_deals"])


def every(folder):
    yield from genius(folder)
    for place in sorted((folder / "geniusweb").iterdir()):
        names = sorted(place.glob("*[0-9].json"))
        domain = [f for f in place.glob("*.json") if f not in names and f.name != "expected.json"]
        yield plain(place, "geniusweb", domain + names)
    for place in sorted((folder / "negolog").iterdir()):
        yield plain(place, "negolog", [place / "profileA.json", place / "profileB.json"])
    for place in sorted((folder / "scorable-games").iterdir()):
        if place.is_dir():
            yield plain(place, "scorable", [place])


def main():
    folder = data_folder()
    if folder is None:
        print("1..0 # SKIP no shared data (set PARLEY_SHARED_DATA)")
        return 0
    number = bad = checked = 0
    for name, faults in every(folder):
        number += 1
        checked += faults.checked
        bad += bool(faults.lines)
        print("%s %d - %s" % ("not ok" if faults.lines else "ok", number, name))
        for line in faults.lines[:5]:
            print("# " + line)
    print("1..%d" % number)
    print("# %d numbers compared" % checked)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
