"""Numbers and addresses that point to one person: each told by its own shape and, where it has one, its check. Pure."""

import re
from collections.abc import Iterator

from audit_app.disclosure.suspect import Kind, Suspect, each_match

_NHS = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-]|\.\d)")
_NHS_SAID = re.compile(r"\bNHS (?:no|number|num|#)\b\W{0,6}(?:(?:is|was|of)\W)?(\d[\d -]{4,14}\d)", re.IGNORECASE)
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE)
_UPN_SAID = re.compile(r"\bUPN\b\W{0,6}(?:(?:number|no|is|was)\W{1,3})*([A-Z]?\d{6,13}[A-Z]?)\b", re.IGNORECASE)
_NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE
)
_EMAIL = re.compile(r"[\w.+'-]+(?:@| ?\[at\] ?|\(at\))[\w-]+(?:(?:\.| ?\[dot\] ?)[\w-]+)+", re.IGNORECASE)
_TELEPHONE = re.compile(r"(?<![\w-])(?:(?:\+|00) ?44 ?(?:\(0\) ?)?|\(?0)(?:[ ().-]{0,2}\d){8,10}(?![\w-])")
_SOCIAL = re.compile(
    r"\b(?:snapchat|instagram|insta|tiktok|twitter|facebook|discord|snap)\b[^.\n]{0,20}?(?<!\w)(@[\w.]{3,})",
    re.IGNORECASE,
)
_WELSH_AND_ENGLISH = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK "
    "ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR "
    "TS TW UB W WA WC WD WF "
    "WN WR WS WV YO ZE"
)
_POSTCODE = re.compile(r"\b([A-Z]{1,2})(\d[A-Z\d]?)(\s{0,2}|-)(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_AREAS = frozenset(_WELSH_AND_ENGLISH.split())


def identifiers(text: str) -> Iterator[Suspect]:
    """NHS, pupil and national insurance numbers, e-mail addresses, telephone numbers and postcodes."""
    yield from _numbers_of_health(text)
    for pattern in (_UPN, _UPN_SAID):
        yield from each_match(text, pattern, Kind.pupil_number)
    yield from each_match(text, _NATIONAL_INSURANCE, Kind.insurance_number)
    yield from each_match(text, _EMAIL, Kind.email)
    yield from each_match(text, _SOCIAL, Kind.email)
    for match in _TELEPHONE.finditer(text):
        if 10 <= sum(map(str.isdigit, match[0])) <= 14:
            yield Suspect(Kind.telephone, match[0], match.start())
    yield from _postcodes(text)


def _numbers_of_health(text: str) -> Iterator[Suspect]:
    for match in _NHS.finditer(text):
        if is_nhs_number(match[0]):
            yield Suspect(Kind.nhs_number, match[0], match.start())
    yield from each_match(text, _NHS_SAID, Kind.nhs_number)


def _postcodes(text: str) -> Iterator[Suspect]:
    for match in _POSTCODE.finditer(text):
        # Run together and in small letters it would be many another code.
        if match[1].upper() in _AREAS and (match[3].strip() != "-") and (match[3] or match[0].isupper()):
            yield Suspect(Kind.postcode, match[0], match.start())


def is_nhs_number(text: str) -> bool:
    """Ten figures of which the last checks the others (modulus 11).

    Source:
        NHS Data Dictionary, attribute NHS NUMBER, check digit by modulus 11.
    """
    figures = re.sub(r"[ -]", "", text)
    if not re.fullmatch(r"[0-9]{10}", figures) or len(set(figures)) == 1:
        return False
    total = sum(int(figure) * weight for figure, weight in zip(figures[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(figures[9])
