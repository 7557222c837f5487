"""Pairs of cases with records of every section, that differ only in what an audience may not see.

    pair(key) -> Pair

Both sides hold the same visible records in the same order, under other numbers; each side has hidden records of its own
(none on the first side of every third pair), hidden entries in references that may go, and notes, a mandate, words that
nobody could read, comments, values and a game of its own. Whatever is hidden holds the word HIDDEN somewhere, so that it
must not be found in anything that is shown. The same key gives the same pair.
"""
import json
import random

HIDDEN = "zebra"

# Labels by audience: what it may see, and what it may not.
SEEN = {
    "public": ["public"],
    "principals": ["public", "all", "principals"],
    "all": ["public", "all"],
    "ua": ["public", "all", "principals", "ua", "[ua, ru]", "[cz, ua]"],
    "cz": ["public", "all", "cz", "[ru, cz]"],
}
UNSEEN = {
    "public": ["team", "principals", "all", "ua", "[ua, ru, cz]", "[]"],
    "principals": ["team", "ua", "[ua, ru]", "cz", "[]"],
    "all": ["team", "principals", "ua", "[ua, ru, us, cz]"],
    "ua": ["team", "ru", "[ru, cz]", "us", "[]"],
    "cz": ["team", "principals", "ru", "[ru, ua]", "us"],
}
ACTS = ["say", "request", "urge", "demand", "propose", "offer", "accept", "accept-if", "open-to", "defer", "reject", "concede",
        "promise", "threaten", "deny", "not-aware", "no-comment", "report", "predict"]
CLASSES = ["on-record", "on-record-institution", "described", "bare", "outlet", "document", "party-about-itself",
           "party-about-another", "third-party-observation"]
LETTER = {"sources": "s", "points": "q", "flags": "w", "concerns": "k", "constituencies": "h", "polls": "o", "proposals": "p",
          "claims": "c", "readings": "m", "rules": "r", "figures": "f", "levers": "l", "candidates": "a", "relays": "e",
          "obligations": "b", "incidents": "i", "links": "n", "perceptions": "v"}
NAMED = ["parties", "people", "tracks", "issues"]
# the team's when no label is typed
TEAMS = ["readings", "rules", "relays", "favours", "obligations", "channels", "candidates"]
LISTS = ["responses", "channels", "meetings", "favours", "expected"]
ORDER = ["sources", "parties", "people", "tracks", "issues", "points", "flags", "concerns", "constituencies", "polls", "proposals",
         "responses", "claims", "readings", "rules", "values", "figures", "levers", "candidates", "channels", "relays", "meetings",
         "favours", "obligations", "incidents", "links", "perceptions", "expected"]


class Ref:
    """A record with a number: its id differs from side to side."""

    def __init__(self, section, seen):
        self.section, self.seen = section, seen


class F:
    """A formula, with proposals in it."""

    def __init__(self, *parts):
        self.parts = parts


class Raw(str):
    """As it stands in the file."""


class Hide(list):
    """A list whose hidden entries stand on one side only."""


class Pair:
    def __init__(self, key, audience, texts, before, shown, hidden):
        self.key, self.audience, self.texts, self.before = key, audience, texts, before
        self.shown, self.hidden = shown, hidden


class Maker:
    leans = 0  # visible records that may still lean on a hidden one
    labelled = False  # every record has a label: one without might be let out by whoever needs it

    def __init__(self, key):
        self.r = random.Random(key * 7919 + 13)
        self.key = key
        self.audience = self.r.choice(sorted(SEEN))
        self.rows = {s: [] for s in ORDER}  # (id or Ref or None, members, seen)
        self.hidden_count = 0

    def chance(self, p):
        return self.r.random() < p

    def refs(self, section, seen_only):
        if seen_only and self.leans > 0 and self.chance(0.02):
            hidden = [i for i, _, seen in self.rows[section] if not seen]
            if hidden:
                self.leans -= 1
                return hidden
        return [i for i, _, seen in self.rows[section] if (seen or not seen_only)]

    def one(self, section, seen):
        """An id of a section: of something visible, for what is visible."""
        got = self.refs(section, seen)
        return self.r.choice(got) if got else None

    def some(self, section, seen, most=3):
        got = self.refs(section, seen)
        return self.r.sample(got, min(len(got), self.r.randint(1, most)))

    def prunable(self, section, seen):
        """Ids that may go with what they point to."""
        shown = self.refs(section, True)
        got = Hide(self.r.sample(shown, min(len(shown), self.r.randint(0, 2))))
        if not seen or self.chance(0.6):
            got += self.some(section, False, 2) if self.refs(section, False) else []
        self.r.shuffle(got)
        return got

    def day(self, last=28):
        text = f"2025-01-{self.r.randint(1, last):02}"
        return text + ("~" if self.chance(0.1) else "")

    def words(self, seen):
        text = " ".join(self.r.choice("the water gate opens at noon for both towns and nobody said more words usual".split())
                        for _ in range(self.r.randint(2, 6)))
        if not seen:
            self.hidden_count += 1
            text += f" {HIDDEN}{self.hidden_count}"
        return text

    def voice(self, seen):
        people = [i for i in self.refs("people", seen)]
        if people and self.chance(0.25):
            person = self.r.choice(people)
            of = next(m["of"] for i, m, _ in self.rows["people"] if i == person)
            return f"{of}:{person}"
        return self.one("parties", seen)

    def atom(self, seen):
        if seen and self.leans > 0 and self.chance(0.03):
            hidden = [i for i, m, s in self.rows["issues"] if not s and "options" in m]
            if hidden:
                self.leans -= 1
                return F(f"{self.r.choice(hidden)} = x")
        rows = [(i, m) for i, m, s in self.rows["issues"] if s or not seen]
        issue, m = self.r.choice(rows)
        if "quantity" in m:
            return F(f"{issue} {self.r.choice(['<=', '>=', '=', '!='])} {self.r.choice([10, 20, 30])}")
        if "split" in m:
            return F(f"{issue}.ua {self.r.choice(['<=', '>='])} {self.r.choice([25, 50, 75])}")
        if "options" not in m:
            return self.atom(seen)
        option = self.r.choice(["x", "y", "z"])
        return F(f"{issue} {self.r.choice(['=', '=', '!='])} {option}")

    def formula(self, seen, deep=2):
        if deep > 0 and self.chance(0.35):
            a, b = self.formula(seen, deep - 1), self.formula(seen, deep - 1)
            return F("(", *a.parts, self.r.choice([" and ", " or ", " implies "]), *b.parts, ")")
        if deep > 0 and self.chance(0.15):
            return F("not (", *self.formula(seen, deep - 1).parts, ")")
        proposals = self.refs("proposals", seen)
        if proposals and self.chance(0.12):
            return F(self.one("parties", seen), " accepts ", self.r.choice(proposals))
        return self.atom(seen)

    def condition(self, seen):
        return self.words(seen) if self.chance(0.2) else self.formula(seen, 1)

    def about(self, seen, kinds):
        kind = self.r.choice(kinds)
        if kind == "words":
            return self.words(seen)
        if kind == "formula":
            return self.formula(seen)
        return self.one(kind, seen) or self.formula(seen)

    # ------------------------------------------------------------------ one record of each kind

    def make(self, section, seen):
        m = getattr(self, section)(seen)
        return {k: v for k, v in m.items() if v is not None and v != []}

    def sources(self, seen):
        return {"name": self.words(seen), "kind": self.r.choice(["outlet", "meeting", "document", "column", "message"]),
                "date": self.day() if self.chance(0.7) else None, "published": Raw("true") if self.chance(0.3) else None,
                "url": "https://example.org/" + self.words(seen).replace(" ", "-") if self.chance(0.3) else None}

    def parties(self, seen):
        return {"name": self.words(seen), "roles": [self.r.choice(["principal", "mediator", "guarantor", "affected", "outside"])],
                "members": self.some("parties", seen, 2) if self.chance(0.3) else None}

    def people(self, seen):
        return {"name": self.words(seen), "of": self.one("parties", seen), "office": self.words(seen) if self.chance(0.5) else None}

    def tracks(self, seen):
        return {"name": self.words(seen), "table": self.r.choice(["now", "later", "excluded"])}

    def issues(self, seen):
        m = {"ask": self.words(seen), "track": self.one("tracks", seen), "name": self.words(seen) if self.chance(0.3) else None}
        kind = self.r.random()
        if kind < 0.6:
            m["options"] = {o: self.words(seen) for o in "xyz"}
            if self.chance(0.3):
                m["needs"] = {"y": self.some("parties", seen, 2)}
            if self.chance(0.3):
                m["by"] = {"x": self.some("parties", seen, 2)}
            m["ours"] = ["z"] if self.chance(0.3) else None
            m["ordered"] = Raw("true") if self.chance(0.3) else None
        elif kind < 0.8:
            m["quantity"] = Raw("{unit: day, from: 10, to: 30, step: 10}")
        elif kind < 0.9:
            m["split"] = Raw('{of: 100, unit: percent, step: 25, among: {ua: "One", ru: "Other"}}')
        if "options" not in m and self.chance(0.4):
            m["needs"] = self.some("parties", seen, 2)
        return m

    def points(self, seen):
        return {"ask": self.words(seen)}

    def flags(self, seen):
        m = {"law": "law-" + self.words(seen).replace(" ", "-"), "notice": self.words(seen), "by": self.words(seen),
             "office": self.words(seen), "because": self.words(seen), "keeps-out": [self.formula(seen, 1)],
             "about": self.about(seen, ["formula", "issues"])}
        if self.chance(0.3):
            m["lifted"] = {"by": self.words(seen), "office": self.words(seen), "date": "2025-01-15", "because": self.words(seen)}
        return m

    def concerns(self, seen):
        m = {"party": self.one("parties", seen), "reading" if self.chance(0.5) else "says": self.words(seen),
             "met-by": [self.formula(seen, 1)], "in-part": [self.formula(seen, 1)] if self.chance(0.4) else None,
             "met-from": self.prunable("claims", seen)}
        if "reading" in m:
            m["from"] = self.some("claims", seen) if self.chance(0.5) else None
        else:
            m["claim"] = self.one("claims", seen)
        return m

    def constituencies(self, seen):
        m = {"party": self.one("parties", seen), "name": self.words(seen), "kind": self.r.choice(["parliament", "coalition", "public"]),
             "say": self.r.choice(["blocks", "advises", None]), "needs-share": Raw("50") if self.chance(0.2) else None}
        m[self.r.choice(["accepts", "requires", "refuses"])] = [self.condition(seen)]
        if self.chance(0.5):
            m.update({"reading": self.words(seen), "from": self.some("claims", seen)})
        else:
            m.update({"says": self.words(seen), "claim": self.some("claims", seen)})
        return m

    def polls(self, seen):
        at = self.one("constituencies", seen)
        if at is None:
            return None
        return {"constituency": at, "question": self.words(seen), "about": self.about(seen, ["formula", "proposals", "words"]),
                "share": Raw(str(self.r.randint(20, 80))), "n": Raw("1000"), "house": self.words(seen),
                "claimant": self.voice(seen), "source": self.one("sources", seen), "date": self.day(),
                "stale-after": Raw("10") if self.chance(0.4) else None}

    def proposals(self, seen):
        m = {"tabled-by": self.voice(seen), "text": self.formula(seen), "date": self.day(),
             "name": self.words(seen) if self.chance(0.5) else None, "claim": self.one("claims", seen) if self.chance(0.2) else None}
        before = self.one("proposals", seen) if self.chance(0.3) else None
        if before is not None:
            m["replaces"] = before
            m["version"] = Raw("2")
        if self.chance(0.3):
            m["parts"] = [self.condition(seen)]
        if self.chance(0.2):
            m["steps"] = [{"what": self.words(seen), "by": self.some("parties", seen, 2), "gets": self.some("parties", seen, 1),
                           "formula": self.formula(seen, 1)}]
        return m

    def responses(self, seen):
        to = self.one("proposals", seen)
        if to is None:
            return None
        answer = self.r.choice(["accept", "accept-if", "counter", "defer", "reject", "silent"])
        m = {"party": self.voice(seen), "to": to, "answer": answer, "date": self.day(), "says": self.words(seen)}
        if answer == "accept-if":
            m["if"] = [self.condition(seen)]
            m["list"] = self.r.choice(["open", "complete"])
        if answer == "counter":
            m["with"] = self.one("proposals", seen)
        m.update({"source": self.one("sources", seen), "class": self.r.choice(CLASSES)})
        return m

    def claims(self, seen):
        act = self.r.choice(ACTS[:13])
        m = {"by": self.voice(seen), "act": act, "says": self.words(seen),
             "to": [self.voice(seen)] if self.chance(0.4) else None,
             "about": self.about(seen, ["formula"] * 5 + ["words", "issues", "proposals", "points", "concerns", "claims",
                                                        "candidates", "incidents"]),
             "source": self.one("sources", seen) if self.chance(0.9) else None,
             "chain": self.some("sources", seen, 2) if self.chance(0.2) else None,
             "class": self.r.choice(CLASSES), "date": self.day() if self.chance(0.9) else None,
             "learned": self.day() if self.chance(0.2) else None,
             "hedge": self.words(seen) if self.chance(0.2) else None, "scope": self.words(seen) if self.chance(0.1) else None,
             "speaker-text": self.words(seen) if self.chance(0.1) else None, "grade": "B2" if self.chance(0.1) else None,
             "publicity": self.r.choice(["public", "private"]) if self.chance(0.3) else None,
             "repeats": self.prunable("claims", seen) if self.chance(0.3) else None,
             "replaces": self.prunable("claims", seen) if self.chance(0.4) else None}
        if act == "accept-if":
            m[self.r.choice(["if", "only-if"])] = [self.condition(seen)]
            m["list"] = self.r.choice(["open", "complete"])
        if self.chance(0.15):
            m["point"] = self.one("points", seen)
            m["implies"] = self.r.choice(["yes", "no", self.words(seen)])
        if isinstance(m["about"], Ref) and m["about"].section == "incidents" and self.chance(0.6):
            m["blames"] = [self.one("parties", seen)]
        if self.chance(0.2):
            m["firmness"] = self.r.choice(["ask", "position", "condition"])
        return m

    def readings(self, seen):
        return {"party": self.one("parties", seen), self.r.choice(["refuses", "requires", "accepts"]): self.formula(seen),
                "if": [self.condition(seen)] if self.chance(0.2) else None, "because": self.words(seen),
                "from": self.some("claims", seen) if self.chance(0.7) else None, "date": self.day() if self.chance(0.3) else None}

    def rules(self, seen):
        return {"formula": self.formula(seen), "because": self.words(seen)}

    def figures(self, seen):
        return {"what": self.words(seen), "best": Raw(str(self.r.randint(1, 99))), "unit": "person", "claimant": self.voice(seen),
                "about": self.voice(seen) if self.chance(0.4) else None, "method": self.words(seen) if self.chance(0.3) else None,
                "source": self.one("sources", seen), "via": self.one("sources", seen) if self.chance(0.3) else None,
                "date": self.day()}

    def aspects(self, seen, kinds):
        out = []
        for _ in range(self.r.randint(1, 2)):
            if self.chance(0.5) and self.refs("claims", seen):
                out.append({"of": self.r.choice(kinds), "says": self.words(seen), "claim": self.one("claims", seen)})
            else:
                out.append({"of": self.r.choice(kinds), "reading": self.words(seen)})
        return out

    def levers(self, seen):
        return {"holder": self.voice(seen), "over": self.voice(seen), "what": self.words(seen),
                "about": self.about(seen, ["formula", "issues", "words"]),
                "aspects": self.aspects(seen, ["cost", "credibility", "effect"]) if self.chance(0.5) else None,
                "history": [{"date": f"2025-01-{d:02}", "state": self.words(seen),
                             "claim": self.one("claims", seen)} for d in (3, 17)] if self.refs("claims", seen) else None}

    def candidates(self, seen):
        purpose = self.r.choice(["mediator", "venue", "table", "guarantor", "monitor"])
        return {"for": purpose, "name": self.words(seen), "who": self.one("parties", seen) if self.chance(0.6) else None,
                "seats": self.some("parties", seen) if purpose == "table" else None,
                "is": self.atom(seen) if self.chance(0.3) else None, "claims": self.prunable("claims", seen),
                "aspects": self.aspects(seen, ["access", "interest", "security", "past-use"]) if self.chance(0.5) else None}

    def channels(self, seen):
        return {"from": self.voice(seen), "to": self.voice(seen), "through": self.voice(seen) if self.chance(0.5) else None,
                "quality": self.words(seen), "publicity": self.r.choice(["open", "closed"]), "source": self.one("sources", seen)}

    def relays(self, seen):
        # a relay that carries words, or an answer, lets them be passed on: otherwise it stops every copy (test_carried.py)
        words, meant = self.prunable("claims", seen) if self.chance(0.6) else Hide(), self.chance(0.6)
        may = ["public", "exact"] if words or meant else ["public", "exact", "sense", "unattributed", "no", "whatever"]
        return {"owner": self.voice(seen), "carrier": self.voice(seen), "to": self.voice(seen),
                "words": words,
                "said": {"publicity": self.r.choice(["public", "private"]), "date": self.day()},
                "meant": {"asked-by": self.voice(seen), "by": self.voice(seen), "answer": self.r.choice(["yes", "assured"])}
                if meant else None,
                "may-say": {"words": self.r.choice(may), "assurance": self.r.choice(may), "until": "2999-01-01"},
                "carried": {"date": self.day(), "source": self.one("sources", seen)} if self.chance(0.4) else None,
                "read-back": {"answer": self.words(seen), "date": self.day()} if self.chance(0.3) else None}

    def meetings(self, seen):
        return {"who": [self.voice(seen), self.voice(seen)], "place": self.words(seen), "outcome": self.words(seen),
                "date": self.day(), "claims": self.prunable("claims", seen), "promises": self.prunable("obligations", seen),
                "next": self.day() if self.chance(0.4) else None}

    def favours(self, seen):
        return {"giver": self.voice(seen), "receiver": self.voice(seen), "what": self.words(seen), "since": self.day(),
                "due": self.day(), "source": self.one("sources", seen), "returned": self.words(seen) if self.chance(0.3) else None}

    def obligations(self, seen):
        return {"bearer": self.voice(seen), "to": self.voice(seen), "what": self.words(seen), "due": self.day(),
                "state": self.words(seen), "kept": self.r.choice(["none", "minimal", "intermediate", "full", None]),
                "under": self.words(seen), "source": self.one("sources", seen)}

    def incidents(self, seen):
        return {"what": self.words(seen), "place": self.words(seen), "date": self.day(), "may-breach": self.prunable("obligations", seen),
                "figures": self.prunable("figures", seen), "source": self.one("sources", seen), "clause": self.words(seen)}

    def links(self, seen):
        return {"issue": self.one("issues", seen), "case": "other.yaml" if seen else f"{HIDDEN}.yaml", "to": "arms",
                "sign": self.r.choice(["hurts", "helps"]), "owner": self.voice(seen), "reading": self.words(seen)}

    def perceptions(self, seen):
        m = {"party": self.one("parties", seen), "of": self.r.choice(["stalemate", "cost", "way-out", "spokesman", "spoiler"]),
             "sees": self.r.choice(["so", "in-part", "not-so", None])}
        if m["of"] in ("spokesman", "spoiler"):
            m["who"] = self.voice(seen)
        if self.chance(0.5) and self.refs("claims", seen):
            m.update({"claim": self.one("claims", seen), "says": self.words(seen) if self.chance(0.5) else None})
        else:
            m.update({"reading": self.words(seen), "from": self.some("claims", seen)})
        return m

    def expected(self, seen):
        return {"from": [self.voice(seen)], "what": self.words(seen), "due": self.day(), "result": self.words(seen) if self.chance(0.3) else None}

    # ------------------------------------------------------------------------ the whole

    def add(self, section, seen):
        m = getattr(self, section)(seen)
        if m is None or any(v is None and k in ("party", "by", "of", "issue") for k, v in m.items()):
            return
        m = {k: v for k, v in m.items() if v is not None and (v != [] or isinstance(v, Hide))}
        # without a label: the team's, or (sources, people, points) only where something needs them, or the source's
        derived = section in TEAMS if not seen else False
        if section in ("people", "points") or (section == "sources" and m["kind"] in ("meeting", "message") and
                                               "published" not in m):
            derived = True
        if section == "claims" and seen and self.chance(0.3):
            m.update({"source": self.r.choice(self.papers), "publicity": "public"})
            m.pop("chain", None)
            derived = True
        if self.labelled or not derived or self.chance(0.6 if section != "claims" else 0.0):
            m["label"] = Raw(self.r.choice((SEEN if seen else UNSEEN)[self.audience]))
        if section in LETTER:
            self.rows[section].append((Ref(section, seen), m, seen))
        elif section in NAMED:
            n = len(self.rows[section])
            self.rows[section].append((f"{section[0]}{'v' if seen else HIDDEN}{'abcdefghijklmnopqrstu'[n]}", m, seen))
        else:
            self.rows[section].append((None, m, seen))

    def case(self):
        for i, name, role in (("ua", "Upper Alia", "principal"), ("ru", "Lower Rua", "principal"), ("us", "Outer Usk", "mediator"),
                              ("cz", "Cezia", "affected")):
            self.rows["parties"].append((i, {"name": name, "roles": [role]}, True))
        self.rows["people"].append(("anna", {"name": "Anna A", "of": "ua", "office": "envoy", "label": Raw("public")}, True))
        self.rows["tracks"].append(("halt", {"table": "now"}, True))
        for i in ("arms", "gate"):
            self.rows["issues"].append((i, {"track": "halt", "ask": self.words(True), "options": {o: o.upper() for o in "xyz"}}, True))
        for n in range(3):
            self.rows["sources"].append((Ref("sources", True), {"name": f"Paper {n}", "kind": "outlet",
                                                                "date": f"2025-01-{5 + 9 * n:02}", "label": Raw("public")}, True))
        self.papers = [i for i, _, _ in self.rows["sources"]]
        # what each party's packages are worth, and how many must accept: seen or not, on both sides the same
        if self.chance(0.4):
            scores = Raw("{arms: {x: 3, y: 5, z: 0}, gate: {x: 0, y: 1, z: 2}}")
            self.rows["values"].append(("ua", {"scores": scores, "label": Raw("public")}, True))
            self.rows["values"].append(("ru", {"scores": scores, "label": Raw(self.r.choice(UNSEEN[self.audience]))}, False))
        # sections in an order in which most references have something to point to
        order = ["sources", "parties", "people", "tracks", "issues", "points", "proposals", "claims", "concerns", "obligations",
                 "figures", "incidents", "candidates", "claims", "constituencies", "polls", "proposals", "responses", "claims",
                 "readings", "rules", "flags", "levers", "channels", "relays", "meetings", "favours", "links", "perceptions", "expected", "claims"]
        for section in order:
            few = section in ("parties", "tracks", "people", "issues", "rules", "flags")
            for _ in range(self.r.randint(0, 1 if few else 3) + (2 if section == "claims" else 0)):
                self.add(section, True)
            for _ in range(self.r.randint(0, 2)):
                self.add(section, False)
        for section in ORDER:
            head = {"parties": 4, "people": 1, "tracks": 1, "issues": 2, "sources": 3}.get(section, 0)
            tail = self.rows[section][head:]
            # hidden ones anywhere between the visible ones, which keep their order
            left, right = [row for row in tail if row[2]], [row for row in tail if not row[2]]
            tail = []
            while left or right:
                tail.append((left if right == [] or left and self.chance(len(left) / (len(left) + len(right))) else right).pop(0))
            self.rows[section] = self.rows[section][:head] + tail


# --------------------------------------------------------------------------------- writing a side

class Side:
    """Which hidden records stand on it, and under which numbers."""

    def __init__(self, maker, which):
        self.m, self.which = maker, which
        self.r = random.Random(maker.key * 2 + which)
        self.share = 1.0 if which == 1 else self.r.choice([0.0, 0.4, 0.7])
        self.ids = {}
        self.kept = {}
        for section in ORDER:
            number = 0
            rows = []
            for i, members, seen in maker.rows[section]:
                keep = seen or self.r.random() < self.share
                if keep:
                    rows.append((i, members, seen))
                    if isinstance(i, Ref):
                        number += 1 + (self.r.choice([0, 0, 1, 3]) if which == 1 else 0)
                        self.ids[i] = f"{LETTER[section]}{number}"
                    elif i is not None and section != "values":
                        self.ids[i] = i
            self.kept[section] = rows
        # what leans on something that is not on this side goes too
        changed = True
        while changed:
            changed = False
            for section in ORDER:
                rows = [row for row in self.kept[section] if row[2] or self.stands(row[1])]
                if len(rows) != len(self.kept[section]):
                    gone = [row for row in self.kept[section] if row not in rows]
                    for i, _, _ in gone:
                        self.ids.pop(i, None)
                    self.kept[section] = rows
                    changed = True

    def stands(self, value):
        if isinstance(value, Raw):
            return True
        if isinstance(value, Ref):
            return value in self.ids
        if isinstance(value, F):
            return all(self.stands(p) if isinstance(p, Ref) else all(w in self.ids for w in names(p)) for p in value.parts)
        if isinstance(value, Hide):
            return True
        if isinstance(value, dict):
            return all(self.stands(v) for v in value.values())
        if isinstance(value, list):
            return all(self.stands(v) for v in value)
        return all(w in self.ids for w in names(value))

    def put(self, value):
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, Ref):
            return self.ids[value]
        if isinstance(value, F):
            return json.dumps("".join(self.ids[p] if isinstance(p, Ref) else p for p in value.parts))
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {self.put(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.put(v) for v in value if not isinstance(value, Hide) or v in self.ids) + "]"
        return json.dumps(value)

    def members(self, section, members, seen):
        out = {}
        for k, v in members.items():
            if isinstance(v, Hide) and not [x for x in v if x in self.ids]:
                continue  # nothing to point to on this side
            out[k] = self.put(v)
        if self.r.random() < 0.3:
            out["note"] = json.dumps(f"{HIDDEN} note {self.r.random()}")
        if section == "claims" and self.r.random() < 0.1:
            out["as-typed"] = json.dumps([f"grade: {HIDDEN}"])
        return "{" + ", ".join(f"{k}: {v}" for k, v in out.items()) + "}"

    def text(self):
        lines = ["parley: 1", "title: Water talks"]
        if self.m.key % 2:
            lines.append("as-of: 2025-01-25")
        if self.r.random() < 0.7:
            lines.append(f"mandate: {{task: {HIDDEN} mandate, not: {HIDDEN}}}")
        if self.r.random() < 0.5:
            lines.append(f"note: {HIDDEN} of the case")
        for section in ORDER:
            rows = self.kept[section]
            if section == "values" and not rows and self.r.random() < 0.5:
                scores = f"{{arms: {{x: {self.r.randint(0, 9)}, y: 5, z: 0}}, gate: {{x: 0, y: 1, z: 2}}}}"
                lines += ["values:", f"  ua: {{scores: {scores}, label: team}}", f"  ru: {{scores: {scores}}}"]
                continue
            if not rows:
                if self.r.random() < 0.2:
                    lines.append(f"{section}:")
                continue
            lines.append(f"{section}:")
            for i, members, seen in rows:
                if self.r.random() < 0.1:
                    lines.append(f"  # {HIDDEN} comment")
                body = self.members(section, members, seen)
                lines.append(f"  - {body}" if i is None else f"  {self.ids.get(i, i)}: {body}")
        return "\n".join(lines) + "\n"

    def before(self):
        """What a case on disk held before: hidden records in sections of their own, some of them gone since."""
        if self.which == 0 and self.share == 0.0:
            return None
        lines = ["parley: 1", "parties:", '  ua: {name: "Upper Alia", roles: ["principal"]}',
                 '  ru: {name: "Lower Rua", roles: ["principal"]}']
        for section, body in (("levers", "holder: ua, over: ru, what"), ("points", "ask"), ("obligations", "bearer: ua, what"),
                              ("incidents", "what"), ("figures", "claimant: ua, what"), ("claims", "by: ua, act: say, says")):
            if self.r.random() < 0.5:
                lines += [f"{section}:", f"  {HIDDEN}-{section}: {{{body}: {HIDDEN} before, label: team}}"]
        return "\n".join(lines) + "\n"


def names(text):
    """Named hidden ids in a text that is a reference or a formula."""
    if not isinstance(text, str) or HIDDEN not in text:
        return []
    out = []
    for word in text.replace(":", " ").replace("(", " ").replace(")", " ").replace(".", " ").split():
        for section in NAMED:
            if word.startswith(section[0] + HIDDEN):
                out.append(word)
    return out


def pair(key):
    maker = Maker(key)
    maker.case()
    sides = [Side(maker, which) for which in (0, 1)]
    shown = {s: [i for i, _, seen in maker.rows[s] if seen and isinstance(i, str)] for s in NAMED}
    hidden = {s: [i for i, _, seen in maker.rows[s] if not seen and isinstance(i, str)] for s in NAMED}
    return Pair(key, maker.audience, [side.text() for side in sides], [side.before() for side in sides], shown, hidden)


def leaning(key):
    """(audience, a case in which a visible record may lean on a hidden one)"""
    maker = Maker(key)
    maker.leans = 1
    maker.labelled = True
    maker.case()
    return maker.audience, Side(maker, 1).text()


if __name__ == "__main__":
    import sys

    made = pair(int(sys.argv[1]))
    print(f"# for {made.audience}")
    print(made.texts[int(sys.argv[2])], end="")
