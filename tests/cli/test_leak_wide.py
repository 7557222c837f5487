"""No leak, over records of every section: pairs of cases that differ only in what an audience may not see (leak_cases.py), by
every verb: text, JSON, Markdown, HTML, tables, exit statuses, errors about ids that are hidden, nearly hidden or nowhere,
completion; as files and on disk, where hidden records were put first, corrected, removed and destroyed.

    test_leak_wide.py PARLEY CASES

PARLEY_LEAK_PAIRS=N asks for N pairs instead of a few (from PARLEY_LEAK_FIRST on), PARLEY_LEAK_COMMANDS=N for N commands
each. Prints TAP.
"""
import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import leak_cases
from leak_cases import HIDDEN

PARLEY, CASES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
COMMON = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH"):
    if name in os.environ:
        COMMON[name] = os.environ[name]
PAIRS = int(os.environ.get("PARLEY_LEAK_PAIRS", "12"))
FIRST = int(os.environ.get("PARLEY_LEAK_FIRST", "0"))
ASKED = int(os.environ.get("PARLEY_LEAK_COMMANDS", "16"))
BASE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

PAGES = ["status", "deals", "blocks", "bridges", "counter", "ask", "text", "show", "digest", "relay", "channels", "meet", "promises",
         "favours", "timeline", "contradictions", "figures", "export", "convert", "page"]
LETTERS = "cmrqwkhofaelbinspv"


def run(at, *words):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=300, env=COMMON, cwd=at)


def good(at, *words):
    done = run(at, *words)
    assert done.returncode == 0, (words, done.stderr)


def misspelt(name):
    return [name[:-1], name + "s", name[0] + name[2:], name.upper()]


def commands(draw, made):
    """Every command that is compared, without the case and the audience."""
    parties = made.shown["parties"] + made.hidden["parties"][:1]
    issues = made.shown["issues"] + made.hidden["issues"][:1]
    tracks = made.shown["tracks"] + made.hidden["tracks"][:1]
    hidden = [i for ids in made.hidden.values() for i in ids] + ["c99", f"{HIDDEN}-levers", f"{HIDDEN}-claims", "nobody"]
    for verb in PAGES:
        yield [verb]
    for p in parties:
        for words in (["brief", p], ["brief", p, "--format", "html"], ["brief", p, "--format", "markdown"], ["why", p],
                      ["counter", "--by", p], ["bridges", "--by", p], ["search", "water", "--party", p],
                      ["blocks", "--readings-of", p], ["channels", "--from", p, "--to", "ua"], ["channels", "--from", "ru", "--to", p]):
            yield words
        for verb in ("show", "timeline", "meet", "promises", "favours", "ask"):
            yield [verb, "--party", p]
    for i in issues:
        for words in (["show", "--issue", i], ["timeline", "--issue", i], ["search", "gate", "--issue", i], ["why", f"ua {i}"],
                      ["deals", "--query", f"{i} = x"], ["deals", "--package", f"{i} = x"]):
            yield words
    for t in tracks:
        for verb in ("deals", "blocks", "bridges", "ask"):
            yield [verb, "--track", t]
    for n in range(1, 9):
        for letter in LETTERS:
            yield ["why", f"{letter}{n}"]
        for words in (["relay", f"e{n}"], ["text", f"p{n}"], ["counter", "--to", f"p{n}"], ["search", "water", "--source", f"s{n}"],
                      ["blocks", "--without", f"c{n}"], ["deals", "--package", f"p{n}"], ["deals", "--query", f"ua accepts p{n}"]):
            yield words
    for words in (["deals", "--list=20", "--home"], ["deals", "--numbers"], ["deals", "--rung", "reported"], ["deals", "--track", "all"],
                  ["show", "--changes"], ["show", "--blocs"], ["show", "--levers"], ["show", "--levers", "--at", "2025-01-10"],
                  ["show", "--agenda"], ["show", "--ripeness"], ["show", "--limit", "1"], ["timeline", "--limit", "2"], ["show", "--all"],
                  ["contradictions", "--limit", "1"], ["search", "water", "--limit", "1"], ["show", "--links"], ["meet", "--standing"], ["timeline", "--positions"],
                  ["timeline", "--since", "2025-01-10"], ["digest", "--since", "3d"], ["digest", "--format", "html"],
                  ["digest", "--format", "markdown"], ["page", "--no-script"], ["page", "--format", "markdown"], ["blocks", "--all"],
                  ["bridges", "--all"], ["bridges", "--limit", "2"], ["bridges", "--bridge", "1", "--no-readings"], ["ask", "--all"],
                  ["counter", "--nearest", "3"], ["export", "--csv", "-"], ["deals", "--numbers", "--csv", "-"]):
        yield words
    for purpose in ("", "=mediator", "=venue", "=table", "=guarantor", "=monitor"):
        yield ["channels", f"--candidates{purpose}"]
    for word in ("water", HIDDEN, f"{HIDDEN}*", "z*", "mandate", "before", "gate opens"):
        yield ["search", word]
        yield ["search", word, "--exact"]
    for name in hidden + [m for h in hidden for m in misspelt(h)]:
        for words in (["why", name], ["text", name], ["relay", name], ["counter", "--to", name], ["deals", "--without", name],
                      ["search", "x", "--source", name], ["brief", name], ["show", "--party", name], ["show", "--issue", name],
                      ["deals", "--track", name], ["deals", "--query", f"{name} = x"], ["deals", "--package", f"{name} = x"],
                      ["deals", "--query", f"ua accepts {name}"], ["deals", "--query", f"{name} accepts p1"]):
            if draw.random() < 0.1:
                yield words
    for day in ("2025-01-05", "2025-01-12", "2025-01-20"):
        for verb in ("status", "deals", "show", "digest", "timeline", "contradictions", "export", "relay", "promises", "page", "text"):
            yield [verb, "--as-of", day]
            if verb not in ("export", "page"):
                yield [verb, "--at", day]
    for line in ("why CASE ", "show CASE --party ", "show CASE --issue ", "text CASE ", "relay CASE ", "brief CASE ",
                 "deals CASE --track ", "blocks CASE --without ", "search CASE x --source "):
        yield ["--complete", line]


def asked(words, case, audience, more):
    if words[0] == "--complete":
        head, _, rest = words[1].partition(" ")
        return ["--complete", f"parley {head} --for {audience} {rest}".replace("CASE", case)]
    return [words[0], case, *words[1:], "--for", audience, *more]


def put_sides(made, at):
    """A folder for each side; the name of the case in it."""
    sides = [os.path.join(at, side) for side in "ab"]
    for side, text, before in zip(sides, made.texts, made.before):
        os.mkdir(side)
        pathlib.Path(side, "case.yaml").write_text(text, encoding="utf-8")
        shutil.copy(CASES / "halt-2025.yaml", os.path.join(side, "other.yaml"))
        if made.key % 2 == 0:
            continue
        good(side, "new", "case.parley")
        if before is not None:
            pathlib.Path(side, "before.yaml").write_text(before, encoding="utf-8")
            good(side, "import", "before.yaml", "case.parley")
        good(side, "import", "case.yaml", "case.parley")
        names = [line[2:line.index(":", 2)] for line in (before or "").splitlines() if line.startswith(f"  {HIDDEN}")]
        for n, name in enumerate(names):
            if n % 3 == 0:
                good(side, "edit", "case.parley", name, "--remove", "--why", HIDDEN)
            elif n % 3 == 1:
                good(side, "edit", "case.parley", name, f"note:{HIDDEN} corrected")
        if names:
            good(side, "destroy", "case.parley", "--all-removed", "--because", HIDDEN)
    return sides, "case.yaml" if made.key % 2 == 0 else "case.parley"


def differ(first, second):
    for what in ("returncode", "stdout", "stderr"):
        one, other = getattr(first, what), getattr(second, what)
        if one != other:
            at = 0
            while not isinstance(one, int) and one[at:at + 1] == other[at:at + 1]:
                at += 1
            cut = slice(max(at - 200, 0), at + 400)
            return f"{what}: " + (f"{one} ... {other}" if isinstance(one, int) else f"{one[cut]!r} ... {other[cut]!r}")
    return None


def compare(key):
    """(what differs, or None; number of commands)"""
    made, draw, count = leak_cases.pair(key), random.Random(key), 0
    with tempfile.TemporaryDirectory(dir=BASE) as at:
        sides, case = put_sides(made, at)
        pool = []
        for words in commands(draw, made):
            pool.append(words)
            if words[0] not in ("page", "--complete") and "--csv" not in words and "--format" not in words:
                pool.append([*words, "--json"])
        chosen = [["export"], ["export", "--json"]] + draw.sample(pool, min(ASKED, len(pool)))
        for words in chosen:
            words = asked(words, case, made.audience, [])
            one, other = run(sides[0], *words), run(sides[1], *words)
            count += 1
            wrong = differ(one, other)
            if wrong is None and HIDDEN.encode() in one.stdout and HIDDEN not in " ".join(words).lower():
                wrong = f"a hidden word: {one.stdout!r:.1000}"
            if wrong is None and one.returncode not in (0, 1, 2, 3):
                wrong = f"exit status {one.returncode}: {one.stderr!r:.500}"
            if wrong is not None:
                return f"{key} {words}: {wrong}", count
        left = []
        verb = draw.choice((["export"], ["export", "--json"], ["brief", "ua"], ["page"], ["digest", "--format", "html"], ["relay"],
                            ["deals", "--numbers", "--json"], ["export", "--as-of", "2025-01-12"]))
        for side in sides:
            os.mkdir(os.path.join(side, "out"))
            done = run(side, *asked(verb, case, made.audience, ["--out", "out/"]))
            names = sorted(os.listdir(os.path.join(side, "out")))
            left.append((done.returncode, done.stdout, names, [pathlib.Path(side, "out", n).read_bytes() for n in names]))
        if left[0] != left[1]:
            return f"{key} {verb}: {left[0]!r:.1000} ... {left[1]!r:.1000}", count
    return None, count


def stops(key):
    """A visible record that leans on a hidden one: nothing goes out, or the reference goes. (what is wrong, or None; stopped)"""
    audience, text = leak_cases.leaning(key)
    with tempfile.TemporaryDirectory(dir=BASE) as at:
        pathlib.Path(at, "case.yaml").write_text(text, encoding="utf-8")
        for verb in ("export", "page"):
            done = run(at, verb, "case.yaml", "--for", audience, "--out", "o")
            stopped = done.returncode == 3
            there = pathlib.Path(at, "o").read_bytes() if os.path.exists(f"{at}/o") else b""
            if done.returncode not in (0, 3) or done.stdout or HIDDEN.encode() in there:
                return f"{key} {verb}: {done.returncode} {done.stdout!r:.300} {done.stderr!r:.600}", stopped
            if stopped and (there or b"leans on" not in done.stderr or b"Nothing goes out" not in done.stderr):
                return f"{key} {verb}: {done.stderr!r:.900}", stopped
            if there:
                os.unlink(f"{at}/o")
    return None, stopped


def the_same_bytes(pool):
    done = list(pool.map(compare, range(FIRST, FIRST + PAIRS)))
    wrong = [w for w, _ in done if w]
    return wrong, f"{PAIRS} pairs with records of every section give an audience the same bytes ({sum(n for _, n in done)} commands " \
                  "asked twice)"


def leaning_stops(pool):
    done = list(pool.map(stops, range(FIRST, FIRST + PAIRS)))
    wrong = [w for w, _ in done if w]
    stopped = sum(s for _, s in done)
    if stopped < PAIRS // 8:
        wrong.append(f"only {stopped} were stopped: there was nothing to see")
    return wrong, f"a record that leans on a hidden one goes nowhere ({stopped} of {PAIRS} stopped)"


def main():
    print("1..2")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for number, function in enumerate((the_same_bytes, leaning_stops), 1):
            wrong, what = function(pool)
            failed += bool(wrong)
            print(("not ok" if wrong else "ok") + f" {number} - {what}")
            for line in wrong[:10]:
                print("# " + line.replace("\n", "\n# "))
            print(f"# {len(wrong)} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
