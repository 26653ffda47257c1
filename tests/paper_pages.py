"""How full the pages of a printed document are, measured in the file itself."""

import pypdfium2

from audit_app.paper import style


def how_full(data):
    """For each page the share of its room for text that is used, counted from the top; headers and footers left out."""
    document = pypdfium2.PdfDocument(data)
    shares = []
    for page in document:
        width, height = page.get_size()
        margin = style.END_MARGIN if width < height else style.WIDE_MARGIN
        low, high = margin + style.FOOTER_HEIGHT, height - margin - style.HEADER_HEIGHT
        words = page.get_textpage()
        boxes = [words.get_rect(at) for at in range(words.count_rects())]
        lowest = min((bottom for _, bottom, _, top in boxes if bottom > low - 4 and top < high + 4), default=high)
        shares.append((high - lowest) / (high - low))
    document.close()
    return shares


def lies_on_its_side(data):
    """Whether each page lies on its side."""
    document = pypdfium2.PdfDocument(data)
    sizes = [page.get_size() for page in document]
    document.close()
    return [width > height for width, height in sizes]
