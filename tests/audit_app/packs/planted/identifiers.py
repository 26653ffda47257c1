"""Identifiers of children, made by seed: each occurs nowhere else, and each knows the spellings in which it may return.

Nothing here is taken from the product: neither its lists of names nor its patterns.
"""

# ruff: noqa: SIM905 - lists of names are read line by line
import random
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("name", "birth", "postcode", "case", "nhs", "telephone", "email", "school", "few")
GIVEN = """Kayleigh Rowan Tyrell Aoife Marek Zoë Siân Łucja Nguyệt Oluwadamilare Siyabonga Xochitl Ruairidh Tzvi Hodan
Abdiqani Mihnea Bogomil Yevheniia Saoirse-Mae Eluned Ramneek Zohaib Shanzay Agnieszka Ngozi Kwame Fatima Priya Jaxon
Ottoline Daithí Brónach Åsa Söğüt Kacper Ioana Thandiwe Keavy Tegwen""".split()
OTHER_SCRIPTS = """محمد Олена Дмитро Ελένη""".split()
BEGIN = "Fal Gor Hest Ily Jun Kol Lum Mor Nev Orp Pryl Quor Resk Sul Tovv Ulv Vosk Wyr Yost Zum".split()
MIDDLE = "ank emb ild opp uth yll arsh ett ock unt".split()
END = "hjam qvist zwyn vorth mjeld xby krow pfeld sgrove thwyke".split()
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
MONTHS = "January February March April May June July August September October November December".split()
FIRST_BIRTHDAY, DAYS = date(2013, 2, 1), 3_500


@dataclass(frozen=True)
class Identifier:
    """One identifier: its kind, itself, a sentence that holds it, and the spellings a reader looks for.

    `spellings` are told without white space, accents and capitals; `bare` ones without anything but letters and digits.
    """

    kind: str
    words: str
    sentence: str
    spellings: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


# White space, accents once they stand apart from their letters, and what is not seen at all.
_UNSEEN = dict.fromkeys(
    at for at in range(0x1_0000) if chr(at).isspace() or unicodedata.category(chr(at)) in ("Mn", "Cf", "Cc")
)


def plain(text: str) -> str:
    """Text without white space, accents, capitals and what is not seen."""
    return unicodedata.normalize("NFKD", text.casefold()).translate(_UNSEEN)


def bared(text: str) -> str:
    """The same without anything but letters and digits."""
    return re.sub(r"[\W_]+", "", plain(text))


class Maker:
    """Makes identifiers, kind after kind, no two alike."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        families = [f"{a}{b}{c}" for a in BEGIN for b in MIDDLE for c in END]
        self.families = iter(self.dice.sample(families, len(families)))
        days = [FIRST_BIRTHDAY + timedelta(days=at) for at in range(DAYS)]
        self.days = iter(self.dice.sample(days, len(days)))
        self.numbers = iter(self.dice.sample(range(770_000, 790_000), 20_000))
        self.count = 0

    def make(self, kind: str = "") -> Identifier:
        """The next one, of this kind or of whichever kind is due."""
        chosen = kind or KINDS[self.count % len(KINDS)]
        self.count += 1
        return getattr(self, f"_{chosen}")()

    def _person(self) -> tuple[str, str]:
        names = OTHER_SCRIPTS if self.dice.random() < 0.05 else GIVEN
        return self.dice.choice(names), next(self.families)

    def _name(self) -> Identifier:
        given, family = self._person()
        words = self.dice.choice([f"{given} {family}", f"{given} {family.upper()}", f"{family}, {given}"])
        sentence = f"The social worker did not see the child {words}"
        return Identifier("name", words, sentence, bare=(bared(family),))

    def _birth(self) -> Identifier:
        day = next(self.days)
        month = MONTHS[day.month - 1]
        forms = (
            f"{day.day}/{day.month}/{day:%Y}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%Y}",
            f"{day.day} {month} {day.year}", f"{day.day} {month[:3]} {day.year}", f"{month} {day.day}, {day.year}",
            f"{day.day}th of {month} {day.year}", f"{day:%Y-%m-%d}", f"{day.day}.{day.month}.{day.year}",
        )  # fmt: skip
        words = self.dice.choice(forms)
        return Identifier("birth", words, f"The child, born {words}, was not seen", tuple(plain(f) for f in forms))

    def _postcode(self) -> Identifier:
        at = next(self.numbers)
        letters = "".join(self.dice.choice(LETTERS) for _ in range(2))
        words = f"{self.dice.choice(('SE', 'LS', 'NE', 'CF'))}{at % 90 + 10} {at // 90 % 9 + 1}{letters}"
        road = next(self.families)
        return Identifier("postcode", words, f"They live at {at % 99 + 1} {road} Road, {words}", bare=(bared(road),))

    def _case(self) -> Identifier:
        words = f"G-{next(self.numbers)}"
        return Identifier("case", words, f"The plan on {words} was late", bare=(bared(words),))

    def _nhs(self) -> Identifier:
        while True:
            digits = [4, *(self.dice.randrange(10) for _ in range(8))]
            check = 11 - sum(d * weight for d, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
            if check != 10:
                break
        made = "".join(map(str, [*digits, check % 11]))
        words = self.dice.choice([f"{made[:3]} {made[3:6]} {made[6:]}", made, f"{made[:3]}-{made[3:6]}-{made[6:]}"])
        return Identifier("nhs", words, f"NHS number {words}", bare=(made,))

    def _telephone(self) -> Identifier:
        made = f"7700{next(self.numbers)}"
        words = self.dice.choice([f"0{made[:4]} {made[4:]}", f"0{made}", f"+44 {made[:4]} {made[4:]}"])
        return Identifier("telephone", words, f"Ring the mother on {words}", bare=(made,))

    def _email(self) -> Identifier:
        given, family = self._person()
        words = f"{bared(given)}.{family.lower()}@mail.example.co.uk" if given.isascii() else f"{family}@example.com"
        return Identifier("email", words, f"Write to {words} first", bare=(bared(family),))

    def _school(self) -> Identifier:
        given, school = self._person()
        words = f"{given}, 9, of {school} Primary School"
        return Identifier("school", words, words, bare=(bared(school),))

    def _few(self) -> Identifier:
        house = next(self.families)
        words = f"{self.dice.choice(('two', 'three', 'four', '3'))} children at {house} House"
        return Identifier("few", words, f"Only {words} were seen alone", bare=(bared(house),))


class Seen:
    """What a reader got out of files, and whether an identifier is in it in any spelling."""

    def __init__(self, texts: list[str]) -> None:
        each = [plain(text) for text in dict.fromkeys(texts)]
        self.plain = "\n".join(each)
        self.bare = "\n".join(re.sub(r"[\W_]+", "", text) for text in each)

    def holds(self, identifier: Identifier) -> bool:
        """Whether it is there, forwards or as a script from right to left is drawn."""
        return any(self._is_there(spelling) for spelling in identifier.spellings) or any(
            word in self.bare or word[::-1] in self.bare for word in identifier.bare
        )

    def _is_there(self, spelling: str) -> bool:
        """A day is there only where no further digit makes another day or number of it."""
        at = self.plain.find(spelling)
        while at >= 0:
            around = self.plain[max(at - 1, 0) : at] + self.plain[at + len(spelling) : at + len(spelling) + 1]
            if not re.search(r"\d", around):
                return True
            at = self.plain.find(spelling, at + 1)
        return False
