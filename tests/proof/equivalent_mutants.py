"""Mutants that nobody can tell from the product, each with its reason."""

# (module, the line as it stands, the line as changed): why no test could notice.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "findings/queries/gaps.py",
        "standing = col(Finding.status) != FindingStatus.withdrawn",
        "standing = col(Finding.status) < FindingStatus.withdrawn",
    ): "a finding is raised or withdrawn, and of the two words withdrawn is the last in the alphabet",
    (
        "findings/worded_dates.py",
        "weekday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7",
        "weekday = (32 + 1 * left + 2 * (rest // 4) - moon - rest % 4) % 7",
    ): "of every year that is read, 2000 to 2099, nothing is left of the century",
    (
        "findings/worded_dates.py",
        "weekday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7",
        "weekday = (32 + 3 * left + 2 * (rest // 4) - moon - rest % 4) % 7",
    ): "of every year that is read, 2000 to 2099, nothing is left of the century",
    (
        "findings/worded_dates.py",
        "if not lasts or len(lasts) < len(readings):  # whatever has a last day has a first",
        "if not lasts or len(lasts) is not len(readings):  # whatever has a last day has a first",
    ): "never more than there are readings, and small whole numbers are one object each",
    (
        "audit_app/audits/moving/service.py",
        "before=json.dumps(before, ensure_ascii=False),",
        "before=json.dumps(before, ensure_ascii=True),",
    ): "read back it is the same: only the store is a little larger",
    (
        "audit_app/improvement/plans/outline/service.py",
        "def _post_of(node: Node, column: str, *, person: bool = False) -> dict[str, Any]:",
        "def _post_of(node: Node, column: str, *, person: bool = True) -> dict[str, Any]:",
    ): "of an owner given without it only themes ask, which keep no person and pass over one",
    (
        "audit_app/evidence/batches/service_clearing.py",
        "service_files.hold(session, alone=True)",
        "service_files.hold(session, alone=False)",
    ): "on SQLite one writer at a time holds the database anyway; on PostgreSQL a test of its own waits for it",
    (
        "audit_app/self_assessment/signing/service.py",
        'signer = people.names_of(session, [row.signed_by]).get(row.signed_by or 0, "somebody else")',
        'signer = people.names_of(session, [row.signed_by]).get(row.signed_by or -1, "somebody else")',
    ): "nobody has the number 0, and nobody -1",
    (
        "audit_app/packs/composing/report_parts.py",
        "return thread.area.status is AreaStatus.closed or bool(standing(thread))",
        "return thread.area.status <= AreaStatus.closed or bool(standing(thread))",
    ): "an area is open or closed, and of the two words closed is the first in the alphabet",
    (
        "findings/register/areas.py",
        "if finding.status is FindingStatus.withdrawn:",
        "if finding.status >= FindingStatus.withdrawn:",
    ): "a finding is raised or withdrawn, and of the two words withdrawn is the last in the alphabet",
    (
        "frameworks/points.py",
        'doubt = "" if reached.verified == "verified" else " The table is not verified."',
        'doubt = "" if reached.verified >= "verified" else " The table is not verified."',
    ): "a table is verified, partly or unverified, and of the three words verified is the last in the alphabet",
    (
        "findings/queries/gap_counts.py",
        "if len(conditions) == 1:",
        "if len(conditions) <= 1:",
    ): "of no kind of gap nothing is asked",
    (
        "findings/queries/gap_counts.py",
        "if len(conditions) == 1:",
        "if len(conditions) == 2:",
    ): "the same number by a longer way; no table has two kinds of gap",
    (
        "findings/queries/gap_places.py",
        "is_open, in_force = col(Action.status) == ActionStatus.open, col(Action.status) != ActionStatus.withdrawn",
        "is_open, in_force = col(Action.status) == ActionStatus.open, col(Action.status) < ActionStatus.withdrawn",
    ): "of the words for how an action stands withdrawn is the last in the alphabet",
    (
        "findings/queries/gap_places.py",
        "in_force = col(Action.status) != ActionStatus.withdrawn",
        "in_force = col(Action.status) < ActionStatus.withdrawn",
    ): "of the words for how an action stands withdrawn is the last in the alphabet",
    (
        "findings/queries/gap_places.py",
        ".where(row_of(Finding, FindingInArea.finding_number), col(Finding.status) != FindingStatus.withdrawn)",
        ".where(row_of(Finding, FindingInArea.finding_number), col(Finding.status) < FindingStatus.withdrawn)",
    ): "a finding is raised or withdrawn, and of the two words withdrawn is the last in the alphabet",
    (
        "frameworks/rails/second.py",
        "because = f\"{_titles(worst)} {'is' if len(worst) == 1 else 'are'} graded {domains_scale.points[0].name}\"",
        "because = f\"{_titles(worst)} {'is' if len(worst) <= 1 else 'are'} graded {domains_scale.points[0].name}\"",
    ): "there is one at least: none are not told",
    (
        "frameworks/rails/second.py",
        'safety = "this domain is" if len(worst) == 1 else "these domains are"',
        'safety = "this domain is" if len(worst) <= 1 else "these domains are"',
    ): "there is one at least: none are not told",
    (
        "frameworks/rails/second.py",
        "because = f\"{needs}, and {_titles(short)} {'is' if len(short) == 1 else 'are'} lower.\"",
        "because = f\"{needs}, and {_titles(short)} {'is' if len(short) <= 1 else 'are'} lower.\"",
    ): "there is one at least: none are not told",
    (
        "frameworks/rails/second.py",
        "if many == 1:",
        "if many <= 1:",
    ): "there is one at least: of no answer nothing is told",
    (
        "frameworks/rails/shapes.py",
        "return marked[0] if len(marked) == 1 else f\"{', '.join(marked[:-1])} and {marked[-1]}\"",
        "return marked[0] if len(marked) <= 1 else f\"{', '.join(marked[:-1])} and {marked[-1]}\"",
    ): "there is one at least: none are not told",
    (
        "frameworks/estimates.py",
        "DIGITS = 80  # of logarithms, far more than any share or confidence is written with",
        "DIGITS = 81  # of logarithms, far more than any share or confidence is written with",
    ): "one digit of eighty more or fewer: a hair is a hair",
    (
        "frameworks/estimates.py",
        "DIGITS = 80  # of logarithms, far more than any share or confidence is written with",
        "DIGITS = 79  # of logarithms, far more than any share or confidence is written with",
    ): "one digit of eighty more or fewer: a hair is a hair",
    (
        "frameworks/files/parsing.py",
        'return _frozen(YAML(typ="safe", pure=False).load(text), [0], 0)',
        'return _frozen(YAML(typ="safe", pure=True).load(text), [0], 0)',
    ): "the same values, read more slowly",
    (
        "frameworks/files/yaml_lines.py",
        "if self.nodes_met > 2 * MAX_VALUES:",
        "if self.nodes_met >= 2 * MAX_VALUES:",
    ): "a file of so many parts holds too many values however they are counted: the same words",
    (
        "frameworks/files/yaml_lines.py",
        "if self.nodes_met > 2 * MAX_VALUES:",
        "if self.nodes_met == 2 * MAX_VALUES:",
    ): "parts are counted one by one, so the count passes there",
    (
        "frameworks/files/yaml_lines.py",
        "if self.nodes_met > 2 * MAX_VALUES:",
        "if self.nodes_met > 3 * MAX_VALUES:",
    ): "the same file is refused in the same words by the count of its values, later",
    (
        "frameworks/checks/by_type.py",
        "next_lowest, last = 0, -1",
        "next_lowest, last = 0, ~1",
    ): "what stands before the first place: no place is that low",
    (
        "frameworks/checks/by_type.py",
        "next_lowest, last = 0, -1",
        "next_lowest, last = 0, - 2",
    ): "what stands before the first place: no place is that low",
    (
        "findings/references.py",
        "_EPOCH_MICROSECONDS = 1_577_836_800_000_000  # 2020-01-01T00:00Z: later instants fit in 63 bits until 2091",
        "_EPOCH_MICROSECONDS = 1577836800000001  # 2020-01-01T00:00Z: later instants fit in 63 bits until 2091",
    ): "ids begin a microsecond earlier or later: they grow as before",
    (
        "findings/references.py",
        "_EPOCH_MICROSECONDS = 1_577_836_800_000_000  # 2020-01-01T00:00Z: later instants fit in 63 bits until 2091",
        "_EPOCH_MICROSECONDS = 1577836799999999  # 2020-01-01T00:00Z: later instants fit in 63 bits until 2091",
    ): "ids begin a microsecond earlier or later: they grow as before",
    ("frameworks/changes.py", "later = to[0]", "later = to[ -1]"): "one is left there: none and several have returned",
    (
        "audit_app/audits/moving/service.py",
        'revision = max(revisions.get(columns["domain_id"], 0), columns["revision"]) + 1',
        'revision = max(revisions.get(columns["domain_id"], 1), columns["revision"]) + 1',
    ): "what is put in place was saved once at least: its own revision is one or more",
    (
        "audit_app/records/erasure/service.py",
        'raise Invalid("reason", NOTHING if wish.kind is RemovalKind.retention else "A legal hold keeps all of this.")',
        'raise Invalid("reason", NOTHING if wish.kind >= RemovalKind.retention else "A legal hold keeps all of this.")',
    ): "a removal is by request or by retention, and of the two words retention is the last in the alphabet",
    (
        "audit_app/people/exports/service.py",
        "col(RegisterExport.at) > now - timedelta(days=1, hours=1),",
        "col(RegisterExport.at) >= now - timedelta(days=1, hours=1),",
    ): "25 hours ago was another day in London, even when the clock goes back, and only exports of today count",
    (
        "audit_app/packs/composing/measures.py",
        "return round(left if measure.target > measure.baseline else -left, 6)",
        "return round(left if measure.target >= measure.baseline else -left, 6)",
    ): "the two are not the same there: where they are, it has returned",
    (
        "frameworks/__init__.py",
        "if at and not (version.isascii() and version.isdecimal() and len(version) <= 2):",
        "if at and not (version.isascii() and version.isdecimal() and len(version) <= 3):",
    ): "no edition was corrected a hundred times: such a version is refused as not there, by the same error",
    (
        "audit_app/library/own_sets/service.py",
        'edition_id=f"draft-{secrets.token_hex(12)}",',
        'edition_id=f"draft-{secrets.token_hex( 13)}",',
    ): "a long random word that nobody is shown is as good as another",
    (
        "audit_app/home/morning/service.py",
        "presses = any(line.urgency != Urgency.later for line in queries.waiting(session, own, today))",
        "presses = any(line.urgency < Urgency.later for line in queries.waiting(session, own, today))",
    ): "later is the last of the urgencies",
    (
        "audit_app/self_assessment/claims/service.py",
        "if len(there) >= MOST_CLAIMS:",
        "if len(there) == MOST_CLAIMS:",
    ): "claims are added one at a time and never put back, so there is no more than the most",
    (
        "audit_app/self_assessment/versions/service.py",
        "revision: int = 0,",
        "revision: int = -1,",
    ): "a part that is there has a revision of one or more: neither has been seen of it",
    (
        "audit_app/records/erasure/service_removing.py",
        "if line.state is not LineState.waiting:",
        "if line.state < LineState.waiting:",
    ): "of the words for how a line stands waiting is the last in the alphabet",
    (
        "audit_app/records/erasure/service_removing.py",
        "if row.state is not RemovalState.agreed or any(state in UNFINISHED for state in states):",
        "if row.state > RemovalState.agreed or any(state in UNFINISHED for state in states):",
    ): "of the words for how a removal stands agreed is the first in the alphabet",
    (
        "audit_app/self_assessment/service_handover.py",
        "row.state = AssessmentState.drafting if isinstance(row, SelfAssessment) else VersionState.drafting",
        "row.state = AssessmentState.drafting if not isinstance(row, SelfAssessment) else VersionState.drafting",
    ): "both kinds of state call it drafting, which is the word that is kept",
    (
        "audit_app/people/exports/service.py",
        "col(RegisterExport.at) > now - timedelta(days=1, hours=1),",
        "col(RegisterExport.at) > now - timedelta(days= 2, hours=1),",
    ): "more is read than could be of today in London, and only exports of today count",
    (
        "audit_app/people/access/door.py",
        'g.oversize = _says("tells_oversize") and (request.content_length or 0) > request.max_content_length',
        'g.oversize = _says("tells_oversize") and (request.content_length or -1) > request.max_content_length',
    ): "nothing sent is less than what may be sent, and so is less than nothing",
    (
        "audit_app/evidence/batches/service_clearing.py",
        'col(EvidenceBatch.ended_at) < before, EvidenceBatch.parts == "",',
        'col(EvidenceBatch.ended_at) < before, EvidenceBatch.parts <= "",',
    ): "no text comes before the empty one",
    (
        "audit_app/evidence/guards.py",
        "of_it = (whole.authority_id == columns.authority_id, whole.number == columns.batch_number)",
        "of_it = (whole.authority_id <= columns.authority_id, whole.number == columns.batch_number)",
    ): "both are the council of the scope: each side is asked for it beside this",
    (
        "audit_app/people/factors/service.py",
        "step = codes.matching_step(codes.decipher(begun.secret, key), code, now, after=0)",
        "step = codes.matching_step(codes.decipher(begun.secret, key), code, now, after= 1)",
    ): "half minutes are counted from 1970: no clock stands in its first minute",
    (
        "frameworks/reader.py",
        "def __init__(self, name: str, contents: Mapping[str, bytes], *, ours: bool = False) -> None:",
        "def __init__(self, name: str, contents: Mapping[str, bytes], *, ours: bool = True) -> None:",
    ): "left to the default only where the areas of another edition are read: the same values, and no fault is told",
    (
        "audit_app/packs/disclosure/pseudonyms.py",
        "return secrets.token_hex(32)",
        "return secrets.token_hex( 33)",
    ): "a longer random key that nobody is shown is as good as another",
    (
        "audit_app/packs/composing/grades.py",
        'return "was" if number == 1 and not narrator.leaving else "were"',
        'return "was" if number <= 1 and not narrator.leaving else "were"',
    ): "there is one at least: of an empty group nothing is said",
    (
        "audit_app/people/provider/service_entering.py",
        "row = queries.get_sign_in(session, taken[0]) if taken is not None else None",
        "row = queries.get_sign_in(session, taken[ -1]) if taken is not None else None",
    ): "one column is returned: the first is the last",
}
