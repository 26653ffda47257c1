"""How full the pages of a printed document are, measured in the file itself."""

import pypdfium2

from audit_app.paper import style


def how_full(data):
    """For each page the share of its room for text that is used, counted from the top; headers and footers left out."""
    return [(high - min(bottoms, default=high)) / (high - low) for low, high, bottoms in _rooms(data)]


def lines_of(data):
    """For each page how many lines of text it has in its room for text; what stands beside each other is one."""
    return [len({round(bottom / 6) for bottom in bottoms}) for _, _, bottoms in _rooms(data)]


def thin(data, *, least_full, least_lines, front):
    """The numbers of pages that hold too little; the last page, and the last before paper turns, only its lines.

    The first pages, so many as `front` says, are cover and contents.
    """
    turned = lies_on_its_side(data)
    ends = {number for number, (here, then) in enumerate(zip(turned, [*turned[1:], None], strict=True)) if here != then}
    pages = enumerate(zip(how_full(data), lines_of(data), strict=True))
    return [
        number + 1
        for number, (share, lines) in pages
        if number >= front and (lines < least_lines or (share < least_full and number not in ends))
    ]


def _rooms(data):
    """The lower and upper end of each page's room for text, and the lower ends of the words that stand in it."""
    document = pypdfium2.PdfDocument(data)
    rooms = []
    for page in document:
        width, height = page.get_size()
        margin = style.END_MARGIN if width < height else style.WIDE_MARGIN
        low, high = margin + style.FOOTER_HEIGHT, height - margin - style.HEADER_HEIGHT
        words = page.get_textpage()
        boxes = [words.get_rect(at) for at in range(words.count_rects())]
        rooms.append((low, high, [bottom for _, bottom, _, top in boxes if bottom > low - 4 and top < high + 4]))
    document.close()
    return rooms


def lies_on_its_side(data):
    """Whether each page lies on its side."""
    document = pypdfium2.PdfDocument(data)
    sizes = [page.get_size() for page in document]
    document.close()
    return [width > height for width, height in sizes]
