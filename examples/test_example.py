"""The example of docs/c-interface.md: it says what the program says, and compiles as C++ too.

    test_example.py EXAMPLE EXAMPLE.c PARLEY SOURCE-ROOT

Prints TAP.
"""

import json
import pathlib
import shutil
import subprocess
import sys

EXAMPLE, SOURCE, PARLEY, ROOT = sys.argv[1:5]
CASES = sorted(pathlib.Path(ROOT, "cases").glob("*.yaml"))
RESULTS = []


def run(*words):
    return subprocess.run([*words], capture_output=True, text=True, timeout=60)


def check(good, what):
    RESULTS.append(good)
    print(("ok" if good else "not ok"), len(RESULTS), "-", what)


def same_counts(case):
    said = run(EXAMPLE, str(case))
    page = json.loads(run(PARLEY, "deals", str(case), "--json").stdout)
    wanted = [(r["rung"], r["left"]) for r in page["ladder"]]
    lines = [line.split() for line in said.stdout.splitlines() if not line.startswith(("first", " "))]
    if not wanted:
        return said.returncode == 0 and said.stdout == "nothing to count yet\n"
    return said.returncode == 0 and [(w, n.replace(",", "")) for w, n in lines] == wanted


for case in CASES:
    check(same_counts(case), f"{case.name}: the ladder of `parley deals`")
bad = run(EXAMPLE, "no/such.yaml")
check(bad.returncode == 1 and bad.stderr.startswith("ladder: cannot open"), "what goes wrong is said")

page = pathlib.Path(ROOT, "docs/c-interface.md").read_text(encoding="utf-8")
said = run(EXAMPLE, str(pathlib.Path(ROOT, "cases/halt-2025.yaml"))).stdout
check(said in page, "the page shows what it prints")

headers = pathlib.Path(ROOT, "include/parley")
named = {h.name for h in headers.glob("*.h")}
check(all(f"`{name}`" in page for name in named), "the page names every header")

for compiler, words in (("gcc", ["-x", "c", "-std=c17"]), ("clang", ["-x", "c", "-std=c17"]),
                        ("g++", ["-x", "c++", "-std=c++17"]), ("clang++", ["-x", "c++", "-std=c++17"])):
    if shutil.which(compiler) is None:
        check(True, f"{compiler} # SKIP it is not here")
        continue
    built = run(compiler, *words, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only",
                f"-I{ROOT}/include", SOURCE)
    if built.returncode != 0:
        print("#", built.stderr.replace("\n", "\n# "))
    check(built.returncode == 0, f"it compiles without a warning: {compiler}")

print(f"1..{len(RESULTS)}")
sys.exit(0 if all(RESULTS) else 1)
