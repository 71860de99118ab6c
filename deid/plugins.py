"""A plugin is a file; its name is its file's name. No registry, no decorator, no import path in a setting."""

import difflib
import importlib
import pkgutil
from functools import cache
from types import ModuleType

from deid.errors import SettingsError


@cache
def names(package: ModuleType) -> tuple[str, ...]:
    """Names of the plugins in a package, sorted; a leading underscore hides a file."""
    found = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


@cache
def load(package: ModuleType, name: str) -> ModuleType:
    """The plugin of that name. Raises SettingsError naming the nearest plugin."""
    known = names(package)
    if name not in known:
        nearest = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {nearest[0]}?" if nearest else f"there are: {', '.join(known)}"
        raise SettingsError(f"there is no {package.__name__.split('.')[-1]} called {name!r}", hint=hint)
    return importlib.import_module(f"{package.__name__}.{name}")
