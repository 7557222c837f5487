#!/usr/bin/env python3
"""Terms derived a second time, from the words of docs/case-format.md, and compared. Prints TAP.

    terms_oracle.py DUMP_TERMS CASES [COUNT [SEED]]

Compares over every shipped case and over COUNT random small cases: the whole case, each claim, reading
and answer set aside in turn, and each day on which something happened. Formulas are compared by their
truth over all packages together with their atoms, so that nothing of the formula code is shared.
"""
import itertools
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

RECORD = {"on-record", "on-record-institution", "document", "party-about-itself"}
STRENGTH = {"outlet": 2, "party-about-another": 2, "third-party-observation": 2, "described": 1}
ACTS = {"request": ("requires", "asks", "ask"), "urge": ("requires", "asks", "ask"),
        "demand": ("requires", "positions", "position"),
        "reject": ("refuses", "positions", "position")}
FIRM = {"aspiration": "asks", "ask": "asks", "position": "positions", "condition": "conditions",
        "red-line-stated": "red-stated", "red-line-tested": "red-tested"}
RUNGS = ["rules", "red-tested", "red-stated", "conditions", "accepted", "positions", "asks",
         "reported", "readings"]

# ---- formulas

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|<=|>=|!=|[=<>{}(),.]|[\w-]+)')
WORDS = {"and", "or", "not", "implies", "if", "iff", "in", "accepts", "true", "false"}


class Parser:
    def __init__(self, text):
        self.t = []
        at = 0
        while text[at:].strip():
            m = TOKEN.match(text, at)
            if not m:
                raise ValueError(text)
            self.t.append(m.group(1))
            at = m.end()
        self.i = 0

    def peek(self):
        return self.t[self.i] if self.i < len(self.t) else None

    def take(self, what=None):
        got = self.peek()
        if got is None or (what and got != what):
            raise ValueError(f"{what} expected, {got} found")
        self.i += 1
        return got

    def whole(self):
        f = self.iff()
        if self.peek() is not None:
            raise ValueError("left over: " + self.peek())
        return f

    def iff(self):
        parts = [self.arrow()]
        while self.peek() == "iff":
            self.take()
            parts.append(self.arrow())
        return parts[0] if len(parts) == 1 else ("iff", *parts)

    def arrow(self):
        left = self.disjunction()
        if self.peek() == "implies":
            self.take()
            return ("implies", left, self.arrow())
        while self.peek() == "if":
            self.take()
            left = ("implies", self.disjunction(), left)
        return left

    def chain(self, word, part):
        parts = [part()]
        while self.peek() == word:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else (word, *parts)

    def disjunction(self):
        return self.chain("or", lambda: self.chain("and", self.unary))

    def unary(self):
        if self.peek() == "not":
            self.take()
            return ("not", self.unary())
        if self.peek() == "(":
            self.take()
            f = self.iff()
            self.take(")")
            return f
        if self.peek() in ("true", "false"):
            return (self.take(),)
        name = self.take().strip('"')
        recipient = None
        if self.peek() == "accepts":
            self.take()
            return ("accepts", name, self.take().strip('"'))
        if self.peek() == ".":
            self.take()
            recipient = self.take().strip('"')
        op = self.take()
        values = []
        if op == "in":
            self.take("{")
            while True:
                values.append(self.take().strip('"'))
                if self.take() == "}":
                    break
        else:
            values.append(self.take().strip('"'))
        return ("atom", name, recipient, op, tuple(sorted(set(values))))


def looks_like(text):
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    return bool(re.search(r"[=<>]|\bin\s*\{", bare) or re.fullmatch(r"\s*\S+ accepts \S+\s*", bare))


def parse(text):
    return Parser(text).whole()


def atoms(f):
    if f[0] in ("atom", "accepts"):
        return {f}
    return set().union(set(), *(atoms(g) for g in f[1:]))


def issues_of(f):
    return {a[1] for a in atoms(f) if a[0] == "atom"}


def conjuncts(f):
    return [g for part in f[1:] for g in conjuncts(part)] if f[0] == "and" else [f]


class World:
    """Truth of formulas over all packages of the issues they mention."""

    def __init__(self, case):
        self.values = {}
        self.order = {}
        for name, row in case.get("issues", {}).items():
            options = row.get("options")
            quantity = row.get("quantity", {})
            if options:
                self.values[name] = [str(o) for o in options]
                self.order[name] = {v: i for i, v in enumerate(self.values[name])}
            elif "step" in quantity:
                lo, hi, step = (int(quantity[k]) for k in ("from", "to", "step"))
                self.values[name] = [str(v) for v in range(lo, hi + 1, step)]
                self.order[name] = {v: int(v) for v in self.values[name]}
            elif "step" in row.get("split", {}):  # without a step it has no values
                split = row["split"]
                units = int(split["of"]) // int(split["step"])
                names = list(split["among"])
                self.values[name] = [
                    dict(zip(names, (u * int(split["step"]) for u in shares)))
                    for shares in itertools.product(range(units + 1), repeat=len(names))
                    if sum(shares) == units]

    def holds(self, atom, value):
        _, name, recipient, op, values = atom
        if recipient is not None:
            have, want = value[recipient], [int(v) for v in values]
        elif name in self.order:
            order = self.order[name]
            have = order[value]
            want = [order[v] if v in order else int(v) for v in values]
        if op in ("=", "in"):
            return have in want
        return {"!=": have != want[0], "<": have < want[0], "<=": have <= want[0],
                ">": have > want[0], ">=": have >= want[0]}[op]

    def truth(self, f, package):
        kind = f[0]
        if kind in ("true", "false"):
            return kind == "true"
        if kind == "atom":
            return self.holds(f, package[f[1]])
        if kind == "accepts":
            return package[f]
        parts = [self.truth(g, package) for g in f[1:]]
        return {"not": lambda: not parts[0], "and": lambda: all(parts), "or": lambda: any(parts),
                "implies": lambda: not parts[0] or parts[1],
                "iff": lambda: len(set(parts)) == 1}[kind]()

    def key(self, f):
        found = sorted(atoms(f), key=str)
        names = sorted({a[1] for a in found if a[0] == "atom"})
        others = [a for a in found if a[0] == "accepts"]
        table = tuple(
            self.truth(f, {**dict(zip(names, values)), **dict(zip(others, yes))})
            for values in itertools.product(*(self.values[n] for n in names))
            for yes in itertools.product((False, True), repeat=len(others)))
        # which values each atom allows, not how it is written
        spelled = frozenset(
            (a[1], tuple(self.holds(a, v) for v in self.values[a[1]])) if a[0] == "atom" else a
            for a in found)
        return names and tuple(names), table, spelled


# ---- dates: (first, last) as ordinals

def date_span(text):
    import calendar
    import datetime
    m = re.fullmatch(r"(before +|after +)?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?~?", str(text))
    side, y, mo, d = (m.group(1) or "").strip(), int(m.group(2)), m.group(3), m.group(4)
    first = datetime.date(y, int(mo or 1), int(d or 1)).toordinal()
    last_month = int(mo or 12)
    last = datetime.date(y, last_month, int(d or calendar.monthrange(y, last_month)[1])).toordinal()
    if side == "before":
        return -10**9, first - 1
    if side == "after":
        return last + 1, 10**9
    return first, last


def as_list(value):
    return [] if value is None else value if isinstance(value, list) else [value]


# ---- terms

class Derivation:
    def __init__(self, case, without=None, at=None):
        self.case = case
        self.world = World(case)
        self.claims = case.get("claims") or {}
        self.order = {c: i for i, c in enumerate(self.claims)}
        self.responses = {f"responses[{i + 1}]": r
                          for i, r in enumerate(case.get("responses") or [])}
        self.without, self.last = without, date_span(at)[1] if at else None
        self.live = {c for c, row in self.claims.items()
                     if c != without and self.by_then(row.get("date"))}
        self.said = []   # (party, mode, formula, rung, basis, firmness, claim, response, reading)
        self.shifts = set()
        self.asked = []  # claims of which some part was held against later claims
        self.assured = []
        self.replacers = {c: [d for d in self.claims if d in self.live and
                              c in as_list(self.claims[d].get("replaces"))] for c in self.claims}

    def by_then(self, date):
        return self.last is None or date is None or date_span(date)[0] <= self.last

    def party(self, voice):
        voice = str(voice)
        head = voice.split(":")[0]
        if head in self.case.get("parties", {}):
            return head
        if voice in (self.case.get("sources") or {}):
            return None
        person = (self.case.get("people") or {}).get(voice)
        return person["of"] if person else None

    def about(self, row):
        """proposal, formulas, issue"""
        text = row.get("about")
        if text is None:
            return None, [], None
        if text in (self.case.get("proposals") or {}):
            return text, self.of_proposal(text), None
        if text in (self.case.get("issues") or {}):
            return None, [], text
        for section in ("concerns", "points", "claims"):
            if text in (self.case.get(section) or {}):
                return None, [], None
        return None, [parse(text)] if looks_like(text) else [], None

    def of_proposal(self, name):
        row = self.case["proposals"][name]
        texts = as_list(row.get("text")) + as_list(row.get("parts"))
        return [parse(t) for t in texts if looks_like(t)]

    def conditions(self, row, key):
        listed = as_list(row.get(key))
        return ([parse(t) for t in listed if looks_like(t)],
                any(not looks_like(t) for t in listed))

    def subject(self, claim):
        row = self.claims[claim]
        _, formulas, issue = self.about(row)
        rows = [row] + [r for r in self.responses.values() if r.get("claim") == claim]
        for r in rows:
            formulas = formulas + self.conditions(r, "if")[0] + self.conditions(r, "only-if")[0]
        return set().union({issue} - {None}, *(issues_of(f) for f in formulas))

    def replaced(self, claim, party, mine):
        out = False
        self.asked.append(claim)
        for later in self.replacers.get(claim, []):
            theirs = self.subject(later)
            whole = not theirs or not mine
            hit = mine if whole else mine & theirs
            if whole or hit:
                out = True
                softer = self.strength(later) < self.strength(claim)
                for issue in hit:
                    self.shifts.add((claim, later, party, issue, softer))
                if whole:
                    self.shifts.add((claim, later, party, None, softer))
        return out

    def strength(self, claim):
        cls = self.claims[claim].get("class")
        return 3 if cls in RECORD else STRENGTH.get(cls, 0)

    def say(self, party, mode, f, rung, basis, firm, claim=None, response=None, reading=None):
        for part in [f] if mode == "refuses" else conjuncts(f):
            if claim is None or not self.replaced(claim, party, issues_of(part)):
                if mode != "none":
                    self.said.append((party, mode, part, rung, basis, firm, claim, response, reading))

    def words(self, claim, party, row, keys):
        if claim is not None:
            for key in keys:
                for text in as_list(row.get(key)):
                    if not looks_like(text):
                        self.replaced(claim, party, set())

    def assure(self, party, is_list, formulas, rung, claim, response):
        if not formulas:
            return
        if claim is not None and any(self.replaced(claim, party, issues_of(f)) for f in formulas):
            return
        self.assured.append((party, is_list, rung, claim, response, len(formulas)))

    @staticmethod
    def all_of(formulas):
        return formulas[0] if len(formulas) == 1 else ("and", *formulas)

    def given(self, f, conditions):
        return ("implies", self.all_of(conditions), f) if conditions else f

    def stand(self, cls, rung):
        return (rung, "record") if cls in RECORD else ("reported", "reported")

    def yes(self, party, row, cls, firmness, accept_if, formulas, claim, response):
        conditions, words = self.conditions(row, "if")
        only, only_words = self.conditions(row, "only-if")
        rung, basis = self.stand(cls, FIRM.get(firmness, "conditions"))
        firm = firmness or "condition"
        where = dict(claim=claim, response=response)
        for g in only:
            if formulas:
                self.say(party, "requires", ("implies", self.all_of(formulas), g), rung, basis,
                         firm, **where)
        self.words(claim, party, row, ["if", "only-if"])
        if accept_if:
            for g in conditions:
                self.say(party, "requires", g, rung, basis, firm, **where)
            if row.get("list") == "complete" and not words and not only_words:
                self.assure(party, True, formulas + conditions, rung, claim, response)
            return
        if words or only_words:
            return
        rung, basis = self.stand(cls, "accepted")
        for f in formulas:
            self.say(party, "accepts", self.given(f, conditions), rung, basis, firmness or "",
                     **where)
        if formulas or conditions:
            self.assure(party, False, formulas + conditions, rung, claim, response)

    def from_claim(self, claim):
        row = self.claims[claim]
        act, cls, firmness = row["act"], row.get("class"), row.get("firmness")
        proposal, formulas, issue = self.about(row)
        done = set()
        for voice in as_list(row["by"]):
            party = self.party(voice)
            if party is None or party in done:
                continue
            done.add(party)
            conditions, words = self.conditions(row, "if")
            if act in ("accept", "concede", "accept-if"):
                self.yes(party, row, cls, firmness, act == "accept-if", formulas, claim, None)
            elif act in ACTS:
                mode, rung, firm = ACTS[act]
                rung, basis = self.stand(cls, FIRM.get(firmness, rung))
                self.words(claim, party, row, ["if"])
                held = conditions if not words else []
                if words and mode != "refuses":
                    mode = "none"
                if mode == "refuses" and formulas:
                    f = self.all_of(formulas + held) if len(formulas) == 1 or not held \
                        else ("and", self.all_of(formulas), self.all_of(held))
                    self.say(party, mode if not words else "none", f, rung, basis,
                             firmness or firm, claim=claim)
                elif mode != "refuses":
                    for f in formulas:
                        self.say(party, mode, self.given(f, held), rung, basis, firmness or firm,
                                 claim=claim)
                complete = row.get("list") == "complete" or (
                    proposal and self.case["proposals"][proposal].get("list") == "complete")
                if act == "demand" and complete and not words:
                    self.assure(party, True, formulas + conditions, rung, claim, None)
            else:
                if act in ("propose", "offer") and formulas and not words:
                    rung, _ = self.stand(cls, "accepted")
                    self.assure(party, False, formulas + conditions, rung, claim, None)
                for f in formulas:
                    self.say(party, "none", f, None, None, None, claim=claim)
            if not formulas:
                self.replaced(claim, party, {issue} if issue else set())

    def from_response(self, name):
        row = self.responses[name]
        claim = row.get("claim")
        happened = row.get("date") or (self.claims[claim].get("date") if claim else None)
        if name == self.without or not self.by_then(happened) or (claim and claim not in self.live):
            return
        cls = row.get("class") or (self.claims[claim].get("class") if claim else None)
        party = self.party(row["party"])
        formulas = self.of_proposal(row["to"])
        if row["answer"] in ("accept", "accept-if"):
            self.yes(party, row, cls, None, row["answer"] == "accept-if", formulas, claim, name)
        elif row["answer"] == "reject" and formulas:
            rung, basis = self.stand(cls, "positions")
            self.say(party, "refuses", self.all_of(formulas), rung, basis, "position",
                     claim=claim, response=name)

    def from_reading(self, name, row):
        if name == self.without or not self.by_then(row.get("date")):
            return
        conditions, words = self.conditions(row, "if")
        if words:
            return
        mode = next(m for m in ("refuses", "requires", "accepts") if m in row)
        f = parse(row[mode])
        if mode == "refuses" and conditions:
            f = ("and", f, *conditions)
        elif conditions:
            f = self.given(f, conditions)
        self.say(row["party"], mode, f, "readings", "reading", "", reading=name)

    def run(self):
        for claim in self.claims:
            if claim in self.live:
                self.from_claim(claim)
        for name in self.responses:
            self.from_response(name)
        for name, row in (self.case.get("readings") or {}).items():
            self.from_reading(name, row)
        # a claim that nothing was asked of (its conditions stand nowhere) is replaced all the same
        asked = set(self.asked)
        for claim, row in self.claims.items():
            if claim in self.live and self.replacers[claim] and claim not in asked:
                _, formulas, issue = self.about(row)
                mine = set().union({issue} - {None}, *(issues_of(f) for f in formulas))
                for voice in as_list(row["by"]):
                    party = self.party(voice)
                    if party:
                        self.replaced(claim, party, mine)
        merged = {}
        for s in self.said:
            key = (s[0], s[1], s[8] or self.world.key(s[2]))
            if s[8]:
                key += (self.world.key(s[2]),)
            merged.setdefault(key, []).append(s)
        terms = []
        for key, group in merged.items():
            top = min(group, key=lambda s: RUNGS.index(s[3]))
            claims = sorted({s[6] for s in group if s[6]}, key=self.order.get)
            support = [c for c in claims
                       if not set(as_list(self.claims[c].get("repeats"))) & set(claims)]
            terms.append((key[0], key[1], self.world.key(top[2]), top[3], top[4], tuple(claims),
                          tuple(support), tuple(sorted({s[8] for s in group if s[8]})),
                          tuple(sorted({s[7] for s in group if s[7]}))))
        return terms


def theirs(world, answer):
    return [(t["party"], t["mode"], world.key(parse(t["text"])), t["rung"], t["basis"],
             tuple(t["claims"]), tuple(t["support"]), tuple(t["readings"]),
             tuple(sorted(t["responses"]))) for t in answer["terms"]]


def compare(case, answer, without=None, at=None):
    d = Derivation(case, without, at)
    ours = sorted(map(repr, d.run()))
    found = theirs(d.world, answer)
    rungs = [RUNGS.index(t[3]) for t in found]
    if rungs != sorted(rungs):
        return "terms are not in ladder order"
    found = sorted(map(repr, found))
    if ours != found:
        a, b = [t for t in ours if t not in found], [t for t in found if t not in ours]
        return f"terms: only the oracle {a[:2]}, only the program {b[:2]}"
    shifts = sorted(map(repr, ((s[0], s[1], s[2], s[3], s[4]) for s in answer["shifts"])))
    if sorted(map(repr, d.shifts)) != shifts:
        return f"shifts: oracle {sorted(d.shifts, key=repr)}, program {shifts}"
    assured = sorted(repr((a["party"], a["list"], a["rung"], a["claim"], a["response"],
                           a["formulas"])) for a in answer["assurances"])
    if sorted(map(repr, d.assured)) != assured:
        return f"assurances: oracle {d.assured}, program {assured}"
    return None


def compare_all(case, line):
    if line["status"] != "ok":
        return "the program cannot read it: " + line.get("message", "")
    if not isinstance(line["whole"], dict):
        return line["whole"]
    fault = compare(case, line["whole"])
    for name, answer in line["without"].items():
        if fault is None and not isinstance(answer, dict):
            fault = answer
        fault = fault or (f := compare(case, answer, without=name)) and f"without {name}: {f}"
    for day, answer in line["at"].items():
        fault = fault or (f := compare(case, answer, at=day)) and f"at {day}: {f}"
    return fault


# ---- random cases

def random_atom(r):
    issue = r.choice("xyzq")
    if issue == "q":
        return f"q {r.choice(['=', '<=', '>='])} {r.choice([10, 20])}", "q"
    options = {"x": "abcd", "y": "abcd", "z": "lmh"}[issue]
    if issue == "z":
        return f"z {r.choice(['=', '!='])} {r.choice(options)}", "z"
    kind = r.choice(["=", "!=", "in"])
    if kind == "in":
        two = r.sample(options, 2)
        return f"{issue} in {{{two[0]}, {two[1]}}}", issue
    return f"{issue} {kind} {r.choice(options)}", issue


def random_formula(r):
    a, i = random_atom(r)
    kind = r.random()
    if kind < 0.55:
        return a
    b, k = random_atom(r)
    while k == i:
        b, k = random_atom(r)
    if kind < 0.8:
        return f"{a} and {b}"
    return f"{a} {r.choice(['or', 'implies'])} {b}"


def random_condition(r):
    return "words without a formula" if r.random() < 0.12 else random_formula(r)


def random_case(r):
    case = {"parley": 1,
            "sources": {"s": {"kind": "outlet", "date": "2025-03-14"}, "t": {"kind": "column"}},
            "parties": {"ru": {"roles": ["principal"]}, "ua": {"roles": ["principal"]},
                        "eu": {"members": ["fr"]}, "fr": {}},
            "people": {"putin": {"of": "ru"}},
            "issues": {"x": {"options": list("abcd")}, "y": {"options": list("abcd")},
                       "z": {"ordered": True, "options": {"l": "Low", "m": "Middle", "h": "High"}},
                       "q": {"quantity": {"from": 0, "to": 30, "step": 10}}, "land": {}},
            "proposals": {"p1": {"tabled-by": "ua", "text": random_formula(r)},
                          "p2": {"tabled-by": "s", "text": random_formula(r),
                                 "parts": [random_condition(r) for _ in range(r.randint(0, 2))]},
                          "p3": {"tabled-by": "ru", "text": "words", "list": "complete"}},
            "claims": {}, "responses": [], "readings": {}}
    if r.random() < 0.3:
        case["proposals"]["p1"]["list"] = r.choice(["open", "complete"])
    acts = ["say", "request", "urge", "demand", "propose", "offer", "accept", "accept-if",
            "open-to", "defer", "reject", "concede", "promise", "threaten", "deny", "not-aware",
            "no-comment", "report", "predict"]
    strong = ["demand", "reject", "accept", "accept-if", "request", "concede", "propose"]
    names = []
    for i in range(r.randint(1, 9)):
        row = {"by": r.choice(["ru", "ua", "ru:putin", "putin", "eu", "s", ["ru", "ua"],
                               ["ru", "putin", "s"]]),
               "act": r.choice(strong if r.random() < 0.8 else acts)}
        if r.random() < 0.95:
            row["date"] = r.choice(["2025-03-%02d" % r.randint(1, 5), "2025-03", "2025-03-02~",
                                    "before 2025-03-03", "after 2025-03-03", "2024"])
        if r.random() < 0.95:
            row["about"] = r.choice([random_formula(r), random_formula(r), random_formula(r), "p1",
                                     "p2", "p3", "land", "x", "plain words", *names])
        if r.random() < 0.9:
            row["class"] = r.choice(sorted(RECORD) + ["on-record"] * 3 + sorted(STRENGTH) + ["bare"])
        if r.random() < 0.3:
            row["firmness"] = r.choice(sorted(FIRM))
        if r.random() < 0.35:
            row["if"] = [random_condition(r) for _ in range(r.randint(1, 3))]
        if r.random() < 0.15:
            row["only-if"] = [random_condition(r) for _ in range(r.randint(1, 2))]
        if r.random() < 0.3:
            row["list"] = r.choice(["open", "complete"])
        for key, chance in (("replaces", 0.35), ("repeats", 0.25)):
            if names and r.random() < chance:
                row[key] = r.sample(names, r.randint(1, min(2, len(names))))
        if r.random() < 0.9:
            row["source"] = "s"
        name = f"c{i}"
        case["claims"][name] = row
        names.append(name)
    for _ in range(r.randint(0, 3)):
        row = {"party": r.choice(["ru", "ua"]), "to": r.choice(["p1", "p2", "p3"]),
               "answer": r.choice(["accept", "accept-if", "counter", "defer", "reject", "silent"])}
        if r.random() < 0.5:
            row["if"] = [random_condition(r) for _ in range(r.randint(1, 2))]
        if r.random() < 0.2:
            row["only-if"] = [random_condition(r)]
        if r.random() < 0.4:
            row["list"] = r.choice(["open", "complete"])
        mine = [c for c, x in case["claims"].items()
                if any(str(v).startswith(row["party"]) or (v == "putin" and row["party"] == "ru")
                       for v in as_list(x["by"]))]
        if mine and r.random() < 0.7:
            row["claim"] = r.choice(mine)
        else:
            row["date"] = "2025-03-0%d" % r.randint(1, 5)
        if r.random() < 0.3:
            row["class"] = r.choice(["on-record", "bare"])
        case["responses"].append(row)
    for i in range(r.randint(0, 3)):
        row = {"party": r.choice(["ru", "ua"]), r.choice(["refuses", "requires", "accepts"]):
               random_formula(r), "because": "so", "from": []}
        if r.random() < 0.4:
            row["if"] = [random_condition(r) for _ in range(r.randint(1, 2))]
        if r.random() < 0.5:
            row["date"] = "2025-03-0%d" % r.randint(1, 5)
        case["readings"][f"m{i}"] = row
    return case


def dump(tool, names):
    done = subprocess.run([tool, "-"], input="\n".join(names) + "\n", text=True,
                          capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    tool, cases = sys.argv[1], pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1500
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    results = []
    try:
        import yaml

        class Plain(yaml.SafeLoader):
            """Dates stay text."""

        Plain.yaml_implicit_resolvers = {
            k: [(tag, regex) for tag, regex in v if tag != "tag:yaml.org,2002:timestamp"]
            for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()}
        for path in sorted(cases.glob("*.yaml")):
            case = yaml.load(path.read_text(encoding="utf-8"), Plain)
            results.append((f"{path.name} gives the oracle's terms",
                            compare_all(case, dump(tool, [str(path)])[0])))
    except ImportError:
        results.append(("shipped cases give the oracle's terms # SKIP no PyYAML here", None))
    faults, terms, done = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        while done < count and len(faults) < 3:
            batch = []
            for _ in range(min(250, count - done)):
                case = random_case(random.Random(f"{seed}/{done}"))
                path = pathlib.Path(folder) / f"r{done}.json"
                path.write_text(json.dumps(case))
                batch.append((done, case, str(path)))
                done += 1
            for (number, case, _), line in zip(batch, dump(tool, [b[2] for b in batch])):
                fault = compare_all(case, line)
                terms += len(line["whole"]["terms"]) if not fault else 0
                if fault:
                    faults.append(f"case {number} of seed {seed}: {fault}")
    results.append((f"{done} random cases give the oracle's terms ({terms} terms)",
                    "; ".join(faults) or None))
    results.append(("the random cases have terms to compare",
                    None if terms > done else f"only {terms} terms"))
    print(f"1..{len(results)}")
    for number, (name, fault) in enumerate(results, 1):
        print(f"{'not ok' if fault else 'ok'} {number} - {name}")
        if fault:
            print("# " + fault[:1500])
            print(name + ": " + fault[:3000], file=sys.stderr)
    return 1 if any(fault for _, fault in results) else 0


if __name__ == "__main__":
    sys.exit(main())
