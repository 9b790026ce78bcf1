"""Settings: what each is, and where its value came from.

The first that says something wins::

    flag > SCRIPTGEN_* > header of the template > scriptgen.toml or [tool.scriptgen] > default

``.env`` in the current folder fills in variables that are not set.
"""

from scriptgen.config.loading import load_settings
from scriptgen.config.settings import Settings

__all__ = ["Settings", "load_settings"]
