"""GOV.UK components, drawn once for each outline: what a page says is put into the outline, and never kept with it.

A component is made of its shape (which parts it has, which class each wears) and of its texts. A page of a dozen
questions draws the same few shapes over and over; of each the outline is kept, with gaps where the texts go. Texts,
names and typed words only ever stand on the page they were drawn for.
"""

from audit_app.outlines.drawing import COMPONENTS, OutlinedTemplate, Outlines

__all__ = ["COMPONENTS", "OutlinedTemplate", "Outlines"]
