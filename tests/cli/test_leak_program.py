"""No leak, by the program itself: two cases that differ only in what an audience may not see, and in the numbers of what
it may, give the same bytes for every verb: text, JSON, tables, files, errors about hidden ids, exit statuses.

    test_leak_program.py PARLEY LEAK_PAIRS

PARLEY_LEAK_PAIRS=N asks for N pairs instead of a few (from PARLEY_LEAK_FIRST on), PARLEY_LEAK_COMMANDS=N for N commands
each. Prints TAP.
"""
import concurrent.futures
import itertools
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

PARLEY, MAKE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COMMON = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH"):
    if name in os.environ:
        COMMON[name] = os.environ[name]
PAIRS = int(os.environ.get("PARLEY_LEAK_PAIRS", "16"))
FIRST = int(os.environ.get("PARLEY_LEAK_FIRST", "0"))
ASKED = int(os.environ.get("PARLEY_LEAK_COMMANDS", "14"))

# The letters of numbered ids: what is renamed in one of the two cases, so that numbers have gaps there.
NUMBERED = re.compile(r"\b([cmrwqsn])(\d+)\b")


def run(at, *words):
    return subprocess.run([PARLEY, *words], capture_output=True, timeout=300, env=COMMON, cwd=at)


def plain(text):
    """Ids as people number them: c3, not c3-0."""
    return re.sub(r"\b([a-z]\d+)-0\b", r"\1", text)


def other_numbers(text):
    return NUMBERED.sub(lambda m: f"{m.group(1)}{3 * int(m.group(2)) + 7}", text)


def ids(text):
    return set(re.findall(r"(?m)^  ([a-z]\d+):", text))


def commands(draw, audience, hidden, seen):
    """Every command that is compared, with ids of the copy and ids that nobody in the audience may know of."""
    parties, issues = [i for i in seen if i[0] == "p"], [i for i in seen if i[0] == "i"]
    name = draw.choice(sorted(hidden)) if hidden else "c99"
    for verb in ("status", "deals", "blocks", "bridges", "counter", "ask", "text", "show", "digest", "relay", "channels",
                 "meet", "promises", "favours", "timeline", "contradictions", "figures", "export", "convert", "page"):
        for form in ([], ["--json"]):
            yield [verb, "CASE", *form]
    for form in ([], ["--json"], ["--format", "markdown"], ["--format", "html"]):
        yield ["brief", "CASE", draw.choice(parties), *form]
        yield ["digest", "CASE", *form, "--since", "2025-01-10"]
    for form in ([], ["--json"]):
        yield ["deals", "CASE", "--list=20", "--home", *form]
        yield ["deals", "CASE", "--rung", "reported", *form]
        yield ["show", "CASE", "--changes", *form]
        yield ["show", "CASE", "--party", draw.choice(parties), *form]
        yield ["timeline", "CASE", "--positions", *form]
        yield ["blocks", "CASE", "--all", "--without", "c1,m1", *form]
        yield ["why", "CASE", f"c{draw.randrange(1, 9)}", *form]
        yield ["why", "CASE", f"m{draw.randrange(1, 4)}", *form]
        yield ["why", "CASE", f"{draw.choice(parties)} {draw.choice(issues)}", *form]
        yield ["search", "CASE", draw.choice(("hidden", "words", "so", "i*", "usual")), *form]
        for more in (["--as-of", f"2025-01-{draw.randrange(1, 31):02}"], ["--at", f"2025-01-{draw.randrange(1, 31):02}"]):
            yield [draw.choice(("status", "deals", "show", "digest", "timeline", "contradictions")), "CASE", *more, *form]
        yield ["export", "CASE", "--as-of", "2025-01-15", *form]
    yield ["export", "CASE", "--csv", "-"]
    yield ["page", "CASE", "--no-script"]
    # names that nobody in the audience may know of
    for form in ([], ["--json"]):
        for words in (["why", "CASE", name], ["brief", "CASE", name], ["show", "CASE", "--party", name],
                      ["show", "CASE", "--issue", name], ["text", "CASE", name], ["relay", "CASE", name],
                      ["counter", "CASE", "--to", name], ["counter", "CASE", "--by", name], ["deals", "CASE", "--without", name],
                      ["deals", "CASE", "--package", f"{name} = u"], ["deals", "CASE", "--query", f"{name} = u"],
                      ["deals", "CASE", "--query", f"p0 accepts {name}"], ["deals", "CASE", "--track", name],
                      ["timeline", "CASE", "--issue", name], ["channels", "CASE", "--from", name, "--to", "p0"],
                      ["search", "CASE", name], ["meet", "CASE", "--party", name], ["ask", "CASE", "--party", name],
                      ["blocks", "CASE", "--readings-of", name], ["why", "CASE", f"{name} i0"], ["bridges", "CASE", "--by", name],
                      ["promises", "CASE", "--party", name], ["timeline", "CASE", "--party", name]):
            yield [*words, *form]


def differ(first, second):
    for what in ("returncode", "stdout", "stderr"):
        one, other = getattr(first, what), getattr(second, what)
        if one != other:
            return f"{what}: {one!r:.1500} ... {other!r:.1500}"
    return None


def compare(key, audience, folder):
    """(what differs, or None; number of commands)"""
    draw = random.Random(key)
    made = pathlib.Path(folder)
    texts = [plain((made / f"{key}-{which}.yaml").read_text(encoding="utf-8")) for which in ("without", "with")]
    audience = plain(audience)
    seen, renamed = ids(texts[0]), other_numbers(texts[1])
    hidden = ids(renamed) - ids(other_numbers(texts[0])) - seen
    count = 0
    with tempfile.TemporaryDirectory(dir=folder) as at:
        sides = [os.path.join(at, side) for side in ("a", "b")]
        for side, text in zip(sides, (texts[0], renamed)):
            os.mkdir(side)
            pathlib.Path(side, "case.yaml").write_text(text, encoding="utf-8")
        case, more = "case.yaml", []
        if key % 8 == 3:  # on disk
            for side in sides:
                assert run(side, "new", "case.parley").returncode == 0
                assert run(side, "import", "case.yaml", "case.parley").returncode == 0
            case = "case.parley"
            day = run(sides[0], "verify", case, "--json").stdout.split(b'"recorded": "')[1][:10].decode()
            more = ["--recorded-as-of", day] if key % 16 == 3 else []
        pool = list(commands(draw, audience, hidden, seen))
        for words in draw.sample(pool, min(ASKED, len(pool))):
            words = [case if w == "CASE" else w for w in words] + ["--for", audience] + more
            one, other = run(sides[0], *words), run(sides[1], *words)
            count += 1
            wrong = differ(one, other)
            if wrong:
                return f"{key} {words}: {wrong}", count
        # a copy that leaves: the bytes and the name, and no word about either on stdout
        verb = draw.choice((["export"], ["export", "--json"], ["brief", "p0"], ["page"], ["digest", "--format", "html"], ["timeline"]))
        words = [verb[0], case, *verb[1:], "--for", audience, "--out", "out/", *more]
        results = []
        for side in sides:
            os.mkdir(os.path.join(side, "out"))
            done = run(side, *words)
            left = sorted(os.listdir(os.path.join(side, "out")))
            results.append((done.returncode, done.stdout, left, [pathlib.Path(side, "out", n).read_bytes() for n in left]))
        if results[0] != results[1]:
            return f"{key} {words}: {results[0]!r:.1500} ... {results[1]!r:.1500}", count
        team = [run(side, "export", case).stdout for side in sides]
        if team[0] == team[1]:
            return f"{key}: there was nothing to hide", count
    return None, count


def main():
    print("1..1")
    wrong, total = [], 0
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=base) as folder:
        for start in range(FIRST, FIRST + PAIRS, 100):
            last = min(start + 100, FIRST + PAIRS) - 1
            made = subprocess.run([MAKE, folder, str(start), str(last)], capture_output=True, check=True, text=True)
            jobs = [line.split() for line in made.stdout.splitlines()]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                done = list(pool.map(lambda job: compare(int(job[0]), job[1], folder), jobs))
            wrong += [w for w, _ in done if w]
            total += sum(n for _, n in done)
            for path in itertools.chain(pathlib.Path(folder).glob("*.yaml")):
                path.unlink()
    print(("not ok" if wrong else "ok") + f" 1 - {PAIRS} pairs give an audience the same bytes ({total} commands asked twice)")
    for line in wrong[:10]:
        print(f"# {line}")
    print(f"# {len(wrong)} pairs differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
