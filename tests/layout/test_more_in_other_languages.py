"""What stands where a page parts a speech, in the language of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen import catalog
from scriptgen.exporting import ExportOptions, continuations, paginated
from scriptgen.language import LanguagePack
from scriptgen.layout import ENGLISH
from scriptgen.screenplay import Dialogue, Screenplay, Speech

if TYPE_CHECKING:
    import pytest


def test_a_pack_with_a_table_of_the_page_says_it_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"page": {"more": "(MÁS)", "continued": "(CONT.)"}}
    pack = LanguagePack(code="es", name="Spanish", maps=words)
    monkeypatch.setattr(catalog, "language_pack", lambda _: pack)
    long = Dialogue(cue="MARA", parts=(Speech(text="Llueve. " * 400),))
    options = ExportOptions(words=continuations("es"))
    first, second, *_ = paginated(Screenplay(elements=(long,)), options).pages
    assert first.rows[-1].text == "(MÁS)"
    assert second.rows[0].text == "MARA (CONT.)"


def test_without_such_a_table_it_is_english() -> None:
    assert continuations(None) == continuations("en") == continuations("xx") == ENGLISH
