"""Words for the paper and the repository, made from the log's figures; the author checks them before using them."""

from deid.audit.facts import LogFacts, OutputFacts, totals

# How each technique of ISO/IEC 20889 reads in a methods section.
_TECHNIQUES = {
    "pseudonymization": "replaced by consistent bracketed labels (pseudonymisation)",
    "generalization": "replaced by broader terms (generalisation)",
    "masking": "replaced by labels that name only their kind (masking)",
    "local suppression": "removed where no wording could be kept (local suppression)",
    "suppression": "removed (suppression)",
}


def methods_paragraph(log: LogFacts) -> str:
    """A paragraph for the methods section, with the figures of the newest outputs."""
    outputs = _chosen(log)
    replaced = sum(output.replaced for output in outputs)
    if not replaced:
        return "No transcript has been de-identified yet."
    sentences = [
        f"{_number(len(outputs), 'interview transcript was', 'interview transcripts were')} de-identified with "
        f"deid {log.versions.get('deid-transcripts', '')}".rstrip()
        + ", a program that runs offline on the researcher's own computer.",
        f"Direct and indirect identifiers were found by a combination of {_found_by(log)}; "
        f"{_number(replaced, 'stretch of text was', 'stretches of text were')} replaced.",
        _techniques(outputs),
        "The same person, place or agency carries the same label in all transcripts; the key that links labels to "
        "names is kept apart from the transcripts in an encrypted file.",
        _people(log),
        _share(outputs),
        "Every replacement and every decision is recorded in a signed log that holds no original text and can be "
        f"checked without the key (fingerprint of the log's key on the ethics form; {log.events} events).",
        "Pseudonymised transcripts remain personal data, and de-identification reduces the risk of recognition without "
        "removing it.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def availability_statement(log: LogFacts) -> str:
    """A data-availability statement that promises no more than was done."""
    done = [release for release in log.releases if release.is_done]
    if not done:
        return (
            "The interview transcripts are not publicly available because they contain information that could identify "
            "participants and the people they spoke of."
        )
    tiers = {release.release.partition("/")[0] for release in done}
    if "public" in tiers:
        where = "A de-identified version for publication is available [repository, identifier]."
    elif "archive" in tiers:
        where = (
            "De-identified transcripts are available to registered researchers under the access conditions of "
            "[repository, identifier]."
        )
    else:
        where = "Pseudonymised transcripts are shared within the research team only."
    left_out = {code for release in done for code, _ in release.left_out}
    consent = f" {_number(len(left_out), 'transcript is', 'transcripts are')} not shared." if left_out else ""
    return (
        f"{where}{consent} The original transcripts and the key that links labels to names are not shared. The release "
        "carries a signed record of every replacement, which can be checked without the key."
    )


def _chosen(log: LogFacts) -> tuple[OutputFacts, ...]:
    released = [place for place in log.places if place.startswith("releases/")]
    return log.at(released[-1] if released else "drafts")


def _found_by(log: LogFacts) -> str:
    parts = ["rules", "word lists of the region" if log.region_pack else ""]
    if log.models:
        parts.append(f"language models ({', '.join(sorted(log.models))})")
    return _join([part for part in parts if part])


def _techniques(outputs: tuple[OutputFacts, ...]) -> str:
    counts = totals(output.by_technique for output in outputs)
    phrases = [f"{_TECHNIQUES.get(name, name)}, {count} times" for name, count in counts.items()]
    return f"Text was {'; '.join(phrases)} (terms of ISO/IEC 20889)." if phrases else ""


def _people(log: LogFacts) -> str:
    reviewers = {decision.reviewer for decision in log.decisions} | set(log.sign_offs.values())
    if not reviewers:
        return "No person has reviewed the result yet."
    who = _number(len(reviewers), "reviewer", "reviewers")
    if not log.decisions:
        signed = _number(len(log.sign_offs), "transcript", "transcripts")
        return f"{who} read {signed} and signed them off as the program had written them."
    said = f"{who} made {_number(len(log.decisions), 'decision', 'decisions')}"
    compared = sum(each[1] for each in log.agreement)
    if compared:
        agreed = compared - sum(each[2] for each in log.agreement)
        said += f"; on {compared} items that two reviewers judged apart they agreed in {agreed / compared:.0%}"
    signed = (
        f", and {_number(len(log.sign_offs), 'transcript was', 'transcripts were')} signed off" if log.sign_offs else ""
    )
    return f"{said}{signed}."


def _share(outputs: tuple[OutputFacts, ...]) -> str:
    words = sum(output.words for output in outputs)
    replaced = sum(output.words_replaced for output in outputs)
    return f"{1 - replaced / words:.1%} of the words stand as they were spoken." if words else ""


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _join(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
