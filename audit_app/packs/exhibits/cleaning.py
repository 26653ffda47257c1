"""A Word or Excel file without the names of who made, changed and annotated it, and where. In a child only.

What it says is not touched. Left out with the names: the folder it was kept in, what cameras wrote into its pictures,
and what the program that filled it in keeps behind its words. Equal files in, equal files out.
"""

import io
import re
import zipfile

from audit_app.packs.exhibits import pictures

MADE = (1980, 1, 1, 0, 0, 0)
# What a file says of itself; each part stays, because others point at it, and says nothing.
OF_ITSELF = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
        b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
        b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
}
_WHO = re.compile(
    rb"""(\b(?:w|w15|w16du|w14):(?:author|initials|userId|providerId)=)("[^"]*"|'[^']*')"""
    rb"""|(\b(?:displayName|userId|providerId|userName|lastEdited|author)=)("[^"]*"|'[^']*')"""
)
_AUTHORS = re.compile(rb"(<(?:\w+:)?author>)[^<]*(</(?:\w+:)?author>)")
# Where a workbook was kept, who has it open, who fetched its figures; what a letter was filled in from.
_KEPT = re.compile(
    rb"""(<(?:\w+:)?(?:absPath|fileSharing|pivotCacheDefinition)\b[^>]*?\b(?:url|userName|refreshedBy)=)"""
    rb"""("[^"]*"|'[^']*')|(<w:docVar\b[^>]*?\bw:val=)("[^"]*"|'[^']*')"""
)
_KEPT_IN = re.compile(r"xl/workbook\.xml|xl/pivotCache/pivotCacheDefinition\d*\.xml|word/settings\.xml")
# A small picture of the first page, as it was when somebody last saved the file: left out with what leads to it.
_TO_THUMBNAIL = re.compile(rb"<Relationship\b[^>]*/metadata/thumbnail[^>]*/>")
_FORMS = re.compile(r"customXml/item\d*\.xml")
_NO_FORM = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<nothing/>'
_PICTURES = re.compile(r"(?:word|xl)/media/.*", re.IGNORECASE)
_NAMED = re.compile(
    r"word/(?:document|comments\w*|header\d*|footer\d*|footnotes|endnotes|people)\.xml|xl/comments.*\.xml"
    r"|xl/persons/.*|xl/threadedComments/.*|xl/revisions/.*"
)


def cleaned(data: bytes) -> bytes:
    """The file without those names.

    Raises:
        zipfile.BadZipFile: it is none.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for member in package.infolist():
            if member.is_dir() or member.filename.startswith("docProps/thumbnail"):
                continue
            content = _cleaned_part(member.filename, package.read(member.filename))
            entry = zipfile.ZipInfo(member.filename, MADE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            made.writestr(entry, content)
    return target.getvalue()


def _cleaned_part(name: str, content: bytes) -> bytes:
    if name in OF_ITSELF:
        return OF_ITSELF[name]
    if name == "_rels/.rels":
        return _TO_THUMBNAIL.sub(b"", content)
    if _FORMS.fullmatch(name):
        return _NO_FORM
    if _PICTURES.fullmatch(name):
        return pictures.bare(content)
    if _KEPT_IN.fullmatch(name):
        return _KEPT.sub(lambda match: (match[1] or match[3]) + b'""', content)
    return _without_names(content) if _NAMED.fullmatch(name) else content


def _without_names(content: bytes) -> bytes:
    content = _WHO.sub(lambda match: (match[1] or match[3]) + b'""', content)
    return _AUTHORS.sub(rb"\1\2", content)
