"""Data that breaks the schema, with what the loader says of it; and every form of a date."""

from __future__ import annotations

from typing import NamedTuple

from bclm_cli.model.dates import Date


class Bad(NamedTuple):
    """A text, and the error without its file name: `line:column: what; what to do`."""

    text: str
    message: str


def _reference(fields: str, message: str) -> Bad:
    """A reference with these fields, which begin in line 3, column 3."""
    return Bad(f"references:\n- id: x\n  {fields}\n", message)


def _name(text: str, message: str) -> Bad:
    """A reference with this first author, which begins in line 3, column 12."""
    return _reference(f"author: [{text}]", message)


def _date(text: str, message: str) -> Bad:
    """A reference with this date, which begins in line 3, column 11."""
    return _reference(f"issued: {text}", f"3:11: issued: {message}")


def _claim(changed: str, message: str) -> Bad:
    """A claim, in line 5 and column 7 on, with one of its fields changed."""
    fields = {"effect": "promotes", "statement": "It is so.", "reference": "x"}
    field, _, value = changed.partition(": ")
    fields[field] = value
    text = "\n      ".join(f"{name}: {value}" for name, value in fields.items() if value != "-")
    return Bad(f"steps:\n- id: one\n  claims:\n    NO:\n    - {text}\n", message)


def _factor(fields: str, message: str) -> Bad:
    return Bad(f"factors:\n- {fields}\n", message)


_QUOTE = "; quote text that begins with [ or {"
_CUSTOM = "if it is no CSL variable, move it under custom"
_FIELDS = "date-parts, year, month, day, season, circa, literal, raw, edtf"
_OR_YEAR = "; write the date, or its year"
_BAD_DATE = "write a date as text, like 2012-08, or as {date-parts: [[2012, 8]]}"
_OUT_OF_RANGE = "a date has a year, a month from 1 to 12 and a day from 1 to 31"
_EFFECTS = "promotes, suppresses, required, marks, context-dependent, no effect, describes"
_KINDS = "gene, complex, cell, process, structure, condition, drug, family, concept"
_PERTURBATIONS = (
    "knockout, knockdown, overexpression, antibody, inhibitor, blockade, agonist, depletion, drug,"
    " diet-or-condition, surgery"
)
_KEY = "write a key, without spaces or control characters"

REFERENCES = {
    # the file
    "empty": Bad("", "1:1: the file is empty; begin with `references:`"),
    "only a comment": Bad("# soon\n", "1:1: the file is empty; begin with `references:`"),
    "text": Bad(
        "hello\n", "1:1: the file must be a map, not text ('hello'); begin with `references:`"
    ),
    "a bare list": Bad(
        "- id: x\n", "1:1: the file must be a map, not a list; begin with `references:`"
    ),
    "unknown top-level field": Bad(
        "referneces: []\n", "1:1: unknown field 'referneces'; did you mean references?"
    ),
    "unknown top-level field, far from any": Bad(
        "zzz: []\n", "1:1: unknown field 'zzz'; allowed are references, nocite"
    ),
    "references as a map": Bad(
        "references: {x: {}}\n",
        "1:13: references must be a list, not a map; begin each item with -",
    ),
    "references as text": Bad(
        "references: x\n", "1:13: references must be a list, not text ('x'); write [x]"
    ),
    # the record
    "a reference as text": Bad(
        "references:\n- x\n", "2:3: a reference must be a map, not text ('x'); write `field: value`"
    ),
    "an empty reference": Bad(
        "references:\n-\n", "2:2: a reference must be a map, not empty; write `field: value`"
    ),
    "a reference as a list": Bad(
        "references: [[]]\n", "1:14: a reference must be a map, not a list; write `field: value`"
    ),
    "no key": Bad("references:\n- type: book\n", "2:3: id is missing; write `id:`"),
    "empty key": Bad("references:\n- id: ''\n", "2:7: id is missing; write `id:`"),
    "null key": Bad("references:\n- id: ~\n", "2:7: id is missing; write `id:`"),
    "key with a space": Bad("references:\n- id: a b\n", f"2:7: id cannot be 'a b'; {_KEY}"),
    "key with a control character": Bad(
        'references:\n- id: "a\\e[31m"\n', f"2:7: id cannot be 'a\\x1b[31m'; {_KEY}"
    ),
    "key with an invisible character": Bad(
        'references:\n- id: "a\\u200bb"\n', f"2:7: id cannot be 'a\\u200bb'; {_KEY}"
    ),
    "key as a list": Bad("references:\n- id: [x]\n", f"2:7: id must be text, not a list{_QUOTE}"),
    "unknown type": _reference(
        "type: artcle-journal",
        "3:9: type cannot be 'artcle-journal'; did you mean article-journal?",
    ),
    "type as a map": _reference("type: {}", f"3:9: type must be text, not a map{_QUOTE}"),
    "unknown field": _reference(
        "titel: T", f"3:3: unknown field 'titel'; did you mean title? {_CUSTOM}"
    ),
    "unknown field, far from any": _reference("zzz: T", f"3:3: unknown field 'zzz'; {_CUSTOM}"),
    "unknown field, very long": _reference(
        f"? {'z' * 2000}\n  : T", f"3:5: unknown field '{'z' * 57}...'; {_CUSTOM}"
    ),
    "two spellings of a field": _reference(
        "DOI: 10.1000/1\n  doi: 10.1000/2",
        "4:3: doi means the same as DOI; keep one of the two",
    ),
    "title as a list": _reference("title: [T]", f"3:10: title must be text, not a list{_QUOTE}"),
    "volume as a map": _reference(
        "volume: {a: b}", f"3:11: volume must be text, not a map{_QUOTE}"
    ),
    # names
    "author as text": _reference(
        "author: A. Example",
        "3:11: author must be a list, not text ('A. Example'); write [A. Example]",
    ),
    "author as a map": _reference(
        "author: {family: Example}",
        "3:11: author must be a list, not a map; begin each item with -",
    ),
    "name as text": _name(
        "Ann Example",
        "3:12: a name must be a map, not text ('Ann Example');"
        " write {family: …, given: …} or {literal: …}",
    ),
    "name as a list": _name(
        "[Example]", "3:12: a name must be a map, not a list; write `field: value`"
    ),
    "empty name": _name("{}", "3:12: a name needs family, given or literal; write one"),
    "name with a particle only": _name(
        "{dropping-particle: de}", "3:12: a name needs family, given or literal; write one"
    ),
    "unknown part of a name": _name(
        "{famly: Example}", "3:13: unknown field 'famly'; did you mean family?"
    ),
    "unknown part of a name, far from any": _name(
        "{zzz: Example}",
        "3:13: unknown field 'zzz'; allowed are family, given, dropping-particle,"
        " non-dropping-particle, suffix, literal, comma-suffix, static-ordering, parse-names",
    ),
    "part of a name as a list": _name(
        "{family: [E]}", f"3:21: family must be text, not a list{_QUOTE}"
    ),
    # dates
    "date as an empty list": _date("[]", _BAD_DATE),
    "date as a nested list": _date("[[2012]]", _BAD_DATE),
    "date of three parts": _date("[2012, 2013, 2014]", _BAD_DATE),
    "date of nulls": _date("[~]", _BAD_DATE),
    "unknown field of a date": _date("{yaer: 2012}", f"no field 'yaer'; allowed are {_FIELDS}"),
    "date-parts as text": _date(
        "{date-parts: 2012}", "date-parts is a list of lists; write [[2012, 8]]"
    ),
    "date-parts as a flat list": _date(
        "{date-parts: [2012, 8]}", "date-parts is a list of lists; write [[2012, 8]]"
    ),
    "three date-parts": _date(
        "{date-parts: [[1], [2], [3]]}",
        "date-parts has one list, or two for a range; take the others out",
    ),
    "year as a word": _date("{year: soon}", "'soon' is no year, month or day; write whole numbers"),
    "year of five digits": _date(
        "{year: 20123}", "'20123' is no year, month or day; write whole numbers"
    ),
    "month as a word": _date(
        "{date-parts: [[2012, Aug]]}", "'Aug' is no year, month or day; write whole numbers"
    ),
    "month 13": _date("{date-parts: [[2012, 13]]}", _OUT_OF_RANGE),
    "day 32": _date("{date-parts: [[2012, 1, 32]]}", _OUT_OF_RANGE),
    "month 13 as text": _date("2012-13", f"the calendar has no 2012-13{_OR_YEAR}"),
    "day 32 as text": _date("2012-01-32", f"the calendar has no 2012-01-32{_OR_YEAR}"),
    "30 February": _date("2021-02-30", f"the calendar has no 2021-02-30{_OR_YEAR}"),
    "31 April": _date("2021-04-31", f"the calendar has no 2021-04-31{_OR_YEAR}"),
    "date-parts of nothing": _date(
        "{date-parts: [[]]}",
        "date-parts is empty; write [[2012, 8]], or leave the date out",
    ),
    "four date-parts": _date("{date-parts: [[2012, 1, 1, 1]]}", _OUT_OF_RANGE),
    "year as a list": _date(
        "{year: [2012]}", "a part of a date is text or a number, not a list or map"
    ),
    "season as a map": _date(
        "{year: 2012, season: {}}", "a part of a date is text or a number, not a list or map"
    ),
    # our own fields
    "custom as text": _reference(
        "custom: x", "3:11: custom must be a map, not text ('x'); write `field: value`"
    ),
    "unknown kind of paper": _reference(
        "custom: {kind: study}",
        "3:18: kind cannot be 'study'; allowed are research, review, clinical",
    ),
    "kind of paper as a list": _reference(
        "custom: {kind: [review]}", f"3:18: kind must be text, not a list{_QUOTE}"
    ),
    "number in the review as a word": _reference(
        "custom: {ma2015-number: two}",
        "3:27: ma2015-number cannot be 'two'; write a whole number from 1",
    ),
    "incomplete authors, perhaps": _reference(
        "custom: {incomplete-authors: perhaps}",
        "3:32: incomplete-authors cannot be 'perhaps'; allowed are true, false",
    ),
    "aliases as text": _reference(
        "custom: {aliases: y}", "3:21: aliases must be a list, not text ('y'); write [y]"
    ),
    "alias with a space": _reference(
        "custom: {aliases: [y, a b]}", f"3:25: an item of aliases cannot be 'a b'; {_KEY}"
    ),
    "empty alias": _reference(
        "custom: {aliases: [y, ~]}", "3:25: an item of aliases must be text, not empty; take it out"
    ),
}

STEPS = {
    # the file
    "empty": Bad("", "1:1: the file is empty; begin with `steps:`"),
    "a bare list": Bad("- id: x\n", "1:1: the file must be a map, not a list; begin with `steps:`"),
    "unknown top-level field": Bad(
        "stpes: []\n", "1:1: unknown field 'stpes'; did you mean steps?"
    ),
    "unknown top-level field, far from any": Bad(
        "title: T\nzzz: []\n",
        "2:1: unknown field 'zzz'; allowed are title, source, version, searched-until, steps,"
        " context, factors",
    ),
    "title as a list": Bad("title: [T]\n", f"1:8: title must be text, not a list{_QUOTE}"),
    "source as a map": Bad("source: {a: b}\n", f"1:9: source must be text, not a map{_QUOTE}"),
    # steps
    "steps as text": Bad(
        "steps: one\n", "1:8: steps must be a list, not text ('one'); write [one]"
    ),
    "steps as a map": Bad(
        "steps: {one: {}}\n", "1:8: steps must be a list, not a map; begin each item with -"
    ),
    "a step as text": Bad(
        "steps:\n- one\n", "2:3: a step must be a map, not text ('one'); write `field: value`"
    ),
    "a step as a list": Bad(
        "steps: [[]]\n", "1:9: a step must be a map, not a list; write `field: value`"
    ),
    "no id": Bad("steps:\n- name: One\n", "2:3: id is missing; write `id:`"),
    "id of background claims": Bad(
        "steps:\n- id: context\n",
        "2:7: id cannot be 'context'; write a letter, then letters, digits, - or _"
        " (and not `context`)",
    ),
    "id with a space": Bad(
        "steps:\n- id: step one\n",
        "2:7: id cannot be 'step one'; write a letter, then letters, digits, - or _"
        " (and not `context`)",
    ),
    "unknown field of a step": Bad(
        "steps:\n- id: one\n  sumary: S\n", "3:3: unknown field 'sumary'; did you mean summary?"
    ),
    "unknown field of a step with claims in it": Bad(
        "steps:\n- id: one\n  clams: {NO: [{effect: promotes}]}\n",
        "3:3: unknown field 'clams'; did you mean claims?",
    ),
    "name as a list": Bad(
        "steps:\n- id: one\n  name: [N]\n", f"3:9: name must be text, not a list{_QUOTE}"
    ),
    "claims as a list": Bad(
        "steps:\n- id: one\n  claims: []\n",
        "3:11: claims must be a map, not a list; write `field: value`",
    ),
    "claims of a factor as a map": Bad(
        "steps:\n- id: one\n  claims:\n    NO: {effect: promotes}\n",
        "4:9: NO must be a list, not a map; begin each item with -",
    ),
    "claims of a factor empty": Bad(
        "steps:\n- id: one\n  claims:\n    NO:\n",
        "4:8: NO must be a list, not empty; begin each item with -",
    ),
    # claims
    "a claim as text": Bad(
        "steps:\n- id: one\n  claims: {NO: [x]}\n",
        "3:17: a claim must be a map, not text ('x'); write `field: value`",
    ),
    "no effect given": _claim(
        "effect: -", f"5:7: effect is missing; write `effect:`, one of {_EFFECTS}"
    ),
    "unknown effect": _claim(
        "effect: promote", f"5:15: effect cannot be 'promote'; allowed are {_EFFECTS}"
    ),
    "effect as a list": _claim("effect: [marks]", f"5:15: effect must be text, not a list{_QUOTE}"),
    "no statement": _claim("statement: -", "5:7: statement is missing; write `statement:`"),
    "empty statement": _claim("statement: '  '", "6:18: statement is missing; write `statement:`"),
    "statement as a map": _claim(
        "statement: {a: b}", f"6:18: statement must be text, not a map{_QUOTE}"
    ),
    "no paper": _claim("reference: -", "5:7: reference is missing; write `reference:`"),
    "paper as a list": _claim(
        "reference: [x]", f"7:18: reference must be text, not a list{_QUOTE}"
    ),
    "system as text": _claim(
        "system: in vitro", "8:15: system must be a list, not text ('in vitro'); write [in vitro]"
    ),
    "item of system as a map": _claim(
        "system: [a, {b: c}]", f"8:19: an item of system must be text, not a map{_QUOTE}"
    ),
    "empty item of system": _claim(
        "system: [a, ~]", "8:19: an item of system must be text, not empty; take it out"
    ),
    "site as a list": _claim("site: [liver]", f"8:13: site must be text, not a list{_QUOTE}"),
    "cancer as text": _claim(
        "cancer: breast", "8:15: cancer must be a list, not text ('breast'); write [breast]"
    ),
    "unknown basis": _claim(
        "basis: rumor",
        "8:14: basis cannot be 'rumor'; allowed are abstract, title, second-hand",
    ),
    "basis as a map": _claim("basis: {}", f"8:14: basis must be text, not a map{_QUOTE}"),
    "unknown field of a claim": _claim(
        "efect: marks", "8:7: unknown field 'efect'; did you mean effect?"
    ),
    "field of a claim, far from any": _claim(
        "zzz: one",
        "8:7: unknown field 'zzz'; allowed are effect, statement, reference, system, site,"
        " cancer, basis, observed, outcome, perturbation, agent, model, subtype",
    ),
    "unknown perturbation": _claim(
        "perturbation: [antibody, knock-out]",
        f"8:32: an item of perturbation cannot be 'knock-out'; allowed are {_PERTURBATIONS}",
    ),
    "perturbation as text": _claim(
        "perturbation: drug", "8:21: perturbation must be a list, not text ('drug'); write [drug]"
    ),
    "unknown observation": _claim(
        "observed: raised",
        "8:17: observed cannot be 'raised'; allowed are high, low, present, absent, altered",
    ),
    "unknown outcome": _claim(
        "outcome: death", "8:16: outcome cannot be 'death'; allowed are worse, better, unchanged"
    ),
    "subtype as text": _claim(
        "subtype: luminal", "8:16: subtype must be a list, not text ('luminal'); write [luminal]"
    ),
    "context as a list": Bad(
        "context: []\n", "1:10: context must be a map, not a list; write `field: value`"
    ),
    "context as text": Bad(
        "context: x\n", "1:10: context must be a map, not text ('x'); write `field: value`"
    ),
    "background claims of a factor as text": Bad(
        "context: {diet: x}\n", "1:17: diet must be a list, not text ('x'); write [x]"
    ),
    "background claims of an awkward factor as text": Bad(
        'context: {"\\e[31m": "\\a"}\n',
        "1:21: '\\x1b[31m' must be a list, not text ('\\x07'); begin each item with -",
    ),
    "background claim without an effect": Bad(
        "context:\n  diet:\n  - statement: S\n    reference: x\n",
        f"3:5: effect is missing; write `effect:`, one of {_EFFECTS}",
    ),
    # factors
    "factors as a map": Bad(
        "factors: {}\n", "1:10: factors must be a list, not a map; begin each item with -"
    ),
    "a factor as text": _factor(
        "NO", "2:3: a factor must be a map, not text ('NO'); write `field: value`"
    ),
    "factor without a name": _factor("kind: gene", "2:3: name is missing; write `name:`"),
    "factor without a kind": _factor(
        "name: NO", f"2:3: kind is missing; write `kind:`, one of {_KINDS}"
    ),
    "unknown kind": _factor(
        "{name: NO, kind: Gene}", f"2:20: kind cannot be 'Gene'; allowed are {_KINDS}"
    ),
    "factor's name as a list": _factor(
        "{name: [NO], kind: gene}", f"2:10: name must be text, not a list{_QUOTE}"
    ),
    "synonyms as text": _factor(
        "{name: NO, kind: drug, synonyms: y}",
        "2:36: synonyms must be a list, not text ('y'); write [y]",
    ),
    "identifier as a map": _factor(
        "{name: NO, kind: drug, identifier: {a: b}}",
        f"2:38: identifier must be text, not a map{_QUOTE}",
    ),
    "unknown field of a factor": _factor(
        "{name: NO, kind: drug, full-name: y}",
        "2:26: unknown field 'full-name'; did you mean full_name?",
    ),
    "broader as text": _factor(
        "{name: NO, kind: drug, broader: gas}",
        "2:35: broader must be a list, not text ('gas'); write [gas]",
    ),
    "binds as names": _factor(
        "{name: NO, kind: drug, binds: [CDH1]}",
        "2:34: an item of binds must be a map, not text ('CDH1'); write `field: value`",
    ),
    "binds as a map": _factor(
        "{name: NO, kind: drug, binds: {with: CDH1, reference: x}}",
        "2:33: binds must be a list, not a map; begin each item with -",
    ),
    "binds without a paper": _factor(
        "{name: NO, kind: drug, binds: [{with: CDH1}]}",
        "2:34: reference is missing; write `reference:`",
    ),
    "binds without a partner": _factor(
        "{name: NO, kind: drug, binds: [{reference: x}]}",
        "2:34: with is missing; write `with:`",
    ),
    "unknown field of binds": _factor(
        "{name: NO, kind: drug, binds: [{with: CDH1, reference: x, paper: y}]}",
        "2:61: unknown field 'paper'; allowed are with, reference",
    ),
}

DATES = {
    "2012": Date((2012,)),
    '"2012"': Date((2012,)),
    "2012-08": Date((2012, 8)),
    "2012-08-15": Date((2012, 8, 15)),
    "2012-8-5": Date((2012, 8, 5)),
    "-44": Date((-44,)),
    "2012/2013": Date((2012,), (2013,)),
    "2012-08/2012-09-01": Date((2012, 8), (2012, 9, 1)),
    "2012/": Date((2012,)),
    "2012/..": Date((2012,)),
    "2012-21": Date((2012,), season="1"),
    "2012-21/2012-22": Date((2012,), (2012,), season="1"),
    "2012~": Date((2012,), circa=True),
    "2012\\~": Date((2012,), circa=True),
    "2012?": Date((2012,), circa=True),
    "2012~/2013": Date((2012,), (2013,), circa=True),
    "in press": Date(literal="in press"),
    "Aug 2012": Date(literal="Aug 2012"),
    "2012/2013/2014": Date(literal="2012/2013/2014"),
    "20123": Date(literal="20123"),
    "{date-parts: [[2012]]}": Date((2012,)),
    "{date-parts: [['2012', '08']]}": Date((2012, 8)),
    "{date-parts: [[2012, 8, 15]]}": Date((2012, 8, 15)),
    "{date-parts: [[2012, ~, 5]]}": Date((2012,)),
    "{date-parts: [[2012, 0, 0]]}": Date((2012,)),
    "{date-parts: [[2012, 8], [2013]]}": Date((2012, 8), (2013,)),
    "{date-parts: [[2012], [0]]}": Date((2012,)),
    "{date-parts: [[2012, 21]]}": Date((2012,), season="1"),
    "{date-parts: [[2012]], season: 4}": Date((2012,), season="4"),
    "{date-parts: [[2012]], season: fall}": Date((2012,), season="fall"),
    "{date-parts: [[2012]], circa: true}": Date((2012,), circa=True),
    "{date-parts: [[2012]], circa: 1}": Date((2012,), circa=True),
    "{date-parts: [[2012]], circa: false}": Date((2012,)),
    "{date-parts: [[2012]], circa: 0}": Date((2012,)),
    "{date-parts: [[2012]], literal: in 2012}": Date((2012,), literal="in 2012"),
    "{date-parts: [[2012]], raw: 1999}": Date((2012,)),
    "{literal: in press}": Date(literal="in press"),
    "{literal: 2012-08}": Date(literal="2012-08"),
    "{raw: 2012-08/2013}": Date((2012, 8), (2013,)),
    "{raw: in press}": Date(literal="in press"),
    "{edtf: 2012-22~}": Date((2012,), season="2", circa=True),
    "{year: 2012}": Date((2012,)),
    "{year: 2012, month: 8, day: 15}": Date((2012, 8, 15)),
    "{year: 2012, season: 2, circa: yes}": Date((2012,), season="2", circa=True),
    "[{year: 2012, month: 8}]": Date((2012, 8)),
    "[{year: 2012}, {year: 2013, month: 2}]": Date((2012,), (2013, 2)),
    "[2012-08, 2013~]": Date((2012, 8), (2013,), circa=True),
    "[soon, 2013]": Date(literal="soon"),
    "{}": Date(),
    "{date-parts: []}": Date(),
    "{date-parts: [[~]]}": Date(),
    "{circa: true}": Date(circa=True),
    '""': Date(),
    "~": Date(),
}
"""What may stand behind `issued:`, as a flow value of YAML; an empty date is no date."""
