"""DATA-1 whatever a text holds, all its characters are data, in order, and nothing is added
DATA-2 a very long word may be broken, never between a letter and its mark
DATA-3 words say their language and direction where these differ from what is around them
"""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.documents.fonts import TEXT, clusters, families
from desktop_app.exchange.documents.plan import Fact, Label, Prose, Question, Remark, Running, Tone, Written
from desktop_app.exchange.documents.shown_words import shown_words
from desktop_app.exchange.documents.typst_content import TypstContent, groups, head_and_foot
from desktop_app.report.text import Run, Text
from tests.support.text_values import texts

CONTENT = TypstContent("en", right_to_left=False)


def characters(text: Text) -> str:
    """All characters of a text, those of its notes where their marks stand."""
    return "".join(inline.text for paragraph in text.paragraphs() for inline in paragraph.inlines)


@given(texts())
def test_every_character_is_data(text: Text) -> None:
    plain = CONTENT.block(Prose(text, "en"))
    assert "".join(shown_words(plain)) == characters(text).replace("\n", "")
    assert json.loads(json.dumps(plain)) == plain


@given(st.text(alphabet="a/é\u0301\u0308.x", min_size=20, max_size=120))
def test_a_long_word_is_broken_into_itself(word: str) -> None:
    pieces = CONTENT.words(word)["words"]
    assert "".join(pieces) == word
    assert all(not unicodedata.category(piece[0]).startswith("M") for piece in pieces[1:])
    assert all(len(piece) < 40 or unicodedata.normalize("NFC", piece) != piece for piece in pieces[:-1])


def test_words_say_how_they_are_read() -> None:
    arabic = CONTENT.words("وزارة الداخلية INTERPOL")
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    assert "lang" not in CONTENT.words("Ministry of Justice")
    inside = TypstContent("ar", right_to_left=True)
    assert inside.words("Υπουργείο")["dir"] == "ltr"
    assert "dir" not in inside.words("وزارة")
    label = CONTENT.label(Label("Frage", "de", "Question", "en"))
    assert label["lang"] == "de"
    assert label["original"]["words"] == ["Question"]


def test_a_link_leads_only_where_a_link_may() -> None:
    for href, kept in (("https://example.org", True), ("javascript:alert(1)", False), ("file:///etc", False)):
        question = Question(Label("Q", "en"), Written(Text.plain("x"), "en"), "path")
        assert CONTENT.block(question)["answer"]["blocks"]
        paragraph = Text.plain("x").paragraphs()[0]
        with_link = type(paragraph)((Run("x", href=href),))
        plain = CONTENT.block(Prose(Text((with_link,)), "en"))
        assert ("href" in plain["blocks"][0]["p"][0]) is kept


def test_a_checksum_stands_in_groups() -> None:
    written = Written(Text.plain("0123456789abcdef" * 4), "en")
    assert groups(written) == ["01234567", "89abcdef"] * 4
    assert CONTENT.facts([Fact("Content checksum", written, is_code=True)])[0]["code"] == groups(written)
    assert groups(Written(Text.plain("ab12 cd34"), "en")) == ["ab12 cd34"]


def test_page_numbers_stand_where_a_language_puts_them() -> None:
    running = Running("Albania", "Form", "Version 1", "Draft", "{pages} pages, this is {page}")
    foot = head_and_foot(CONTENT, running)["foot"]
    assert foot["page"] == [{"count": "pages"}, {"words": " pages, this is "}, {"count": "page"}]
    assert list(shown_words(CONTENT.remark(Remark("Words", Tone.NOTE)))) == ["Words"]


def test_typefaces_are_chosen_by_script_and_language() -> None:
    at_hand = {"Noto Serif CJK SC", "Noto Serif CJK JP", "Amiri", "Arial", "DejaVu Sans"}
    assert families("Latin", "en", at_hand) == [TEXT, "DejaVu Sans"]
    assert families("العربية", "ar", at_hand)[:3] == [TEXT, "Amiri", "Arial"]
    assert families("漢字とかな", "ja", at_hand)[1] == "Noto Serif CJK JP"
    assert families("汉字", "zh", at_hand)[1] == "Noto Serif CJK SC"
    assert families("汉字", "zh", set()) == [TEXT]


def test_what_has_to_be_shown_is_asked_for_once_and_with_its_marks() -> None:
    assert clusters(["ab a", "e\u0301 \u2003\n"]) == ["a", "b", "e", "e\u0301"]
