"""A pack's own names for audits: sealed with its key, told by no two audits, and led back by the kept list alone."""

import base64
import hashlib
import hmac
import re

from audit_app.packs.disclosure import pseudonyms

KEY, PACK = "ab" * 32, "PCK-0001"
# Of these two the first six letters are alike with this key: found among the first 50,000 references.
ALIKE = ("AUD-2094", "AUD-47579")


def sealed(name, letters):
    """The name worked out by the standard library alone."""
    made = hmac.new(bytes.fromhex(KEY), f"{PACK}\n{name}".encode(), hashlib.sha256).digest()
    return f"R-{base64.b32encode(made).decode()[:letters]}"


def test_a_name_is_six_letters_sealed_with_the_key_of_the_pack():
    names = pseudonyms.names_for(KEY, PACK, ["AUD-0042", "AUD-0007", "AUD-0042"])
    assert names == {"AUD-0007": sealed("AUD-0007", 6), "AUD-0042": sealed("AUD-0042", 6)}
    assert list(names) == ["AUD-0007", "AUD-0042"]
    assert all(pseudonyms.NAME.fullmatch(name) for name in names.values())
    for key, pack in (("cd" * 32, PACK), (KEY, "PCK-0002")):
        assert not set(pseudonyms.names_for(key, pack, names).values()) & set(names.values())


def test_where_two_would_be_called_alike_every_name_of_the_pack_is_a_letter_longer():
    assert sealed(ALIKE[0], 6) == sealed(ALIKE[1], 6)
    names = pseudonyms.names_for(KEY, PACK, [*ALIKE, "AUD-0042"])
    assert names == {name: sealed(name, 7) for name in ("AUD-0042", *ALIKE)}
    assert len(set(names.values())) == 3


def test_audits_go_by_their_references_inside_by_names_to_inspectors_and_by_none_to_everybody():
    own = {"AUD-0042": "AUD-0042"}
    named = {"AUD-0042": sealed("AUD-0042", 6)}
    assert [pseudonyms.names_at(level, KEY, PACK, ["AUD-0042"]) for level in range(4)] == [own, own, named, {}]


def test_the_kept_list_leads_each_name_back_to_its_audit():
    keys = pseudonyms.key_list({"AUD-0042": "R-K7M2QX", "AUD-12345": "R-AAAAAA"})
    assert keys == {"R-K7M2QX": 42, "R-AAAAAA": 12345}
    assert pseudonyms.write_key_list(keys) == '{"R-AAAAAA": 12345, "R-K7M2QX": 42}'
    assert pseudonyms.read_key_list(pseudonyms.write_key_list(keys)) == keys
    assert pseudonyms.read_key_list("") == {}


def test_a_new_key_is_long_random_and_never_the_one_before():
    keys = {pseudonyms.new_key() for _ in range(20)}
    assert len(keys) == 20 and all(re.fullmatch("[0-9a-f]{64,}", key) for key in keys)


def test_a_name_is_known_by_its_shape():
    def known(text):
        return pseudonyms.NAME.findall(text)

    assert known("Seen in R-NG27AB, R-K7M2QXA.") == ["R-NG27AB", "R-K7M2QXA"]
    assert known("R-NG27A, XR-NG27AB, R-NG19AB, R-ng27ab") == []
