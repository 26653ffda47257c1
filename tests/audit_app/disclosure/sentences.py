"""Sentences with and without a person in them, made by a fixed seed from words of their own.

Nothing here is taken from the product: neither its lists of names nor its patterns. Half of the names are in no list of
the thousand most frequent; places, streets and dates are put together here.
"""

# ruff: noqa: E501, SIM905 - lists of words and sentences are read line by line
import os
import random
import re
import subprocess
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

KINDS = (
    "birth",
    "age",
    "name",
    "staff",
    "postcode",
    "address",
    "case",
    "telephone",
    "email",
    "nhs",
    "upn",
    "ni",
    "few",
)
FREQUENT = """Olivia Amelia Isla Ava Lily Freya Florence Willow Isabella Sophia Noah Oliver George Arthur Muhammad Leo Harry
Oscar Archie Henry Kayleigh Jayden Tyler Callum Connor Chantelle Shannon Reece Kieran Demi Zainab Aisha Ibrahim Yusuf Fatima
Mohammed Priya Aarav Simran Agnieszka Kacper Zuzanna Andrei Ioana Ngozi Chinedu Kwame Abena Siobhan Niamh Rhys Carys""".split()
RARE = """Zephyrine Kaydee-Lou Brayleigh Tyjuan Maceo Oluwadamilare Thandiwe Siyabonga Xochitl Nkechinyere Daithi Ptolemy
Jorjah Lylah-Rae Kobi-Jay Ruairidh Tzvi Yehudis Hodan Abdiqani Warsan Mihnea Dorinel Bogomil Svitlana Yevheniia Tuan Linh
Thuy Quynh Saoirse-Mae Keavy Tegwen Eluned Blodwen Iolo Talulah Ottoline Caspian Lysander Ramneek Sukhbir Jagtar Harnoor
Mahliqa Zohaib Shanzay""".split()
SURNAMES = "Okafor Bielski Sandhu O'Rourke Featherstonehaugh Nguyen Abdirahman Popescu Lightfoot Rahman Tully Brathwaite".split()
STAFF = ("Ottilie Brandreth", "Gwilym Pask", "Nerys Holdcroft", "Dilip Mukherjee", "Bernice Aldous")
STREETS = "Mulberry Tannery Canal Primrose Gasworks Bishop Cobden Larkspur Ferry Quarry Mafeking Orchard".split()
ENDINGS = "Road Street Avenue Lane Close Drive Crescent Terrace Gardens Way Court Grove".split()
POSTCODES = "SE10 8TH,LS6 2AB,M14 5RX,B15 3TT,NE6 1PQ,CF24 4AA,SW1A 1AA,W1T 4JE,DN3 2EG,YO31 7EX".split(",")
RELATIONS = "mother,father,mum,stepdad,brother,sister,grandmother,aunt,foster carer,social worker".split(",")
MONTHS = "January February March April May June July August September October November December".split()


def _name(dice):
    return dice.choice(FREQUENT if dice.random() < 0.5 else RARE)


def _birthday(dice):
    return date(2009, 1, 1) + timedelta(days=dice.randrange(365 * 15))


def _spelt(dice, day):
    month = MONTHS[day.month - 1]
    return dice.choice([
        f"{day.day}/{day.month}/{day.year % 100:02d}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%y}",
        f"{day.day} {month} {day.year}", f"{day.day} {month[:3]} {day.year}", f"{month} {day.day}, {day.year}",
        f"{day.day}th of {month} {day.year}", f"{day:%Y-%m-%d}",
    ])  # fmt: skip


def _birth(dice):
    day, spelt = _birthday(dice), ""
    spelt = _spelt(dice, day)
    return dice.choice([
        f"DOB {spelt}, seen at home by the duty worker", f"The child (d.o.b. {spelt}) was not seen",
        f"He was born on {spelt} and came into care", f"Date of birth: {spelt}. No plan", f"She was born in {day.year}",
        f"The baby was born {spelt} at the hospital", f"{_name(dice)} {spelt} was placed out of area",
        f"Born {spelt}, now with a carer", f"{_name(dice)} ({spelt}) had no visit",
    ])  # fmt: skip


def _age(dice):
    name, age = _name(dice), dice.randrange(1, 18)
    return dice.choice([
        f"{name}, {age}, was not spoken to alone", f"Nobody asked {name} ({age}) what she wanted",
        f"{name}, aged {age}, had four workers", f"{name} is {age} years old and lives with her nan",
        f"The plan for {name}, {age}, names no date", f"A {age}-year-old, {name}, went missing",
        f"{name} aged {age} waited nine weeks", f"{name} was {age} when he came into care",
    ])  # fmt: skip


def _of_a_child(dice):
    name, kin = _name(dice), dice.choice(RELATIONS)
    return dice.choice([
        f"{name}’s {kin} was not told of the conference", f"{name}'s {kin} did not sign the plan",
        f"The worker did not see {name} for six weeks", f"Records say that {name} was afraid at home",
        f"Visits to the girl {name} were late", f"The child {name} {dice.choice(SURNAMES)} was moved twice",
        f"A boy called {name} told his teacher", f"Baby {name} was left with the neighbour",
        f"{name} {dice.choice(SURNAMES)} had three placements", f"Her brother {name} was not assessed",
        f"When {name} went missing nobody rang the police", f"The school was worried about {name}",
    ])  # fmt: skip


def _nhs(dice):
    while True:
        digits = [dice.randrange(10) for _ in range(9)]
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10 and digits[0] in (4, 6, 7, 9):
            made = "".join(map(str, [*digits, 0 if check == 11 else check]))
            return dice.choice([f"{made[:3]} {made[3:6]} {made[6:]}", made, f"{made[:3]}-{made[3:6]}-{made[6:]}"])


def _planted(kind, dice):
    street = f"{dice.choice(STREETS)} {dice.choice(ENDINGS)}"
    six = dice.randrange(100_000, 999_999)
    given = {
        "postcode": lambda: f"The family moved to {dice.choice(POSTCODES)} without a transfer of the plan",
        "address": lambda: dice.choice([
            f"They live at {dice.randrange(1, 240)} {street} with an uncle", f"Flat {dice.randrange(1, 40)}, {street}, was cold",
            f"Police were called to {dice.randrange(1, 99)}a {street} twice", f"The home in {street} was not visited",
        ]),
        "case": lambda: dice.choice([
            f"See LCS {six} for the chronology", f"case no. {six} was not reviewed", f"The plan on G-{six} is late",
            f"Mosaic ID {six}: no visit", f"AUD-{six % 10_000:04d} shows the same", f"Case reference {six} was closed early",
            f"file number CH/{six} has no plan", f"The record g-{six} names no father", f"aud {six % 10_000:04d} as well",
        ]),
        "telephone": lambda: dice.choice([
            f"Ring the mother on 07{dice.randrange(100, 999)} {six}", f"Dad is on 020 7946 0{dice.randrange(100, 999)} at work",
            f"Contact +44 7700 {dice.randrange(900_000, 900_999)} before the visit", f"Tel: 0161 496 0{dice.randrange(100, 999)}",
            f"The carer (07700{dice.randrange(900_000, 900_999)}) was not rung",
        ]),
        "email": lambda: f"Write to {_name(dice).lower()}.{six % 100}@{dice.choice(['example.com', 'mail.example.co.uk'])} first",
        "nhs": lambda: dice.choice(["NHS number {}", "Her NHS no. is {}", "The form holds {} and no consent"]).format(_nhs(dice)),
        "upn": lambda: f"UPN {dice.choice('ABCDH')}{dice.randrange(10**11, 10**12)}{dice.randrange(10)} is wrong",
        "ni": lambda: f"The father’s number is {dice.choice(['AB', 'CE', 'JK'])} {six % 90 + 10} {six // 100 % 90 + 10} {six // 7 % 90 + 10} C",
        "staff": lambda: dice.choice([
            "{} did not sign off the plan", "Supervision by {} was late", "As {} said at the board", "{} (team manager) agreed it",
        ]).format(dice.choice([*STAFF, STAFF[0].upper(), STAFF[1].lower()])),
        "few": lambda: dice.choice([
            "{} children were not seen alone", "Only {} of the 14 young people had a plan", "{} looked-after children moved",
            "The plan was late for {} boys", "{} disabled children waited",
        ]).format(dice.choice(["two", "three", "four", "2", "3", "4", "Two", "Three"])),
        "birth": lambda: _birth(dice),
        "age": lambda: _age(dice),
        "name": lambda: _of_a_child(dice),
    }  # fmt: skip
    return given[kind]()


def planted(count=500, seed=20261129):
    """Sentences that hold a person, each with its kind; all kinds alike often."""
    dice = random.Random(seed)
    return [(KINDS[place % len(KINDS)], _planted(KINDS[place % len(KINDS)], dice)) for place in range(count)]


WHO = """Managers|Social workers|Team managers|Partner agencies|The council|Auditors|Independent reviewing officers|Family Help
practitioners|Leaders|Police colleagues in the MASH|Health visitors|The Youth Justice Service|Personal advisers""".replace(
    "\n", " "
).split("|")
DOES = """record decisions within one working day|visit children as often as the plan says|do not always write plans that are
specific|challenge drift in monthly supervision|share information under Working Together 2023|review risk after 30 days|hold
strategy meetings within 24 hours|use the agreed threshold document of 1 April 2026|measure impact by re-audit each quarter|saw
16 of 68 records in which the child’s voice was clear|met the target of 95 per cent by 31/03/2026|act on Section 47 enquiries|will
finish the work by Friday 27 March 2026|report to the Improvement Board on 12 October 2026|answer the 13 recommendations of the
2012 report|keep Regulation 44 reports for 15 years|follow AFI-0003 and ACT-0011|apply Part 3 of the Children Act 1989|may
close a case only after the Head of Service has agreed|mark progress against the plan""".replace("\n", " ").split("|")
WHERE = """in Greenhaven|across the borough|in the North and South locality teams|at the Rose Lane hub of the service|since the
inspection in May 2025|in 9 of 14 records|for most children|before a child protection conference|with the Lawrence House
team|under the Public Law Outline|for all children who need help|from April to September 2026|by the end of quarter 4""".replace(
    "\n", " "
).split("|")


def clean(count, seed=11292026):
    """Sentences of the trade that hold nobody: dates of events, numbers of laws, names of teams and buildings."""
    dice = random.Random(seed)
    return [f"{dice.choice(WHO)} {dice.choice(DOES)} {dice.choice(WHERE)}." for _ in range(count)]


# Pages of a report that name its inspectors, addresses and numbers do hold persons, and case studies name a child.
_NOT_CLEAN = re.compile(
    r"@|www\.|\d{4} ?\d{3} ?\d{4}|[Ii]nspector|HMI|Crown copyright|Piccadilly|Director|[Cc]hief|[Ll]ead member"
    r"|[Cc]ase study|[Pp]ractice study|\b(?:1?\d|one|two|three|four|five|six)[- ]year[- ]old"
)


@cache
def real(count, seed=7):
    """Sentences of published inspection reports, drawn by a seed; skipped loudly where the reports are not there."""
    folder = Path(os.environ.get("AUDIT_TEST_DOCUMENTS", "../shared")) / "corpora" / "reports"
    if not folder.is_dir():
        pytest.skip("SKIPPED LOUDLY: AUDIT_TEST_DOCUMENTS holds no reports, so real sentences were NOT read")
    sentences = []
    for path in sorted(folder.glob("ilacs-*.pdf")):
        raw = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False).stdout
        for block in re.split(r"\n\s*\n|\f|\n(?=[•■◼])", raw.decode("utf-8", "replace")):
            text = re.sub(r"\s+", " ", block)
            sentences += [part for part in re.split(r"(?<=[.!?]) +(?=[A-Z])", text) if len(part.split()) > 6]
    kept = [sentence for sentence in dict.fromkeys(sentences) if not _NOT_CLEAN.search(sentence)]
    return tuple(random.Random(seed).sample(kept, min(count, len(kept))))
