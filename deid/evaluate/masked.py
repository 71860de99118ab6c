"""What a system hid in a text: the one type that every runner gives and every figure takes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Masked:
    """text[start:end] was hidden. `replacement`: what stands there now; "" where the system only finds."""

    start: int
    end: int
    entity: str = ""
    category: str = ""
    recogniser: str = ""
    replacement: str = field(default="", repr=False)
