"""Names of exhibits in a line such as “Exhibits: E3, E7” as links to where each stands."""

import re

from reportlab.pdfbase.pdfmetrics import stringWidth

from audit_app.paper import tagging

LINE = re.compile(r"Exhibits?: E\d+(?:, E\d+)*\.?")


def draw(words, keys: dict[str, str]) -> None:
    """Lay a link over each name of a paragraph that is such a line; any other paragraph stays as it is."""
    wrapped = words.blPara
    if wrapped.kind or not LINE.fullmatch(" ".join(word for line in wrapped.lines for word in line[1] if word)):
        return
    look, canvas = words.style, words.canv
    y = words.height - getattr(wrapped, "ascent", look.fontSize)
    for number, (_, line) in enumerate(wrapped.lines):
        before = look.leftIndent + (look.firstLineIndent if number == 0 else 0)
        for at, word in enumerate(line):
            name = word.strip(",.")
            if name in keys:
                x = before + stringWidth("".join(f"{each} " for each in line[:at]), look.fontName, look.fontSize)
                wide = stringWidth(name, look.fontName, look.fontSize)
                canvas.saveState()
                canvas.translate(x, y - number * look.leading - 2)
                tagging.link(canvas, tagging.Slot("Link", words.slot), keys[name], name, (wide, look.fontSize + 2))
                canvas.restoreState()
