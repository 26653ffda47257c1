"""Our own texts on pages in the words of the council: found once when a template is compiled, changed when it is shown.

Static text between tags, the few attributes people read or hear, and sentences written in expressions become calls;
tags, other attributes, scripts, styles and codes do not. Whatever a page is given to show is left alone,
unless it comes as a text of ours (`words.Ours`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from flask import Flask, g, has_app_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape
from sqlalchemy.exc import SQLAlchemyError

from audit_app import words
from audit_app.library.terms import queries as terms
from audit_app.library.terms.own_words import NONE, OwnWords, Verbatim, holds_a_term, in_terms

# A pack is frozen as it was made, with the words it was made with; its page says what its paper says.
FROZEN = frozenset({"packs/read.html", "packs/blocks.html"})
READ_ATTRIBUTES = frozenset({"alt", "aria-label", "data-label", "placeholder", "title"})
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s*=\s*(["'])|>""")
_TAG = re.compile(r"<(?:!--|/?[A-Za-z!])")
_UNREAD = re.compile(r"<(script|style)\b", re.IGNORECASE)


def own_words() -> OwnWords:
    """The words of this request's council: read once, when the first text that holds one is shown."""
    if not has_app_context():
        return NONE
    own = g.get("own_words")
    if own is None:
        own = g.own_words = _read()
    return own  # type: ignore[no-any-return]


def _read() -> OwnWords:
    session, council = g.get("session"), g.get("authority")
    if session is None or council is None or g.get("database_busy"):
        return NONE
    try:
        return terms.own_words(session, council.id)
    except SQLAlchemyError:
        # An error page is shown after the database has refused something; it must not be refused for its words.
        return NONE


def text_in_terms(text: Any) -> Any:
    """A text of ours in the council's words; markup stays markup."""
    own = own_words()
    if not own or not text:
        return text
    if isinstance(text, Markup):
        return Markup(in_terms(str(text), own, lambda word: str(escape(word))))  # noqa: S704 (its own text was markup)
    return in_terms(str(text), own) if not isinstance(text, Verbatim) else text


def in_terms_if_ours(value: Any) -> Any:
    """What a page shows: in the council's words when all of it is a text of ours."""
    return text_in_terms(value) if isinstance(value, words.Ours) else value


def markup_in_terms(text: str) -> Markup:
    """A piece of a template's own text, which is markup."""
    return text_in_terms(Markup(text))  # type: ignore[no-any-return]  # noqa: S704 (a template's own text)


def count_in_terms(number: int, noun: str, nouns: str | None = None) -> str:
    """`words.count` for templates: the noun is ours, so it follows the council's word."""
    own = own_words()
    if not own:
        return words.count(number, noun, nouns)
    return words.count(number, in_terms(noun, own), in_terms(nouns or words.plural(noun), own))


class InTerms:
    """A module of wording whose tables read in the council's words; anything but a table of texts is handed through."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        if not isinstance(value, Mapping):
            return value
        own = own_words()
        return {key: in_terms(text, own) if isinstance(text, str) else text for key, text in value.items()}


def wording_in_terms(module: Any) -> Any:
    """A feature's wording as its pages read it: the module itself for a council that changed nothing."""
    return InTerms(module) if own_words() else module


class _Html:
    """Where in the markup a template's text stands, from one piece of it to the next."""

    def __init__(self) -> None:
        self.at = "text"
        self.attribute = ""
        self.quote = ""
        self.after_tag = "text"

    def parts(self, text: str) -> Iterator[tuple[str, bool]]:
        """The pieces of a text, each with whether people read it."""
        while text:
            taken, read = getattr(self, f"_{self.at}")(text)
            yield text[:taken], read
            text = text[taken:]

    def _text(self, text: str) -> tuple[int, bool]:
        tag = _TAG.search(text)
        if tag is None:
            return len(text), True
        if tag.start():
            return tag.start(), True
        if tag[0] == "<!--":
            self.at = "comment"
            return len(tag[0]), False
        unread = _UNREAD.match(text)
        self.at, self.after_tag = "tag", f"unread {unread[1].lower()}" if unread else "text"
        return len(tag[0]), False

    def _tag(self, text: str) -> tuple[int, bool]:
        attribute = _ATTRIBUTE.search(text)
        if attribute is None:
            return len(text), False
        if attribute[0] == ">":
            self.at = "unread" if self.after_tag != "text" else "text"
        else:
            self.at, self.attribute, self.quote = "value", attribute[1].lower(), attribute[2]
        return attribute.end(), False

    def _value(self, text: str) -> tuple[int, bool]:
        end = text.find(self.quote)
        read = self.attribute in READ_ATTRIBUTES
        if end > 0:
            return end, read
        if end == 0:
            self.at = "tag"
            return 1, False
        return len(text), read

    def _unread(self, text: str) -> tuple[int, bool]:
        end = text.lower().find(f"</{self.after_tag.partition(' ')[2]}")
        if end != 0:
            return (end if end > 0 else len(text)), False
        self.at, self.after_tag = "tag", "text"
        return 2, False

    def _comment(self, text: str) -> tuple[int, bool]:
        end = text.find("-->")
        if end < 0:
            return len(text), False
        self.at = "text"
        return end + 3, False


class OwnWordsExtension(Extension):
    """Turns a template's own texts that hold a term into calls, when the template is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template, some of its texts as calls."""
        if stream.name in FROZEN:
            yield from stream
            return
        html, expression = _Html(), _Expression()
        for token in stream:
            if token.type == "data":
                yield from _static(html, token)
                continue
            text_of_ours = expression.is_sentence(token) and holds_a_term(token.value)
            if expression.is_wording(token, stream.current):
                yield from _called("wording_in_terms", token)
            elif text_of_ours:
                yield from _called("in_terms", token)
            else:
                yield token


class _Expression:
    """Which texts of expressions are sentences: not codes, and not the nouns that `words.count` is given."""

    def __init__(self) -> None:
        self.last: tuple[str, ...] = ("", "", "")  # the three tokens before
        self.brackets: list[bool] = []

    def is_sentence(self, token: Token) -> bool:
        """Whether a token is a text that people read: it begins with a capital or has more than one word."""
        if token.type == "lparen":
            self.brackets.append(self.last == ("words", ".", "count"))
        elif token.type == "rparen" and self.brackets:
            self.brackets.pop()
        self.last = (*self.last[1:], str(token.value))
        if token.type != "string" or (self.brackets and self.brackets[-1]):
            return False
        return token.value[:1].isupper() or " " in token.value.strip()

    def is_wording(self, token: Token, following: Token) -> bool:
        """Whether a token is the module of a feature's wording, about to be asked for one of its tables."""
        return token.type == "name" and token.value == "wording" and following.type == "dot" and self.last[1] != "."


def _static(html: _Html, token: Token) -> Iterator[Token]:
    for piece, read in list(html.parts(token.value)):
        if read and holds_a_term(piece):
            yield Token(token.lineno, "variable_begin", "{{")
            yield from _called("markup_in_terms", Token(token.lineno, "string", piece))
            yield Token(token.lineno, "variable_end", "}}")
        else:
            yield Token(token.lineno, "data", piece)


def _called(function: str, given: Token) -> Iterator[Token]:
    yield Token(given.lineno, "name", function)
    yield Token(given.lineno, "lparen", "(")
    yield given
    yield Token(given.lineno, "rparen", ")")


def teach_jinja(app: Flask) -> None:
    """Teach Jinja the words of councils, before any template is compiled."""
    app.jinja_env.add_extension(OwnWordsExtension)
    app.jinja_env.finalize = in_terms_if_ours
    app.jinja_env.filters["in_terms"] = text_in_terms
    app.jinja_env.globals.update(
        in_terms=text_in_terms,
        in_terms_if_ours=in_terms_if_ours,
        markup_in_terms=markup_in_terms,
        wording_in_terms=wording_in_terms,
    )
    app.jinja_env.globals["words"] = SimpleNamespace(**{**vars(words), "count": count_in_terms})
