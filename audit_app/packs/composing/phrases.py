"""How typed words are put into our sentences: a full stop at the end, quotation marks around, a post with its article.

Pure.
"""


def sentence(text: str) -> str:
    """Typed words as a sentence: with a full stop where they have no mark at the end."""
    plain = text.strip()
    return plain if not plain or plain.rstrip("”\"'’)")[-1:] in tuple(".!?:;…") else f"{plain}."


def quoted(text: str) -> str:
    """Somebody's own words between quotation marks: single ones where the words hold double ones, as they stand."""
    plain = text.strip()
    return f"‘{plain}’" if any(mark in plain for mark in '“”"') else f"“{plain}”"


def the_post(title: str) -> str:
    """the Head of Safeguarding; or that nobody recorded whose post it was."""
    plain = title.strip()
    if not plain:
        return "somebody whose post is not recorded"
    return plain if plain.casefold().startswith("the ") else f"the {plain}"
