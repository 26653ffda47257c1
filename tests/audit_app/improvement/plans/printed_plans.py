"""Three published plans read out of their own documents, and typed as an outline: by code of its own, for tests.

Cells and bullets are read from the text of the documents; nothing of a builder or of the product goes into what they
are held against afterwards.
"""

import re
from dataclasses import dataclass, field

WINDSOR = "windsor-maidenhead-childrens-services-business-plan-2017-2018.txt"
CABINET = "windsor-maidenhead-cabinet-report-business-plan-2017.txt"
GREENWICH = "greenwich-childrens-services-business-plan-2018-2020.txt"
CITY = "city-of-london-service-development-plan-report-2019.txt"
HEADINGS = "Action\tMilestones\tLead\tDeadline for delivery\tMonitoring mechanisms"


@dataclass
class Theme:
    """A theme of the Windsor and Maidenhead plan as its table prints it, a row a milestone."""

    number: str
    title: str
    owner: str
    rows: list[list[str]] = field(default_factory=list)


def windsor_themes(text, numbers=("1", "2")):
    """The themes of appendix 1, each with the five cells of every row."""
    themes, theme = [], None
    for line in text[text.index("Appendix 1: Children's Services Improvement Plan 2017-2018\n") :].split("\n"):
        if match := re.match(r"Theme (\d+):\t(.+)", line):
            theme = Theme(match[1], match[2], "")
            themes.append(theme)
        elif line.startswith("Theme owner:\t"):
            theme.owner = line.partition("\t")[2]
        elif theme is not None and line.count("\t") == 4 and line != HEADINGS:
            theme.rows.append(line.split("\t"))
    return [theme for theme in themes if theme.number in numbers]


def cabinet_bands(text):
    """The cells of table 2: what is delivered, the four bands, the date of delivery."""
    line = next(
        line for line in text.split("\n") if line.startswith("Delivery of Children's Services improvement plan")
    )
    return line.split("\t")


def cabinet_risks(text):
    """The risks of table 3, whose cells run over two lines each: risk, uncontrolled, controls, controlled."""
    lines = text[text.index("Risks\tUncontrolled Risk") : text.index("## 7. POTENTIAL IMPACTS")].strip().split("\n")[1:]
    risks = []
    for line in (line.split("\t") for line in lines if line.strip()):
        if len(line) == 4 and line[1]:
            risks.append([line[0], line[1], [line[2]], line[3]])
        else:
            risks[-1][0] += f" {line[0]}".rstrip()
            risks[-1][2] += [cell for cell in line[1:] if cell]
    return risks


def greenwich_focus(text):
    """The focus area of G1: its description, aims, what staff said, and the cells of row G1."""
    part = text[text.index("Focus area: Performance, quality assurance and evaluation") :]
    paragraphs = part.split("\n")
    said = part[part.index("What staff said would help them") : part.index("\tAction\tDescription")].split("\n")[1:]
    return {
        "title": paragraphs[0].partition(": ")[2],
        "description": paragraphs[2],
        "summary": next(x for x in paragraphs if x.startswith("Ensure we know our services well")),
        "aims": [x[2:] for x in part[: part.index("What staff said")].split("\n") if x.startswith("- ")],
        "staff": [line for line in said if line.strip()],
        "headings": next(line for line in paragraphs if line.startswith("\tAction\tDescription")).split("\t"),
        "row": next(line for line in paragraphs if line.startswith("G1\t")).split("\t"),
    }


def city_words(text):
    """What the report prints of the plan: what each colour means, one priority, its aim, and where ideas come from."""
    colours = {}
    for colour, meaning in re.findall(r"- (blue|red|amber|green) meaning '([^']+)'", text):
        colours[colour] = meaning
    priority = re.search(r"a\. \*\*(Safe):\*\* (.+)", text)
    aim = next(line[2:] for line in text.split("\n") if line.startswith("- setting up 'champions'"))
    source = re.search(r"the very positive Ofsted review of our work with care leavers in October 2018", text)
    return {"colours": colours, "priority": priority[1], "about": priority[2], "aim": aim, "source": source[0]}


# --- typed ------------------------------------------------------------------------------------------------------------


def windsor_typed(themes, bands, risks):
    """The plan of Windsor and Maidenhead as somebody would type it off the page."""
    lines = ["Plan: Children's Services Improvement Plan 2017-2018", "To: 31 March 2018"]
    for risk, before, controls, after in risks:
        lines += [f"Plan risk: {risk}", f"Uncontrolled risk: {before}", f"Controls: {controls[0]}"]
        lines += [f"> {line}" for line in controls[1:]]
        lines.append(f"Controlled risk: {after}")
    names = ("Measure", "Unmet", "Met", "Exceeded", "Significantly exceeded", "Date of delivery")
    lines += [f"{name}: {cell}" for name, cell in zip(names, bands, strict=True)]
    for theme in themes:
        lines += ["", f"Theme {theme.number}:\t{theme.title}", f"Theme owner: {theme.owner}"]
        for what, step, lead, deadline, monitoring in theme.rows:
            lines += ["", f"Action: {what}"] if what else []
            lines += [f"Milestone: {step}", f"Lead: {lead}", f"Deadline for delivery: {deadline}"]
            lines += [f"Monitoring: {body}" for body in bodies(monitoring)]
    return "\n".join(lines)


def bodies(cell):
    """The bodies in one cell, which the text of the document runs together: one begins at each known name."""
    parts = re.split(r" (?=Monitoring of new data set|Review of operational meeting|Reduce proportion)", cell)
    return [part for part in parts if part.strip()]


def greenwich_typed(focus):
    """The focus area of G1 as somebody would type it."""
    label, action, about, here, indication, risk, leads = focus["row"]
    lines = [
        "Plan: Children's Services Business Plan 2018-2020",
        "From: 1 April 2018",
        "Review: All actions will be reviewed for the first time",
        "Due: at the end of 2018-19",
        f"Focus area: {focus['title']}",
        f"Description: {focus['description']}",
        f"> {focus['summary']}",
        *(f"Staff said: {line}" for line in focus["staff"]),
        *(f"Aim: {aim}" for aim in focus["aims"]),
        f"Action {label}: {action}",
        f"Description and aim: {about}",
        f"Where we are: {here}",
        f"As at: {focus['headings'][3].removeprefix('Where we are in ')}",
        f"Indication of impact: {indication}",
        f"Risk: {risk}",
        f"Leads as printed: {leads}",
    ]
    return "\n".join(lines)


def city_typed(city):
    """An aim of the City of London with its colours' words and its source."""
    lines = ["Plan: Service Development Plan 2019–20", "Own colours: yes"]
    lines += [f"{colour.capitalize()} means: {meaning}" for colour, meaning in city["colours"].items()]
    lines += [f"Theme: {city['priority']}", f"Description: {city['about']}", f"Aim: {city['aim']}"]
    lines += [f"Source: {city['source']}", f"Action: {city['aim']}", f"Source: {city['source']}", "Own rating: Amber"]
    return "\n".join(lines)
