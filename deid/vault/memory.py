"""What can be done so that an open vault's secrets do not reach a disk. It is little, and the threat model says so."""

import sys


def forbid_core_dumps() -> None:
    """A crash leaves no image of this process, where the platform asks the process (not Windows)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
