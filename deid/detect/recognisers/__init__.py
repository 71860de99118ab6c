"""One recogniser a file; the file's name is the recogniser's name.

A file offers `EXAMPLES: tuple[str, ...]` and `build(settings: Settings, region: Region) -> EntityRecognizer`, which
normally returns `as_recogniser("<name>", find)` with `find(passage) -> Iterator[Claim]`. A third argument names its
triggers (deid.detect.triggers): folded words, signs or DIGIT, of which each passage that it claims anything in holds at
least one. Whoever adds a rule adds its trigger, and an example that would fail without it. In an example ⟦these marks⟧
stand around each part that must be claimed; where none stand, nothing may be claimed. What else an example can say
(a model's span, a segment's kind, a known person) is in tests/detect/examples.py.
"""
