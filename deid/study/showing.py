"""A study rendered for a tier with its own detector: what release, risk and review start from."""

from collections.abc import Callable
from pathlib import Path

from deid.study.folder import Study
from deid.study.memory import detector_of
from deid.study.render import Rendered, render, reread


def show(
    study: Study,
    tier: str = "",
    sources: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Rendered:
    """Raises SourceError naming the transcript whose source is absent or has changed."""
    readings = reread(study, sources=sources)
    with detector_of(study, reads_all=True) as detector:
        return render(study, readings, tier or study.settings.policy.tier, detector, progress)
