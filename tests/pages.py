"""What every page must satisfy, and `Page`: the only way a test fetches HTML."""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
RAW = frozenset({"script", "style", "textarea", "title"})
# A browser closes an open <p> before any of these, so a <p> around one is not what the template meant.
BREAKS_P = frozenset(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav "  # noqa: SIM905
    "ol p pre section table ul".split()
)
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "option": {"select", "optgroup", "datalist"},
    "legend": {"fieldset"},
    "summary": {"details"},
}
NOT_IN_ITSELF = {"a": {"a", "button", "label"}, "button": {"a", "button"}, "form": {"form"}, "label": {"label"}}
TOKEN = re.compile(
    r"<!--(?P<comment>.*?)-->|<!(?P<doctype>[^>]*)>|</(?P<close>[a-zA-Z][^\s>]*)\s*>"
    r"|<(?P<open>[a-zA-Z][^\s/>]*)(?P<attrs>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""\s*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
LEAKS = (
    (re.compile(r"\{\{|\}\}|\{%|%\}"), "template marks"),
    (re.compile(r"\bUndefined\b"), "Undefined"),
    (re.compile(r"(?m)^None$|(?<=[\w,;:(] )None\b(?! of)"), "None"),
    (re.compile(r"\bNaT\b|\bnan\b"), "a missing number"),
    (re.compile(r"(?i)\b(?:ruler|weave|woven)\b"), "a word of the builders, not of the trade"),
    (re.compile(r"<[A-Za-z]+\.[a-z_]+: |object at 0x|datetime\.datetime\(|Decimal\('"), "an inside view of Python"),
)
LEAK_IN_ATTRIBUTE = re.compile(r"=\"[^\"]*(?:None|Undefined|\{\{)")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
POINTERS = frozenset({"aria-describedby", "aria-labelledby", "aria-controls", "for"})
NEEDS_LABEL_NOT = frozenset({"hidden", "submit", "button", "image", "reset"})
# What a form carries for itself; nobody can fill these in.
CARRIED = frozenset({"csrf_token", "once", "revision", "warned"})
SPEAKS_BY_VALUE = frozenset({"submit", "button", "reset"})


@dataclass(eq=False)
class Node:
    """One element of a page."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: "Node | None" = None
    children: list = field(default_factory=list)

    def __str__(self):
        marks = "".join(f' {key}="{self.attrs[key]}"' for key in ("id", "name", "href", "class") if key in self.attrs)
        return f"<{self.tag}{marks}>"

    def get(self, name, missing=""):
        return self.attrs.get(name, missing)

    def has_class(self, name):
        return name in self.get("class").split()

    def walk(self):
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def above(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *tags):
        """The nearest element of these tags around this one, or None."""
        return next((node for node in self.above() if node.tag in tags), None)

    def select(self, *tags, class_=None, **attrs):
        """All elements below by tag, class and attributes: select("a", class_="govuk-link", href="/x")."""
        return [
            node
            for node in self.walk()
            if node is not self
            and (not tags or node.tag in tags)
            and (class_ is None or node.has_class(class_))
            and all(node.get(name.rstrip("_").replace("_", "-")) == value for name, value in attrs.items())
        ]

    def first(self, *tags, **wanted):
        return next(iter(self.select(*tags, **wanted)), None)

    @property
    def text(self):
        return " ".join("".join(_pieces(self)).split())


def _pieces(node):
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag not in ("script", "style"):
            inline = child.tag in ("a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup", "time")
            if not inline:
                yield " "
            yield from _pieces(child)
            if not inline:
                yield " "


# --- reading ---------------------------------------------------------------------------------------------------------


class Reader:
    """A strict reader of HTML: each element is closed where it should be, or the page is at fault."""

    def __init__(self, source):
        self.source = source
        self.faults = []
        self.root = self.top = Node("#page")
        self.doctype = None
        self._read()

    def fault(self, words, at):
        self.faults.append(f"line {self.source.count(chr(10), 0, at) + 1}: {words}")

    def _read(self):
        at = 0
        while match := TOKEN.search(self.source, at):
            self._text(at, match.start())
            at = match.end()
            if match["open"]:
                at = self._open(match)
            elif match["close"]:
                self._close(match["close"].lower(), match.start())
            elif match["doctype"] is not None:
                self.doctype = match["doctype"].strip().lower()
        self._text(at, len(self.source))
        if self.top is not self.root:
            self.fault(f"{self.top} is never closed", len(self.source))

    def _text(self, start, end):
        if start == end:
            return
        text = self.source[start:end]
        if "<" in text:
            self.fault(f"a bare < in the text {text.strip()[:40]!r}", start)
        self.top.children.append(html.unescape(text) if "&" in text else text)

    def _open(self, match):
        tag = match["open"].lower()
        node = Node(tag, self._attributes(match), self.top)
        self._placed(node, match.start())
        self.top.children.append(node)
        self_closed = match["attrs"].rstrip().endswith("/")
        if self_closed and tag not in VOID and tag != "svg" and not node.inside("svg"):
            self.fault(f"{node} closes itself, which HTML does not know", match.start())
        if tag in VOID or self_closed:
            return match.end()
        self.top = node
        raw = tag in RAW and not (tag == "title" and node.inside("svg"))
        return self._raw(tag, match.end()) if raw else match.end()

    def _raw(self, tag, start):
        end = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(self.source, start)
        stop = end.start() if end else len(self.source)
        text = self.source[start:stop]
        self.top.children.append(html.unescape(text) if tag in ("textarea", "title") else text)
        return stop

    def _attributes(self, match):
        attrs, at, source = {}, 0, match["attrs"].rstrip().removesuffix("/").rstrip()
        while at < len(source):
            part = ATTRIBUTE.match(source, at)
            if part is None:
                self.fault(f"attributes of <{match['open']}> cannot be read at {source[at : at + 20]!r}", match.start())
                break
            name = part[1].lower()
            if name in attrs:
                self.fault(f"<{match['open']}> has {name} twice", match.start())
            value = part[2] if part[2] is not None else part[3] if part[3] is not None else part[4] or ""
            attrs[name] = html.unescape(value) if "&" in value else value
            at = part.end()
        return attrs

    def _placed(self, node, at):
        parent = node.parent.tag
        if node.tag in PARENTS and parent not in PARENTS[node.tag]:
            self.fault(f"{node} stands in <{parent}>", at)
        if parent == "p" and node.tag in BREAKS_P:
            self.fault(f"{node} stands in a paragraph, which it ends", at)
        if node.tag in NOT_IN_ITSELF and (outer := node.inside(*NOT_IN_ITSELF[node.tag])):
            self.fault(f"{node} stands inside {outer}", at)

    def _close(self, tag, at):
        if self.top.tag == tag:
            self.top = self.top.parent
            return
        self.fault(f"</{tag}> comes while {self.top} is open", at)
        while self.top is not self.root and any(node.tag == tag for node in self.top.above()):
            self.top = self.top.parent
            if self.top.tag == tag:
                self.top = self.top.parent
                return


# --- checking --------------------------------------------------------------------------------------------------------


class Facts:
    """A read page, its elements listed once for all checks."""

    def __init__(self, source, status):
        reader = Reader(source)
        self.source = source
        self.root, self.status, self.doctype, self.read_faults = reader.root, status, reader.doctype, reader.faults
        self.nodes = [node for node in reader.root.walk() if node is not reader.root]
        self.by_tag, self.ids = {}, {}
        for node in self.nodes:
            self.by_tag.setdefault(node.tag, []).append(node)
            if "id" in node.attrs:
                self.ids.setdefault(node.attrs["id"], node)

    def tagged(self, *tags):
        return [node for tag in tags for node in self.by_tag.get(tag, [])]

    @property
    def fields(self):
        return [
            node
            for node in self.tagged("input", "select", "textarea")
            if node.get("type", "text") not in NEEDS_LABEL_NOT
        ]


def frame_faults(page):
    if page.doctype != "doctype html":
        yield "the page does not begin with <!DOCTYPE html>"
    root = page.tagged("html")
    if not root or root[0].get("lang") not in ("en", "en-GB"):
        yield "the page does not say lang=en-GB"
    for tag in ("title", "h1", "main"):
        if len(page.tagged(tag)) != 1:
            yield f"the page has {len(page.tagged(tag))} {tag}, not one"
    if not page.tagged("title") or not page.tagged("h1"):
        return
    title, heading = page.tagged("title")[0].text, page.tagged("h1")[0].text
    start = f"Error: {heading}" if page.status == 422 else heading
    if not heading:
        yield "the h1 is empty"
    elif not title.startswith(start):
        yield f"the title is {title!r}, it should begin {start!r}"


def heading_faults(page):
    level = 1
    for node in page.nodes:
        if node.tag not in HEADINGS:
            continue
        if int(node.tag[1]) > level + 1:
            yield f"{node} {node.text!r} skips a heading level after h{level}"
        if not node.text:
            yield f"{node} is an empty heading"
        level = int(node.tag[1])


def id_faults(page):
    for name, times in Counter(node.attrs["id"] for node in page.nodes if "id" in node.attrs).items():
        if times > 1:
            yield f"the id {name!r} is used {times} times"
        if not name or re.search(r"\s", name):
            yield f"the id {name!r} is empty or has a blank in it"
    for node in page.nodes:
        for attribute in POINTERS.intersection(node.attrs):
            for name in node.get(attribute).split():
                if name not in page.ids:
                    yield f"{node} points with {attribute} at {name!r}, which is not on the page"
        href = node.get("href")
        if node.tag == "a" and href.startswith("#") and href[1:] not in page.ids:
            yield f"{node} leads to a place that is not on the page"


def label_faults(page):
    labels = {node.get("for") for node in page.tagged("label") if node.text}
    for node in page.fields:
        wrapped = node.inside("label")
        by_id = any(page.ids[name].text for name in node.get("aria-labelledby").split() if name in page.ids)
        if not (node.get("id") in labels or node.get("aria-label").strip() or by_id or (wrapped and wrapped.text)):
            yield f"{node} has no label"
    groups = Counter(node.get("name") for node in page.fields if node.get("type") == "radio")
    for node in page.fields:
        fieldset = node.inside("fieldset")
        if groups.get(node.get("name"), 0) > 1 and node.get("type") == "radio" and not _named(fieldset, page):
            yield f"{node} is one of several radios without a fieldset and legend"
    for fieldset in page.tagged("fieldset"):
        if not _named(fieldset, page):
            yield f"{fieldset} has no legend"


def _named(fieldset, page):
    if fieldset is None:
        return False
    legends = [child for child in fieldset.children if isinstance(child, Node) and child.tag == "legend"]
    by_id = [page.ids[name] for name in fieldset.get("aria-labelledby").split() if name in page.ids]
    return bool(fieldset.get("aria-label").strip() or any(node.text for node in legends + by_id))


def described_faults(page):
    described = {name for node in page.nodes for name in node.get("aria-describedby").split()}
    for node in page.nodes:
        for kind in ("govuk-hint", "govuk-error-message"):
            if kind in node.attrs.get("class", "") and node.has_class(kind) and node.get("id") not in described:
                yield f"{node} {node.text[:40]!r} is tied to nothing by aria-describedby"


def error_faults(page):
    summaries = page.root.select("div", class_="govuk-error-summary") if "govuk-error-summary" in page.source else []
    if page.status == 422 and not summaries:
        yield "a 422 page has no error summary"
    if summaries and page.status == 200:
        yield "a page with an error summary answered 200, not 422"
    targets = set()
    for link in (link for summary in summaries for link in summary.select("a")):
        target = page.ids.get(link.get("href").removeprefix("#"))
        targets.add(target)
        if target is not None and not _focusable(target):
            yield f"the error summary link {link} leads to {target}, which cannot take the focus"
    for summary in summaries:
        if not summary.select("li"):
            yield "the error summary lists nothing"
    for group in (node for node in page.nodes if summaries and node.has_class("govuk-form-group--error")):
        if not any(target is not None and group in target.above() for target in targets):
            yield f"{group} {group.text[:40]!r} is in error, but no link of the error summary leads into it"


def _focusable(node):
    if node.tag in ("input", "select", "textarea", "button"):
        return node.get("type") != "hidden" and "disabled" not in node.attrs
    return (node.tag == "a" and "href" in node.attrs) or "tabindex" in node.attrs or node.tag == "summary"


def table_faults(page):
    for table in page.tagged("table"):
        captions = [child for child in table.children if isinstance(child, Node) and child.tag == "caption"]
        if not captions or not captions[0].text:
            yield f"{table} has no caption"
        if not table.select("th"):
            yield f"{table} has no header cells"
    for cell in page.tagged("th"):
        if cell.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            yield f"{cell} {cell.text!r} is a header cell without a scope"


def script_faults(page):
    # Looking at each attribute is slow; a page where none of these letters stand has nothing to look for.
    suspect = re.search(r"\b(style|on[a-z]+)\s*=|javascript:|data:", page.source, re.IGNORECASE)
    for node in page.nodes:
        if node.tag == "script" and "src" not in node.attrs:
            yield f"{node} is an inline script"
        if node.tag == "style":
            yield f"{node} is an inline style sheet"
        for name, value in node.attrs.items() if suspect else ():
            if name == "style" or re.fullmatch("on[a-z]+", name):
                yield f"{node} has an inline {name}"
            if name in ("href", "src", "action", "formaction") and re.match(r"\s*(javascript|data):", value, re.I):
                yield f"{node} has a {name} that runs or carries something"


def _says(node):
    own = node.text or node.get("aria-label").strip() or node.get("title").strip()
    return own or any(image.get("alt").strip() for image in node.select("img")) or node.select("svg", role="img")


def name_faults(page):
    for node in page.tagged("a", "button"):
        if not _says(node):
            yield f"{node} is empty: nothing says what it does"
        if node.get("href", "/") in ("", "#"):
            yield f"{node} {node.text!r} leads nowhere"
    for node in page.tagged("input"):
        if node.get("type") in SPEAKS_BY_VALUE and not node.get("value").strip():
            yield f"{node} is a button without words"


def picture_faults(page):
    for node in page.tagged("img"):
        if "alt" not in node.attrs:
            yield f"{node} has no alt"
    for node in page.tagged("svg"):
        if node.get("aria-hidden") != "true" and not (node.get("role") == "img" and node.get("aria-label")):
            yield f"{node} is neither hidden from nor named for a screen reader"


def form_faults(page):
    for form in page.tagged("form"):
        method = form.get("method", "get").lower()
        tokens = [node for node in form.select("input", name="csrf_token") if node.get("value")]
        if method == "post" and len(tokens) != 1:
            yield f"{form} {form.get('action')!r} posts with {len(tokens)} csrf_token, not one"
        if method != "post" and tokens:
            yield f"{form} {form.get('action')!r} would put its csrf_token into the address"
        for node in form.select("input", "textarea", "select"):
            if node.get("name") in CARRIED and node.get("type") != "hidden":
                yield f"{node} is for the page itself, not for people"
        if not form.select("button") and not form.select("input", type="submit"):
            yield f"{form} {form.get('action')!r} has no button"


def leak_faults(page):
    shown = [
        (node, child.strip())
        for node in page.nodes
        if node.tag not in ("script", "style", "textarea")
        for child in node.children
        if isinstance(child, str) and not child.isspace()
    ]
    shown += [(node, "None") for node in page.tagged("textarea") if node.text == "None"]
    everything = "\n".join(text for _node, text in shown)
    # One search of the whole page per pattern; the slow look at each text only where something was found.
    for pattern, words in LEAKS:
        if pattern.search(everything):
            for node, text in shown:
                if pattern.search(text):
                    yield f"{node} shows {words}: {text[:60]!r}"
    if LEAK_IN_ATTRIBUTE.search(page.source):
        yield from attribute_leaks(page)


def attribute_leaks(page):
    for node in page.nodes:
        for name in ("href", "src", "action", "value", "alt", "aria-label"):
            if re.search(r"(?:^|[/=])None(?:$|[/&?#])|\{\{|\bUndefined\b", node.get(name)):
                yield f"{node} has None in its {name}"


CHECKS = (
    frame_faults, heading_faults, id_faults, label_faults, described_faults, error_faults, table_faults, script_faults,
    name_faults, picture_faults, form_faults, leak_faults,
)  # fmt: skip


def faults_of(page):
    return page.read_faults + [fault for find in CHECKS for fault in find(page)]


def check(source, status=200):
    """All that is wrong with a page, in words; an empty list when it is well made."""
    return faults_of(Facts(source, status))


# --- fetching --------------------------------------------------------------------------------------------------------


class Seen:
    """One answer of the application, checked when it is HTML, with what a person would read from it."""

    def __init__(self, response, url):
        self.response, self.url, self.status = response, url, response.status_code
        self.data, self.headers = response.data, response.headers
        self.location = response.headers.get("Location")
        # A redirect's one-line body is never shown.
        self.is_html = response.mimetype == "text/html" and not 300 <= self.status < 400
        self.html = response.get_data(as_text=True) if self.is_html else ""
        self._facts = Facts(self.html, self.status)
        found = faults_of(self._facts) if self.is_html else []
        assert not found, f"{url} ({self.status}) is not a good page:\n  " + "\n  ".join(found)

    @property
    def root(self):
        """The whole tree, to select from."""
        return self._facts.root

    @property
    def h1(self):
        return self._facts.tagged("h1")[0].text

    @property
    def title(self):
        return self._facts.tagged("title")[0].text

    @property
    def main(self):
        return self._facts.tagged("main")[0]

    @property
    def text(self):
        """What the body of the page says, blanks run together."""
        return self._facts.tagged("body")[0].text

    @property
    def errors(self):
        """The lines of the error summary."""
        return [item.text for box in self.select(class_="govuk-error-summary") for item in box.select("li")]

    def select(self, *tags, **wanted):
        return self.root.select(*tags, **wanted)

    def first(self, *tags, **wanted):
        return self.root.first(*tags, **wanted)

    def by_id(self, name):
        return self._facts.ids.get(name)

    def links(self):
        """Each link's words and where it leads."""
        return [(link.text or link.get("aria-label"), link.get("href")) for link in self._facts.tagged("a")]

    def link(self, words):
        """Where the one link that says these words leads."""
        exact = [href for text, href in self.links() if text == words]
        found = list(dict.fromkeys(exact or [href for text, href in self.links() if words in text]))
        assert len(found) == 1, f"{self.url} has {len(found)} links saying {words!r}: {self.links()}"
        return found[0]

    def tables(self):
        """Each table by its caption: its rows as lists of texts, the header row first."""
        return {
            table.first("caption").text: [[cell.text for cell in row.select("th", "td")] for row in table.select("tr")]
            for table in self._facts.tagged("table")
        }

    def summary(self):
        """Keys and values of the summary lists."""
        rows = [row for row in self.select("div", class_="govuk-summary-list__row")]
        return {row.first("dt").text: row.first("dd").text for row in rows if row.first("dt") and row.first("dd")}

    def forms(self):
        return self._facts.tagged("form")

    def form(self, which=None):
        """A form by its place, a part of its action, or the first that posts."""
        if isinstance(which, int):
            return self.forms()[which]
        posting = [form for form in self.forms() if form.get("method").lower() == "post"]
        found = posting if which is None else [form for form in self.forms() if which in form.get("action", self.url)]
        # Signing out sits in the header of every page; the form a test means is the one in the main part.
        found.sort(key=lambda form: form.inside("main") is None)
        assert found, f"{self.url} has no form {which or 'that posts'}"
        return found[0]

    def field_names(self, which=None):
        names = [node.get("name") for node in controls(self.form(which), self._facts)]
        return list(dict.fromkeys(name for name in names if name and name != "csrf_token"))

    def form_data(self, which=None, button=None):
        """What a browser would send if the form were sent now: name to text, or to a list where there are several."""
        data = {}
        form = self.form(which)
        for name, value in (pair for node in controls(form, self._facts) for pair in sent(node)):
            data.setdefault(name, []).append(value)
        for node in form.select("button"):
            if node.get("name") and button in (node.text, node.get("value"), node.get("name")):
                data.setdefault(node.get("name"), []).append(node.get("value"))
        return {name: values[0] if len(values) == 1 else values for name, values in data.items()}

    @property
    def token(self):
        found = self.select("input", name="csrf_token")
        return found[0].get("value") if found else None


def controls(form, facts):
    """The fields that belong to a form, in page order."""
    fields = [node for node in facts.nodes if node.tag in ("input", "select", "textarea")]
    return [
        node for node in fields if form in node.above() or (node.get("form") and node.get("form") == form.get("id"))
    ]


def sent(node):
    """The names and values a browser would send for one field."""
    name, kind = node.get("name"), node.get("type", "text")
    off = "disabled" in node.attrs or any(
        "disabled" in outer.attrs for outer in node.above() if outer.tag == "fieldset"
    )
    if not name or off or kind in ("submit", "button", "image", "reset", "file"):
        return []
    if kind in ("radio", "checkbox"):
        return [(name, node.get("value", "on"))] if "checked" in node.attrs else []
    if node.tag == "textarea":
        return [(name, "".join(child for child in node.children if isinstance(child, str)).removeprefix("\n"))]
    if node.tag != "select":
        return [(name, node.get("value"))]
    options = node.select("option")
    chosen = [option for option in options if "selected" in option.attrs]
    chosen = chosen if "multiple" in node.attrs else (chosen[-1:] or options[:1])
    return [(name, option.get("value", option.text)) for option in chosen]


class Page:
    """Fetches pages through Flask's test client as a browser would, and checks each one it is given.

    What was seen last can be asked of the Page itself: page.get("/"), then page.h1, page.text, page.link("Next").
    """

    def __init__(self, client, base_url="http://localhost"):
        self.client, self.base_url = client, base_url
        self.seen = None
        self.token = None

    def __getattr__(self, name):
        seen = self.__dict__.get("seen")
        if seen is None or name.startswith("__"):
            raise AttributeError(name)
        return getattr(seen, name)

    def _fetch(self, method, url, status, **options):
        referer = urljoin(self.base_url, self.seen.url if self.seen else "/")
        headers = {"Referer": referer, **options.pop("headers", {})}
        response = self.client.open(url, method=method, base_url=self.base_url, headers=headers, **options)
        allowed = status if isinstance(status, (tuple, list, set)) else (status,)
        said = f"{method} {url} answered {response.status_code}, not {status}"
        if response.status_code not in allowed:
            raise AssertionError(f"{said}: {response.headers.get('Location') or _plain(response)}")
        self.seen = Seen(response, url)
        self.token = self.seen.token or self.token
        return self.seen

    def get(self, url, status=200, follow=False, **options):
        """Fetch a page; with follow, go where a redirect leads."""
        if not follow:
            return self._fetch("GET", url, status, **options)
        return self._follow(self._fetch("GET", url, (status, 302, 303, 308), **options), status)

    def post(self, url, data=None, status=303, follow=True, csrf=True, **options):
        """Send a form. The csrf_token of the page seen last is added unless given or csrf=False.

        A redirect is followed and the page it leads to is returned; with follow=False the redirect itself is.
        """
        data = dict(data or {})
        if csrf and self.token and "csrf_token" not in data:
            data["csrf_token"] = self.token
        seen = self._fetch("POST", url, status, data=data, **options)
        return self._follow(seen) if follow and 300 <= seen.status < 400 else seen

    def submit(self, changes=None, *, form=None, button=None, status=303, follow=True):
        """Fill in the form on the page seen last and send it as a browser would; None takes a field away."""
        target = self.seen.form(form)
        data = {**self.seen.form_data(form, button), **(changes or {})}
        data = {name: value for name, value in data.items() if value is not None}
        url = urljoin(self.seen.url, target.get("action")) if target.get("action") else self.seen.url
        if target.get("method").lower() == "post":
            return self.post(url, data, status=status, follow=follow)
        return self.get(url.partition("?")[0], status=200 if status == 303 else status, query_string=data)

    def click(self, words, status=200, **options):
        """Follow the link of the page seen last that says these words."""
        return self.get(urljoin(self.seen.url, self.seen.link(words)), status=status, **options)

    def _follow(self, seen, status=200):
        for _step in range(6):
            if not 300 <= seen.status < 400:
                break
            parts = urlsplit(urljoin(self.base_url + seen.url, seen.location))
            url = parts.path + (f"?{parts.query}" if parts.query else "")
            seen = self._fetch("GET", url, (status, 302, 303, 308))
        assert seen.status == status, f"{seen.url} answered {seen.status} at the end of the redirects, not {status}"
        return seen


def _plain(response):
    if response.mimetype != "text/html":
        return response.get_data(as_text=True)[:300]
    facts = Facts(response.get_data(as_text=True), response.status_code)
    summary = [node.text for node in facts.nodes if node.has_class("govuk-error-summary")]
    return " | ".join([node.text for node in facts.tagged("h1")] + summary)[:600]
