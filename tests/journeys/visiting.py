"""A visitor in a real browser, who notices on every page what a person would be hindered by."""

import hashlib
import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as NothingCame
from playwright.sync_api import expect

from tests.chosen import WHOLE

# The browser writes a line of its own for every answer that is not a success; we say no with 409 and 422 on purpose.
BROWSERS_OWN = re.compile(r"Failed to load resource: the server responded with a status of (409|422)")
WIDE, NARROW = 1280, 320
IMPATIENT_MS = 20_000
FARTHEST_TAB = 120
# What a page is without the thing it tells of: axe looks at each such page once a run, and every time in `make proof`.
OF_ITS_OWN = re.compile(r"\d+|(?<=/)[0-9a-f-]{16,}")

STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((node) => node.getBoundingClientRect().right > wide + 1)
    .slice(0, 5)
    .map((node) => `${node.tagName.toLowerCase()}.${node.className} ${(node.textContent || "").trim().slice(0, 40)}`)
    .concat(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${wide} px`);
}"""
FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const labels = node.labels ? [...node.labels].map((label) => label.innerText.trim()) : [];
  const box = node.closest("fieldset");
  return {
    tag: node.tagName.toLowerCase(), type: node.type || "", name: node.name || "", value: node.value || "", id: node.id,
    words: (labels[0] || node.getAttribute("aria-label") || node.innerText || "").trim(),
    legend: box && box.querySelector("legend") ? box.querySelector("legend").innerText.trim() : "",
  };
}"""


def _where(rule):
    return "; ".join(node["html"][:160] for node in rule["nodes"][:3])


class LookedAt:
    """The pages that axe has looked at in this run, a file each, so that browsers side by side share the work."""

    def __init__(self, folder):
        self._folder = folder

    def is_new(self, page):
        """Whether nobody has looked at this page yet; from now on somebody has."""
        try:
            (self._folder / hashlib.sha256(repr(page).encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Visitor:
    """Somebody at a browser window of one width.

    Each method does what a person does and says, in its assertion, what that person would have seen instead.
    """

    def __init__(self, context, address, *, looked_at, scripts=True):
        self.context, self.address, self.scripts = context, address.rstrip("/"), scripts
        self.looked_at = looked_at
        self.faults = []
        self.others = ()  # addresses that the product leads to on purpose
        self.page = context.new_page()
        self.page.set_default_timeout(IMPATIENT_MS)
        self._listen(self.page)

    def _listen(self, page):
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: a script failed: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message):
        if message.type in ("error", "warning") and not BROWSERS_OWN.search(message.text):
            self.faults.append(f"{self.page.url}: the console says {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.address + "/", *self.others, "data:", "blob:", "about:")):
            self.faults.append(f"{self.page.url}: asked another host for {request.url}")

    def _response(self, response):
        if response.status >= 500:
            self.faults.append(f"{response.request.method} {response.url} answered {response.status}")

    # --- looking -----------------------------------------------------------------------------------------------------

    @property
    def path(self):
        return urlsplit(self.page.url).path

    @property
    def page_itself(self):
        """Which page this is, whatever it tells of; one that says what is missing is a page of its own."""
        return OF_ITS_OWN.sub("#", self.path), self.page.title().startswith("Error: ")

    def see(self, heading=None, *words, axe=True):
        """The page has come, with this heading and these words; and nothing on it is at fault."""
        try:
            if heading is not None:
                expect(self.page.locator("h1")).to_contain_text(heading, timeout=IMPATIENT_MS)
            for text in words:
                expect(self.page.locator("main")).to_contain_text(text, timeout=IMPATIENT_MS)
        except AssertionError as missed:
            raise AssertionError(f"{self._instead()}\n{missed}") from None
        self.look(axe=axe)
        self.no_faults()
        return self

    def look(self, axe=True):
        """Note what is at fault on the page as it stands, without failing yet."""
        self.page.wait_for_load_state()  # an answer that has only begun to come has no page yet
        self.faults += [f"{self.page.url}: sticks out: {what}" for what in self.page.evaluate(STICKS_OUT)]
        if axe and self.scripts:
            self.faults += self._barriers()

    def _instead(self):
        complaints = self.page.locator(".govuk-error-summary").all_inner_texts()
        return f"At {self.page.url}" + (f", which says {complaints}" if complaints else "")

    def _barriers(self):
        if not self.looked_at.is_new(self.page_itself) and not WHOLE:
            return []
        found = Axe().run(self.page).response["violations"]
        return [f"{self.page.url}: axe {rule['id']}: {rule['help']}: {_where(rule)}" for rule in found]

    def no_faults(self):
        """Fail if anything was wrong on any page so far."""
        found, self.faults = self.faults, []
        assert not found, "\n".join(found)

    # --- doing -------------------------------------------------------------------------------------------------------

    def go(self, path):
        """Open an address of ours."""
        self.page.goto(path if path.startswith("http") else self.address + path)
        return self

    def follow(self, words, *, exact=False, within="body"):
        """Press the first link that says these words."""
        return self._click("link", words, exact, within)

    def press(self, words, *, exact=False, within="body"):
        """Press the first button that says these words."""
        return self._click("button", words, exact, within)

    def _click(self, role, words, exact, within):
        try:
            self.page.locator(within).get_by_role(role, name=words, exact=exact).first.click()
        except NothingCame as error:
            offered = [place.inner_text() for place in self.page.get_by_role(role).all()]
            raise AssertionError(f"no {role} {words!r} at {self.page.url}, which offers {offered}") from error
        return self

    def write(self, label, text, *, exact=False):
        """Type into the first box under this label."""
        typed = self.page.locator("textarea, input:not([type=radio]):not([type=checkbox])")
        typed.and_(self.page.get_by_label(label, exact=exact)).first.fill(text)
        return self

    def choose(self, label, option):
        """Choose from a list under this label, by the words of the option or part of them."""
        field = self.page.get_by_role("combobox", name=label).first
        offered = field.locator("option")
        wanted = next((text for text in offered.all_text_contents() if option in text), None)
        assert wanted is not None, f"{label} at {self.page.url} offers {offered.all_text_contents()}, not {option}"
        field.select_option(label=wanted)
        return self

    def tick(self, words, *, under=None):
        """Tick a box or choose a radio button, in the group under a legend if one is named."""
        place = self.page.get_by_role("group", name=under) if under else self.page
        whole = place.get_by_label(words, exact=True)
        (whole if whole.count() else place.get_by_label(words)).first.check()
        return self

    def date(self, legend, day):
        """Type a date into the three boxes under a legend."""
        group = self.page.get_by_role("group", name=legend).first
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(number))
        return self

    # --- by keyboard alone -------------------------------------------------------------------------------------------

    def focused(self):
        """What holds the focus: its tag, type, name, words and the legend around it; None when nothing does."""
        return self.page.evaluate(FOCUSED)

    def tab_to(self, wanted):
        """Press Tab until `wanted(what holds the focus)`; a person gives up after a while."""
        passed = []
        for _press in range(FARTHEST_TAB):
            self.page.keyboard.press("Tab")
            here = self.focused()
            if here is not None:
                if wanted(here):
                    return here
                passed.append(here["words"][:30] or here["name"])
        raise AssertionError(f"Tab does not lead there at {self.page.url}; it passed {passed}")

    def tab_to_words(self, tag, words):
        """Tab to a link, button or box by its words."""
        return self.tab_to(lambda here: here["tag"] == tag and words in here["words"])

    def enter(self):
        """Press Enter and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def keys(self, text):
        """Type as on a keyboard, into what holds the focus."""
        self.page.keyboard.type(text)
        return self
