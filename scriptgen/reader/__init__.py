"""Essays from files: found, read, decoded, brought into one form, and looked over.

`read_essay` reads one; `find_essays` finds those of a folder, a glob, a JSON Lines file or a list.
Nothing is repaired or guessed without being asked, and what was changed or looks odd is in
`Essay.warnings`.
"""

from scriptgen.reader.essays import essay_from_bytes, essay_from_text, read_essay
from scriptgen.reader.files import MAX_BYTES, shown
from scriptgen.reader.forms import Form
from scriptgen.reader.listing import EssaySource, Listing
from scriptgen.reader.noticing import spoken_to_a_model
from scriptgen.reader.sources import find_essays

__all__ = [
    "MAX_BYTES",
    "EssaySource",
    "Form",
    "Listing",
    "essay_from_bytes",
    "essay_from_text",
    "find_essays",
    "read_essay",
    "shown",
    "spoken_to_a_model",
]
