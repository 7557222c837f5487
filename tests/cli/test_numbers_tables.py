#!/usr/bin/env python3
"""`deals --numbers --csv` and `--xlsx`, read back: the same numbers as in `--json`, texts that are never
formulas, the same bytes twice. Prints TAP.

    test_numbers_tables.py PROGRAM CASES
"""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile

PROGRAM, CASES = sys.argv[1], pathlib.Path(sys.argv[2])
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = """parley: 1
title: "=cmd|' /C calc'!A0"
parties: {a: {name: A, roles: [principal]}, b: {name: B, roles: [principal]}}
issues:
  i: {ask: "?", options: {one: "=1+2", two: "+3, \\"quoted\\"", three: "@SUM(A1)", four: "-x"}}
values:
  a: {without-a-deal: 1, scores: {i: {one: 1, two: 3, three: 2.5, four: -1}}}
  b: {without-a-deal: 1, scores: {i: {one: 3, two: 1, three: 2.5, four: -2}}}
"""
results = []


def check(good, what, why=""):
    results.append((bool(good), what, str(why)))


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, check=False)


def sheet(book, number):
    """Rows of a sheet as {column letters: value}."""
    rows = []
    for row in ET.fromstring(book.read("xl/worksheets/sheet%d.xml" % number)).iter(SHEET + "row"):
        cells = {}
        for cell in row:
            name = re.match("[A-Z]+", cell.get("r")).group()
            if cell.find(SHEET + "f") is not None:
                check(False, "no formula in a sheet", ET.tostring(cell))
            text = cell.find(SHEET + "is")
            value = cell.find(SHEET + "v")
            cells[name] = "".join(text.itertext()) if text is not None else float(value.text)
        rows.append(cells)
    return rows


def close(a, b):
    return abs(float(a) - b) <= 1e-9 * max(1, abs(b))


with tempfile.TemporaryDirectory() as folder:
    scratch = pathlib.Path(folder)
    hostile = scratch / "hostile.yaml"
    hostile.write_text(HOSTILE, encoding="utf-8")
    for case in (CASES / "panama-1974.yaml", CASES / "camp-david-1978.yaml", hostile):
        answer = json.loads(run("deals", case, "--numbers", "--json").stdout)
        table = run("deals", case, "--numbers", "--csv", "-").stdout.decode()
        rows = list(csv.DictReader(io.StringIO(table, newline="")))
        points = [r for r in rows if r["row"] == "frontier"]
        check(table.count("\r\n") == table.count("\n") == len(rows) + 1, case.name + ": lines end with CR LF")
        check(len(points) == answer["frontier"]["size"]
              and all(close(r["worth:" + p], u[p]) for r, u in
                      zip(points, (x["utilities"] for x in answer["frontier"]["points"])) for p in u),
              case.name + ": the frontier is that of --json", rows[:3])
        found = {r["name"]: r for r in rows if r["row"] == "solution"}
        check(all(close(found[g]["worth:" + p], w) and close(found[g]["value"], s["value"])
                  for g, s in answer["solutions"].items() for p, w in s["utilities"].items()),
              case.name + ": so are the solutions", found)
        other = {r["name"]: r for r in rows if r["row"] == "elsewhere"}
        measured = answer["elsewhere"].pop("opposition")
        check(all(close(other[g]["value"], s["value"]) and close(other[g]["worth:" + p], w)
                  for g, s in answer["elsewhere"].items() for p, w in (s["utilities"] or {}).items())
              and len(other) == len(answer["elsewhere"]) + len(measured)
              and all(other["opposition: " + g]["value"] == "" if o is None
                      else close(other["opposition: " + g]["value"], o["distance"])
                      for g, o in measured.items()),
              case.name + ": so is what other programs report", other)
        check(all(close(found[g]["adds:%s:%s" % (i, p)], w)
                  for g, s in answer["solutions"].items() for p, by in s["by_issue"].items()
                  for i, w in by.items()), case.name + ": so is what each issue adds", found)
        check(not any(cell[:1] in "=+-@\t\r" and not re.fullmatch(r"-?[0-9.e+-]+", cell)
                      for r in rows for cell in r.values() if cell),
              case.name + ": no cell is a formula", table)
        book = scratch / (case.stem + ".xlsx")
        done = run("deals", case, "--numbers", "--xlsx", book)
        check(done.returncode == 0 and not done.stdout, case.name + ": a workbook", done.stderr)
        with zipfile.ZipFile(book) as opened:
            check(opened.testzip() is None, case.name + ": it unpacks")
            solutions, frontier = sheet(opened, 2), sheet(opened, 3)
            check(len(frontier) == len(points) + 1
                  and all(close(have["G"], float(want["worth:" + list(answer["without_a_deal"])[0]]))
                          for have, want in zip(frontier[1:], points)),
                  case.name + ": its frontier is the same", frontier[:3])
            check(any(r.get("B") == "nash" for r in solutions), case.name + ": it has the solutions")
            check(len(sheet(opened, 4)) > 1 and sheet(opened, 1)[0]["B"] == answer["title"],
                  case.name + ": it has a summary and the accounts")
            check(any(n.startswith("xl/charts/") for n in opened.namelist()), case.name + ": and a chart")
        time.sleep(1.1)
        again = scratch / (case.stem + "-2.xlsx")
        run("deals", case, "--numbers", "--xlsx", again)
        check(book.read_bytes() == again.read_bytes(), case.name + ": the same bytes a second later")
        check(run("deals", case, "--numbers", "--xlsx", book).returncode == 2,
              case.name + ": a file that is there stays")
        check(run("deals", case, "--numbers", "--xlsx", book, "--force").returncode == 0,
              case.name + ": unless --force")
    panama = CASES / "panama-1974.yaml"
    check(run("deals", panama, "--csv", "-").returncode == 2, "--csv wants --numbers")
    check(run("deals", panama, "--numbers", "--csv", "-", "--json").returncode == 2, "and no --json")
    absent = run("deals", panama, "--numbers", "--xlsx", scratch / "no" / "a.xlsx")
    check(absent.returncode == 4 and b"cannot write" in absent.stderr, "a folder that is absent", absent.stderr)
    check(sorted(p.name for p in scratch.iterdir() if p.is_dir()) == [], "no scratch folder is left behind")
    check((scratch / "hostile.xlsx").stat().st_mode & 0o777 == 0o600, "the file is the user's own")

print("1..%d" % len(results))
for number, (good, what, why) in enumerate(results, 1):
    print("%s %d - %s" % ("ok" if good else "not ok", number, what))
    if not good:
        print("# " + why[:600])
sys.exit(0 if all(good for good, _, _ in results) else 1)
