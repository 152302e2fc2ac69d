from __future__ import annotations

import re

from hypothesis import given

from desktop_app.report.text import Note, Text
from desktop_app.report.text.tags import TagWriter
from tests.support.text_values import texts

_TAG = re.compile(r"</?(a|b|i|u|sup)(?: href=\"[^\"<>]*\")?>")
_ORDER = ["a", "b", "i", "u", "sup"]


class _NotesInBrackets(TagWriter):
    def write_note(self, note: Note) -> None:
        self.parts.append("[note]")


@given(texts())
def test_tags_nest_in_one_order_and_are_all_closed(text: Text) -> None:
    for paragraph in text.paragraphs():
        writer = _NotesInBrackets()
        writer.write_inlines(paragraph.inlines)
        standing: list[str] = []
        for part in writer.parts:
            tag = _TAG.fullmatch(part)
            if tag is None:
                assert "<" not in part
                assert part != "[note]" or standing == []
            elif part.startswith("</"):
                assert standing.pop() == tag[1]
            else:
                standing.append(tag[1])
                assert standing == sorted(set(standing), key=_ORDER.index)
        assert standing == []
