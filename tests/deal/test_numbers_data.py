#!/usr/bin/env python3
"""Every scenario of the shared data that comes with answers, through `convert` and `deals --numbers`:
totals, the frontier as a set of utility vectors with the packages on it, what is individually
rational, and the four solutions with their ties, to 1e-9 and, where the answer is given as fractions,
exactly. Prints TAP.

    test_numbers_data.py PROGRAM

The data are looked for in $PARLEY_SHARED_DATA/deal, ../shared/data/deal beside the repository;
where they are not, the tests skip. Where peers differ, the expected answers are those of an exact
brute force, not theirs.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from fractions import Fraction

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1]
# solution of ours: key of the expected answers
GOALS = {"nash": "nash", "utilitarian": "utilitarian_ir", "egalitarian": "egalitarian_leximin",
         "kalai-smorodinsky": "kalai_smorodinsky_leximin_ideal_ir"}
# the same for what other programs report
ELSEWHERE = {"least-differences": "genius_kalai_smorodinsky_min_abs_diff",
             "kalai-smorodinsky-ideal-all": "kalai_smorodinsky_leximin_ideal_all",
             "utilitarian-all": "utilitarian_all"}


def data_folder():
    for place in (os.environ.get("PARLEY_SHARED_DATA"), ROOT.parent / "shared" / "data"):
        if place and (pathlib.Path(place) / "deal" / "INDEX.json").exists():
            return pathlib.Path(place) / "deal"
    return None


def numbers(path):
    done = subprocess.run([PROGRAM, "deals", str(path), "--numbers", "--json"], capture_output=True,
                          text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise AssertionError("deals --numbers: " + done.stderr[:300])
    return json.loads(done.stdout)


def solve(scratch, *words):
    """The answer for files of another format."""
    done = subprocess.run([PROGRAM, "convert", "--json", *map(str, words)], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise AssertionError("convert: " + done.stderr[:300])
    path = scratch / "case.json"
    path.write_text(done.stdout, encoding="utf-8")
    return numbers(path)


def close(a, b):
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def vectors(points):
    return sorted(tuple(p) for p in points)


def verified(answer, scratch):
    """The second way finishes on the largest spaces there are, and finds nothing wrong."""
    result = scratch / "result.json"
    result.write_text(json.dumps(answer), encoding="utf-8")
    done = subprocess.run([PROGRAM, "verify", str(result), str(scratch / "case.json")],
                          capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else ["verify: " + done.stdout[:300] + done.stderr[:300]]


def same_sets(found, wanted):
    """Two lists of vectors, equal to 1e-9 as sets."""
    if len(found) != len(wanted):
        return False
    left = vectors(wanted)
    for point in vectors(found):
        hit = next((q for q in left if all(close(a, b) for a, b in zip(point, q))), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def exact_of(count):
    return int(count["exact"]) if count and "exact" in count else None


def check(answer, s, parties):
    """What is wrong with an answer; nothing when it is right."""
    faults = []
    order = list(answer["without_a_deal"])
    points = answer["frontier"]["points"]
    found = [[p["utilities"][i] for i in order] for p in points]
    if "n_outcomes" in s and exact_of(answer["packages"]["total"]) not in (None, int(s["n_outcomes"])):
        faults.append("total %s, not %s" % (answer["packages"]["total"], s["n_outcomes"]))
    if answer["frontier"]["status"] != "exact":
        return faults + ["frontier is " + answer["frontier"]["status"]]
    if "pareto_distinct_points" in s and len(points) != s["pareto_distinct_points"]:
        faults.append("frontier of %d, not %d" % (len(points), s["pareto_distinct_points"]))
    if s.get("pareto") and len(s["pareto"]) == s.get("pareto_distinct_points"):
        wanted = [p["u"] if isinstance(p, dict) else p for p in s["pareto"]]
        if not same_sets(found, wanted):
            faults.append("frontier is another set")
    if "pareto_outcomes" in s and all(p["count"] is not None for p in points):
        outcomes = sum(int(p["count"]) for p in points)
        if outcomes != s["pareto_outcomes"]:
            faults.append("%d packages on it, not %d" % (outcomes, s["pareto_outcomes"]))
    reserved = [0 if r is None else r for r in s.get("reserved", [0] * parties)]
    if "pareto_ir_distinct_points" in s:
        rational = sum(all(u >= r - 1e-12 for u, r in zip(p, reserved)) for p in found)
        if rational != s["pareto_ir_distinct_points"]:
            faults.append("%d of them rational, not %d" % (rational, s["pareto_ir_distinct_points"]))
    rational = exact_of(answer["packages"]["acceptable_to_all"])
    if rational is not None and "n_individually_rational" in s:
        if rational != int(s["n_individually_rational"]):
            faults.append("%d rational, not %s" % (rational, s["n_individually_rational"]))
    solutions = s.get("solutions") or {}
    faults += compared(answer, s, solutions, order)
    for ours, theirs in GOALS.items():
        mine = answer["solutions"][ours]
        if solutions.get("no_agreement_zone"):
            if mine["status"] != "none":
                faults.append(ours + " although nobody can agree")
            continue
        ties = solutions.get(theirs)
        if not ties:
            continue
        if mine["status"] != "optimal":
            faults.append("%s is %s" % (ours, mine["status"]))
            continue
        exact = [Fraction(mine["exact"][i]) for i in order]
        if not any([Fraction(x) for x in tie["exact"]] == exact for tie in ties if "exact" in tie):
            faults.append("%s %s, not %s" % (ours, [float(x) for x in exact],
                                             [tie["u"] for tie in ties]))
        if len(ties) < 6 and mine["ties"] != len(ties):
            faults.append("%s ties %s, not %d" % (ours, mine["ties"], len(ties)))
    return faults


def compared(answer, s, solutions, order):
    """What other programs report: the package exactly, with its ties, and opposition to 1e-9."""
    faults = []
    for ours, theirs in ELSEWHERE.items():
        mine = answer["elsewhere"][ours]
        ties = solutions.get(theirs)
        if not ties:
            if solutions.get("no_agreement_zone") and ours.startswith("kalai") and mine["status"] != "none":
                faults.append(ours + " although nobody can agree")
            continue
        exact = [Fraction(mine["exact"][i]) for i in order] if mine["status"] == "optimal" else None
        if not any([Fraction(x) for x in tie["exact"]] == exact for tie in ties if "exact" in tie):
            faults.append("%s %s, not %s" % (ours, mine["utilities"], [tie["u"] for tie in ties]))
        if len(ties) < 6 and mine["ties"] != len(ties):
            faults.append("%s ties %s, not %d" % (ours, mine["ties"], len(ties)))
    for ours, theirs in (("all", "opposition_all"), ("acceptable", "opposition_ir")):
        mine = answer["elsewhere"]["opposition"][ours]
        if theirs not in s:
            continue
        if (mine is None) != (s[theirs] is None) or (mine and not close(mine["distance"], s[theirs])):
            faults.append("opposition %s %s, not %s" % (ours, mine, s[theirs]))
        elif mine and not close(float(Fraction(mine["squared"])), mine["distance"] ** 2):
            faults.append("opposition %s and its square differ" % ours)
    return faults


def specs(answer, folder):
    """NegoLog's own answer file, in NegoLog's own meanings."""
    said = json.loads((folder / "specs.json").read_text(encoding="utf-8"))
    ours = answer["elsewhere"]
    order = list(answer["without_a_deal"])
    pairs = [("Social Welfare", ours["utilitarian-all"]["value"]),
             ("Kalai_A", ours["utilitarian-all"]["utilities"][order[0]]),
             ("Kalai_B", ours["utilitarian-all"]["utilities"][order[1]]),
             ("Nash Product", ours["product-all"]["value"]),
             ("Opposition", ours["opposition"]["utilitarian-all"]["distance"])]
    return ["NegoLog's %s is %s, not %s" % (name, said[name], value) for name, value in pairs
            if name in said and not close(said[name], value)]


def genius(folder, scratch):
    """(id, faults) of each scenario with answers."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for s in expected.get("scenarios", [expected]):
        if s.get("error") or (s.get("note") and not s.get("exact_bnb", {}).get("complete")):
            continue
        cap = ["--cap"]
        try:
            answer = solve(scratch, "--from", "genius", *cap, folder / s["domain"],
                           *(folder / p for p in s["profiles"]))
        except AssertionError as fault:
            yield s["id"], [str(fault)]
            continue
        exact = s.get("exact_bnb")
        if exact:
            order = list(answer["without_a_deal"])
            found = [[p["utilities"][i] for i in order] for p in answer["frontier"]["points"]]
            faults = [] if same_sets(found, exact["capped_frontier"]) else ["frontier is another set"]
            faults += verified(answer, scratch)
            yield s["id"], faults
            continue
        yield s["id"], check(answer, s, len(s["profiles"]))


def negolog(folder, scratch):
    s = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    answer = solve(scratch, "--from", "negolog", folder / "profileA.json", folder / "profileB.json")
    yield s.get("id", folder.name), check(answer, s, 2) + specs(answer, folder)


def geniusweb(folder, scratch):
    s = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    profiles = sorted(folder.glob("*[0-9].json"))
    domain = [f for f in folder.glob("*.json") if f not in profiles and f.name != "expected.json"]
    answer = solve(scratch, "--from", "geniusweb", *domain, *profiles)
    yield s.get("id", folder.name), check(answer, s, len(profiles))


def scorable(folder, scratch):
    s = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    answer = solve(scratch, "--from", "scorable", folder)
    faults = check(answer, s, s["n_parties"])
    wanted = s.get("acceptance_counts", {}).get("all")
    if wanted is not None and exact_of(answer["packages"]["acceptable_to_all"]) != wanted:
        faults.append("all accept %s, not %s" % (answer["packages"]["acceptable_to_all"], wanted))
    yield s.get("id", folder.name), faults


def synthetic(data, scratch):
    """Additive models in text; answers to ten digits."""
    expected = json.loads((data / "synthetic" / "expected.json").read_text(encoding="utf-8"))
    rows = expected if isinstance(expected, list) else list(expected.values())
    for row in rows:
        lines = (data / "synthetic" / row["file"]).read_text().split("\n")
        n, m, k = map(int, lines[0].split())
        u = [line.split() for line in lines[1:1 + n * m]]
        case = {"parley": 1, "title": row["file"], "parties": {}, "issues": {}, "values": {}}
        for i in range(k):
            case["parties"]["p%d" % i] = {"name": "P%d" % i, "roles": ["principal"]}
            case["values"]["p%d" % i] = {"without-a-deal": 0, "scores": {
                "i%d" % j: {"o%d" % o: u[j * m + o][i] for o in range(m)} for j in range(n)}}
        for j in range(n):
            case["issues"]["i%d" % j] = {"ask": "?", "options": {"o%d" % o: "o" for o in range(m)}}
        path = scratch / "synthetic.json"
        path.write_text(json.dumps(case), encoding="utf-8")
        answer = numbers(path)
        faults = []
        for ours, theirs in (("nash", "nash_product"), ("egalitarian", "maximin")):
            mine = answer["solutions"][ours]
            if mine["status"] != "optimal" or abs(mine["value"] - row[theirs]) > 1e-9:
                faults.append("%s %s (%s), not %s" % (ours, mine["value"], mine["status"], row[theirs]))
        yield row["file"], faults


def main():
    data = data_folder()
    if data is None:
        print("1..0 # SKIP ../shared/data/deal is absent")
        return
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    number = 0
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        runs = []
        for name, run in (("genius", genius), ("negolog", negolog), ("geniusweb", geniusweb),
                          ("scorable-games", scorable)):
            for place in sorted((data / name).iterdir()):
                if (place / "expected.json").exists() and only in str(place):
                    runs.append(run(place, scratch))
        if only in "synthetic":
            runs.append(synthetic(data, scratch))
        for run in runs:
            try:
                for name, faults in run:
                    number += 1
                    failed += bool(faults)
                    print("%s %d - %s" % ("not ok" if faults else "ok", number, name))
                    for fault in faults:
                        print("# " + fault)
            except AssertionError as fault:
                number += 1
                failed += 1
                print("not ok %d - %s" % (number, fault))
            sys.stdout.flush()
    print("1..%d" % number)
    sys.exit(1 if failed else 0)


main()
