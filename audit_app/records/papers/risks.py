"""The risks of this very product to the people it tells of: what it does about each, what it leaves to the council.

Nothing stands here that the product does not do; how likely and how grave each risk is, the council says.
"""

from dataclasses import dataclass

from audit_app.records.papers.facts import Setting
from audit_app.words import Ours


@dataclass(frozen=True)
class Risk:
    """One risk, what the product does about it, and what it leaves."""

    what: Ours
    done: Ours
    left: Ours


def risks(setting: Setting) -> tuple[Risk, ...]:
    """Every risk, as it stands with what this installation is set to."""
    return (*_READING, _typed(), *_leaving(setting), *_keeping(setting), *_entering(setting), *_judging())


_READING = (
    Risk(
        Ours("Somebody reads about a child whom they do not work for"),
        Ours("Each role sees what it needs: auditors their own audits, team managers submitted audits of their teams, "
             "leaders agreed ones. The rule is applied to every reading of the database, searches, counts and files "
             "included. Each case, file and export that is opened leaves a line in the log. Nobody is kept from a case "
             "by a conflict of interest: the product has no such mark yet."),
        Ours("Give roles sparingly and end them on the day somebody leaves. Look through the log. Do not give an audit "
             "to somebody who knows the family."),
    ),
    Risk(
        Ours("An administrator reads cases"),
        Ours("The role of administrator opens no case, no finding and no pack. There is no way round that inside the "
             "service, not even in an emergency. An administrator cannot change their own roles."),
        Ours("Whoever runs the server can read the database and the files themselves. Limit who that is, encipher the "
             "disks, and keep the key of the backups elsewhere."),
    ),
)  # fmt: skip


def _typed() -> Risk:
    return Risk(
        Ours("A name, an address or a number of a person stands in free text"),
        Ours("There is no field for the name, address, date of birth or NHS number of a child or parent. Typed text is "
             "looked through for such words and held back once with a warning; the warning can be passed over. A pack "
             "that leaves the council is not made while such words stand undecided."),
        Ours("A case reference is still personal data to whoever can look it up. Tell auditors to write without names; "
             "not every name is found."),
    )  # fmt: skip


def _leaving(setting: Setting) -> tuple[Risk, ...]:
    return (
        Risk(
            Ours("Data leave in a workbook or a file"),
            Ours(f"A register is taken out only by roles that may read it, after the password if it was last given "
                 f"more than {setting.proof_minutes} minutes ago, at most {setting.exports_per_hour} an hour; each has "
                 "a number that stands in the log, and QA managers are told when whole registers become many."),
            Ours("What happens to the file afterwards: the service cannot call it back."),
        ),
        Risk(
            Ours("A pack tells its readers more than they may know"),
            Ours("A pack is made for one of four audiences, by choosing what it may say, never by covering up. For "
                 "inspectors and everybody each audit has a name of the pack’s own. Small numbers are hidden for "
                 "everybody. Somebody proof-reads it; another person releases it; each copy says who has it."),
            Ours("Who is given a copy, and that copies are destroyed. Withdrawing a pack closes it here and reaches no "
                 "copy."),
        ),
        Risk(
            Ours("A copy for a subject access request reaches the wrong person, or tells of somebody else"),
            Ours("Two people are needed; the reason is kept; the password is asked for again; the file ends after some "
                 "days; each download stands in the log. Every line has empty columns for the decisions about other "
                 "people and about serious harm: the file is a working copy, never the answer."),
            Ours("Checking who asks, deciding line by line, and what is sent."),
        ),
        Risk(
            Ours("Text stays on a shared computer"),
            Ours("Text that could not be sent is kept in the browser, enciphered, and removed at sign-out. The key "
                 "comes with the page and is never stored." if setting.kept_on_device else
                 "Keeping unsent text in the browser is switched off here."),
            Ours("Switch it off with KEPT_ON_DEVICE where computers are shared, and manage downloads on them."),
        ),
    )  # fmt: skip


def _keeping(setting: Setting) -> tuple[Risk, ...]:
    engine = "PostgreSQL" if setting.postgresql else "SQLite"
    return (
        Risk(
            Ours("Data are kept longer than they are needed"),
            Ours("Periods are set by the council, class by class; what would go is shown before. Nothing is removed "
                 "while no period is set. A legal hold comes before every removal. Two people are needed to remove."),
            Ours("Setting the periods, and looking at what is on hold."),
        ),
        Risk(
            Ours("What was removed is still in a backup, a released copy or a log"),
            Ours(f"Backups are enciphered and end after {setting.backup_days} days, one a week after "
                 f"{setting.backup_weeks} weeks. Nothing can be taken out of one. The log holds codes, references and "
                 "keyed hashes, never a text."),
            Ours("Telling people so, and removing again after an older backup was put back."),
        ),
        Risk(
            Ours("Data are lost, or changed unseen"),
            Ours("What the service says it saved is on the disk. Backups are made at night, checked, and can be tried. "
                 "The log is a chain with a key outside the database, and holds a keyed hash of each row it tells of; "
                 f"a command compares them. The database is {engine}."),
            Ours("Keeping backups on another machine, and trying one now and then."),
        ),
        Risk(
            Ours("A file that is uploaded does harm, or holds more than it shows"),
            Ours("Kinds of file are checked by what is in them; they are read apart from the service, with limits; "
                 "pictures lose what cameras write into them. " +
                 ("Each file is looked at by the council’s virus scanner." if setting.own_scanner else
                  "No virus scanner is set here.")),
            Ours("Setting a scanner, and looking into a file before it is given on."),
        ),
    )  # fmt: skip


def _entering(setting: Setting) -> tuple[Risk, ...]:
    where = "is required of everybody" if setting.server else "can be required by setting"
    return (
        Risk(
            Ours("Somebody signs in as somebody else"),
            Ours(f"Passwords are kept in a form that cannot be read back; wrong tries are slowed down; a second factor "
                 f"{where}. A session ends after {setting.idle_minutes} minutes without a page and after "
                 f"{setting.session_hours} hours in all. People see and end their own sessions."),
            Ours("Ending accounts of leavers on the day; secure devices."),
        ),
    )  # fmt: skip


def _judging() -> tuple[Risk, ...]:
    return (
        Risk(
            Ours("Staff are judged or watched by what was made for learning"),
            Ours("Practitioners and managers appear by a code and by team, never by a field for a name. The codes are "
                 "printed for the quality assurance team alone. What an auditor notes for themselves is theirs and is "
                 "not frozen with the audit."),
            Ours("Saying plainly what audits may be used for, and consulting staff."),
        ),
        Risk(
            Ours("A child can be told from few numbers"),
            Ours("What everybody may read shows totals, with numbers below 5 hidden such that none can be worked out. "
                 "A small team is not named there."),
            Ours("What is said beside a pack."),
        ),
        Risk(
            Ours("A decision about a child rests on what is only in an audit"),
            Ours("Nothing is decided by the service: no score, no prediction, no profile. A concern about a child is "
                 "told to named people at once and is open until one of them confirms."),
            Ours("That the child’s own record stays the place for decisions about the child."),
        ),
    )  # fmt: skip
