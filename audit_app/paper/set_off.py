"""Words set off from the rest of a page: in a note with a bar, in a box beside a label, as a link to a heading."""

from reportlab.platypus import Flowable, Spacer

from audit_app.paper import style, tagging, text


class Boxed(Flowable):
    """Paragraphs with a bar at their left; what does not fit goes on with the bar on the next page."""

    def __init__(self, words: list[text.Words], *, bar: object) -> None:
        super().__init__()
        self.words, self.bar = words, bar
        self.spaceBefore, self.spaceAfter = 4, 10

    def wrap(self, width, height):
        self.width = width
        self.heights = [words.wrap(width - 16, height)[1] + words.getSpaceAfter() for words in self.words]
        self.height = sum(self.heights)
        return width, self.height

    def lead_height(self, width: float) -> float:
        return min(self.wrap(width, style.TEXT_HEIGHT)[1], 45)

    def split(self, width, height):
        self.wrap(width, height)
        room = height
        for number, (words, needed) in enumerate(zip(self.words, self.heights, strict=True)):
            if needed > room:
                left = room - words.getSpaceAfter()
                parts = words.split(width - 16, left) if left >= 2 * words.style.leading else []
                if len(parts) < 2:
                    parts = [None, words]
                above = [*self.words[:number], *([parts[0]] if parts[0] is not None else [])]
                below = [*parts[1:], *self.words[number + 1 :]]
                return [Boxed(above, bar=self.bar), Boxed(below, bar=self.bar)] if above else []
            room -= needed
        return [self]

    def draw(self):
        canvas, y = self.canv, self.height
        tagging.begin_artifact(canvas)
        canvas.setFillColor(self.bar)
        canvas.rect(0, 2, 4, self.height - 4, stroke=0, fill=1)
        tagging.end(canvas)
        for words, height in zip(self.words, self.heights, strict=True):
            y -= height
            words.drawOn(canvas, 16, y + words.getSpaceAfter())


class Strip(Flowable):
    """A label and beside it a word in a bordered box; it never ends a page before what is said of it."""

    stays_with_next = True

    def __init__(self, label: str, word: str, tone: str) -> None:
        super().__init__()
        slot = tagging.Slot("P")
        self.label = text.paragraphs(label, "key", slot=tagging.Slot("Span", slot))
        self.word = text.paragraphs(word, "key", slot=tagging.Slot("Span", slot))
        for words in self.label:
            words.continues = True
        self.tone = style.TONES[tone]
        self.spaceBefore, self.spaceAfter = 3, 5

    def _widths(self) -> tuple[float, float]:
        return self.width * 0.64, self.width * 0.36

    def wrap(self, width, height):
        self.width = width
        left, right = self._widths()
        self.label_heights = [words.wrap(left - 10, height)[1] for words in self.label]
        self.word_heights = [words.wrap(right - 20, height)[1] for words in self.word]
        self.height = max(sum(self.label_heights), sum(self.word_heights)) + 6
        return width, self.height

    def split(self, width, height):
        """Only for words longer than a page: plain paragraphs, so that nothing is lost."""
        return flowing([*self.label, *self.word]) if self.wrap(width, height)[1] > style.TEXT_HEIGHT else []

    def lead_height(self, width: float) -> float:
        return self.wrap(width, style.TEXT_HEIGHT)[1]

    def draw(self):
        canvas = self.canv
        left, right = self._widths()
        tagging.begin_artifact(canvas)
        canvas.setFillColor(self.tone)
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.8)
        canvas.rect(left, 0, right, self.height, stroke=1, fill=1)
        tagging.end(canvas)
        for x, column, heights in ((0, self.label, self.label_heights), (left + 10, self.word, self.word_heights)):
            y = (self.height + sum(heights)) / 2
            for words, height in zip(column, heights, strict=True):
                y -= height
                words.drawOn(canvas, x, y - 1)


class LinkedWords(Flowable):
    """A paragraph that leads to a heading of the same document."""

    def __init__(self, words: str, key: str) -> None:
        super().__init__()
        self.slot, self.key, self.plain = tagging.Slot("Link", tagging.Slot("P")), key, text.plain(words)
        self.words = text.paragraphs(text.plain(words), "link", slot=self.slot)
        self.spaceAfter = 3

    def wrap(self, width, height):
        self.heights = [words.wrap(width, height)[1] for words in self.words]
        self.width, self.height = width, sum(self.heights)
        return width, self.height

    def split(self, width, height):
        return flowing(self.words) if self.wrap(width, height)[1] > style.TEXT_HEIGHT else []

    def lead_height(self, width: float) -> float:
        return self.wrap(width, style.TEXT_HEIGHT)[1]

    def draw(self):
        y = self.height
        for words, height in zip(self.words, self.heights, strict=True):
            y -= height
            words.drawOn(self.canv, 0, y)
        tagging.link(self.canv, self.slot, self.key, self.plain, (self.width, self.height))


def flowing(words: list[text.Words]) -> list[Flowable]:
    """Paragraphs to set one by one; the nothing before them always fits, as ReportLab asks of a first piece."""
    return [Spacer(0, 0), *words]
