"""How an auditor in a browser answers what must be answered, and goes on to the next page."""

from playwright.sync_api import expect

WHY = "The record shows it plainly, the manager saw it, and the child could say what it meant at home."


def needed(visitor, grade):
    """Answer each question marked as needed: by the grade where it takes one, else its first answer, or a sentence."""
    for group in visitor.page.get_by_role("group").filter(has_text="Needed.").all():
        if group.get_by_role("radio").count() and not group.locator("input:checked").count():
            group.get_by_label(grade).or_(group.get_by_role("radio").first).last.check()
    for box in visitor.page.locator(".govuk-form-group:has(> .govuk-hint)").filter(has_text="Needed.").all():
        if box.locator("> textarea").count() and not box.locator("> textarea").input_value():
            box.locator("> textarea").fill(WHY)


def domain(visitor, grade="Good"):
    """Answer one domain page as briefly as the rules allow, and save it."""
    if visitor.page.get_by_role("group", name="Grade for this domain").count():
        visitor.tick(grade, under="Grade for this domain")
    needed(visitor, grade)
    before = visitor.path
    visitor.press("Save and continue")
    expect(visitor.page).not_to_have_url(visitor.address + before)


def second_thoughts(visitor):
    """Say why, to each question about a grade, and go on to the check."""
    for box in visitor.page.locator("main textarea").all():
        box.fill(WHY)
    return visitor.press("Save and check your answers")


def to_the_last_page(visitor, grade="Good"):
    """Answer domain after domain until the last page comes; returns the titles passed."""
    passed = []
    while not visitor.path.endswith("/last-page"):
        passed.append(visitor.page.locator("h1").inner_text())
        visitor.see(axe=False)
        domain(visitor, grade)
    return passed


def last_page(visitor, grade="Good", difference="The child sleeps at home every night and says so."):
    """Answer the last page and go on to the check."""
    visitor.write("Strengths", "The social worker knows the child well.")
    visitor.write("Worries", "Nobody has said what happens if the plan fails.")
    visitor.write("What has changed for the child?", difference)
    visitor.tick(grade, under="Overall grade")
    visitor.write("Why this grade?", WHY)
    visitor.tick("The child’s record").write("Minutes taken", "55")
    visitor.press("Save and check your answers")
