"""The document as one web page: for reading on a screen, for mail, and for readers who hear or feel it.

One file, no scripts, nothing from elsewhere: the page says so itself, and a browser holds it to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from desktop_app.exchange.documents import plan as planned
from desktop_app.exchange.documents.typst_content import groups
from desktop_app.exchange.languages import language_of, runs_right_to_left
from desktop_app.report.text import Block, Inline, ListBlock, Mark, Note, Run, Text, safe_href
from desktop_app.report.text.values import paragraphs_of
from desktop_app.runtime.i18n import _, speaking
from desktop_app.runtime.shipped import resource

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_TAGS = ((Mark.SUPERSCRIPT, "sup"), (Mark.UNDERLINE, "u"), (Mark.ITALIC, "em"), (Mark.BOLD, "strong"))
_MAIN_MINIMUM = 3
"""Columns from which the main one asks for a width of its own."""


def write_html(plan: planned.DocumentPlan) -> bytes:
    """The whole document as one file in UTF-8; the same bytes for the same plan."""
    return "\n".join(_Page(plan).lines()).encode() + b"\n"


class _Page:
    """Writes the blocks of a plan; collects the notes on the way."""

    def __init__(self, plan: planned.DocumentPlan) -> None:
        self._plan = plan
        self._notes: list[Note] = []
        self._under = ""

    def lines(self) -> Iterator[str]:
        """The lines of the file."""
        plan = self._plan
        yield "<!DOCTYPE html>"
        direction = "rtl" if plan.right_to_left else "ltr"
        yield f'<html lang="{escape(_tag(plan.language))}" dir="{direction}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(plan.title)}</title>"
        yield f"<style>\n{_styles()}</style>"
        yield "</head>\n<body>"
        yield from self._first()
        yield "<main>"
        yield from self._blocks()
        yield "</main>"
        yield from self._last()
        yield "</body>\n</html>"

    # First and last.

    def _first(self) -> Iterator[str]:
        plan = self._plan
        yield '<header class="masthead">'
        if plan.kicker:
            yield self._paragraph(plan.kicker, "kicker")
        yield f"<h1>{self._words(plan.headline)}</h1>"
        if plan.line:
            yield self._paragraph(plan.line, "line")
        yield "</header>"
        yield from self._facts(plan.facts)
        for remark in plan.remarks:
            yield self._remark(remark)
        sections = [block for block in plan.blocks if isinstance(block, planned.Heading) and block.level == 1]
        if len(sections) > 1:
            with speaking(plan.language):
                name = escape(_("Contents"))
            yield f'<nav aria-label="{name}"><ul class="contents">'
            for heading in sections:
                yield f'<li><a href="#{_name(heading)}">{self._words(heading.label.words)}</a></li>'
            yield "</ul></nav>"

    def _facts(self, facts: Iterable[planned.Fact]) -> Iterator[str]:
        yield '<dl class="facts">'
        for fact in facts:
            yield f"<dt>{self._words(fact.label)}</dt>"
            if fact.is_code:
                words = escape(" ".join(groups(fact.answer)))
                code = f'<span class="code" dir="ltr">{words}</span>'
                yield f"<dd>{code}{_mark(fact.mark)}</dd>"
            else:
                yield f"<dd>{self._answer(fact.answer)}{_mark(fact.mark)}</dd>"
        yield "</dl>"

    def _last(self) -> Iterator[str]:
        if self._notes:
            with speaking(self._plan.language):
                name, back = escape(_("Notes")), escape(_("Back to the text"))
            yield f'<section class="notes" role="doc-endnotes" aria-label="{name}"><ol>'
            for number, note in enumerate(self._notes, 1):
                link = f'<a href="#mark-{number}" role="doc-backlink" aria-label="{back}">↩</a>'
                yield f'<li id="note-{number}"{self._reading(note.text)}>{_runs(note.runs)} {link}</li>'
            yield "</ol></section>"
        running = self._plan.running
        foot = " · ".join(
            part for part in (running.country, running.form, running.version, running.foot) if part
        )
        yield f'<footer class="foot">{self._words(foot)}</footer>'

    # Blocks.

    def _blocks(self) -> Iterator[str]:
        is_open = False
        for block in self._plan.blocks:
            if isinstance(block, planned.Heading) and block.level == 1:
                if is_open:
                    yield "</section>"
                yield f'<section aria-labelledby="{_name(block)}">'
                is_open = True
            yield from self._block(block)
        if is_open:
            yield "</section>"

    def _block(self, block: planned.Block) -> Iterator[str]:
        match block:
            case planned.Heading():
                self._under = _name(block)
                tag = f"h{min(block.level + 1, 6)}"
                words = f"{self._label(block.label)}{_mark(block.mark)}"
                yield f'<{tag} id="{_name(block)}">{words}</{tag}>'
            case planned.Remark():
                yield self._remark(block)
            case planned.Prose():
                yield self._text(block.text, block.language)
            case planned.Goals():
                yield from self._goals(block)
            case planned.Question():
                yield from self._question(block, "question")
            case planned.Entries():
                yield from self._entries(block)
            case planned.Table():
                yield from self._table(block)

    def _remark(self, remark: planned.Remark) -> str:
        if remark.tone is planned.Tone.STATE:
            return self._paragraph(remark.words, "state")
        return f'<p class="remark {remark.tone.value}" role="note">{self._words(remark.words)}</p>'

    def _goals(self, goals: planned.Goals) -> Iterator[str]:
        if goals.mark:
            yield f"<p>{_mark(goals.mark)}</p>"
        if goals.lines:
            yield '<ul class="goals">'
            for line in goals.lines:
                ticked = "ticked" if line.chosen else "unticked"
                lead = f"<strong>{self._words(line.lead)}</strong> " if line.lead else ""
                words = " · ".join(part for part in (line.short, line.words) if part)
                told = f' <span class="told">({self._words(words)})</span>' if words else ""
                box = f'<span class="box {ticked}" aria-hidden="true"></span>'
                faint = "" if line.chosen is not False else ' class="unticked"'
                reading = self._reading(line.label.words, line.label.language)
                yield f"<li{faint}{reading}>{box}{lead}{self._label(line.label)}{told}</li>"
            yield "</ul>"
        if goals.state:
            yield self._paragraph(goals.state, "state")

    def _question(self, question: planned.Question, look: str) -> Iterator[str]:
        yield f'<p class="{look}">{self._label(question.label)}{_mark(question.mark)}</p>'
        yield self._answer(question.answer)
        yield from self._files(question.attachments)

    def _entries(self, block: planned.Entries) -> Iterator[str]:
        yield f"{self._wide()}<table>"
        heads = [f'<th scope="col">{self._words(block.number_head)}</th>']
        for number, column in enumerate(block.columns):
            main = ' class="main"' if number == 0 and len(block.columns) >= _MAIN_MINIMUM else ""
            heads.append(f'<th scope="col"{main}>{self._label(column.label)}</th>')
        yield f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>"
        for entry in block.entries:
            yield f'<tr><th scope="row">{entry.number}</th>'
            for number, cell in enumerate(entry.cells):
                yield "<td>"
                if number == 0 and entry.mark:
                    yield f"<p>{_mark(entry.mark)}</p>"
                if cell is not None:
                    yield self._answer(cell)
                if number == 0:
                    for question in entry.further:
                        yield from self._question(question, "further")
                    yield from self._files(entry.attachments)
                yield "</td>"
            yield "</tr>"
        yield "</tbody></table></div>"

    def _table(self, block: planned.Table) -> Iterator[str]:
        heads = "".join(f'<th scope="col">{self._words(head)}</th>' for head in block.heads)
        yield f"{self._wide()}<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
        for row in block.rows:
            cells = "".join(
                f"<td{' class=' + chr(34) + 'code' + chr(34) if number in block.codes else ''}>"
                f"{self._words(cell)}</td>"
                for number, cell in enumerate(row)
            )
            yield f"<tr>{cells}</tr>"
        yield "</tbody></table></div>"

    def _wide(self) -> str:
        """Around what may be wider than a small screen: reached by the keyboard, to be moved there."""
        name = f' aria-labelledby="{self._under}"' if self._under else ""
        return f'<div class="wide" tabindex="0" role="region"{name}>'

    def _files(self, attachments: tuple[str, ...]) -> Iterator[str]:
        if attachments:
            yield f"<ul>{''.join(f'<li>{self._words(line)}</li>' for line in attachments)}</ul>"

    # Answers and words.

    def _answer(self, answer: planned.Answer) -> str:
        match answer:
            case planned.Written():
                reading = f'<p class="reading">{self._words(answer.reading)}</p>' if answer.reading else ""
                return self._text(answer.text, answer.language) + reading
            case planned.Figures():
                years = "".join(f'<th scope="col">{escape(year)}</th>' for year, _number in answer.pairs)
                numbers = "".join(f"<td>{escape(number)}</td>" for _year, number in answer.pairs)
                return (
                    f'<table class="figures"><thead><tr>{years}</tr></thead>'
                    f"<tbody><tr>{numbers}</tr></tbody></table>"
                )
            case planned.Missing():
                return self._paragraph(answer.words, "state" if answer.is_state else "missing")
            case planned.Room():
                return '<div class="room"></div>' * answer.lines
            case planned.Options():
                items = "".join(
                    f'<li><span class="box" aria-hidden="true"></span>{self._label(option)}</li>'
                    for option in answer.options
                )
                return f'<ul class="goals">{items}</ul>'

    def _text(self, text: Text, language: str) -> str:
        return "".join(self._text_block(block, language) for block in text.blocks)

    def _text_block(self, block: Block, language: str) -> str:
        if isinstance(block, ListBlock):
            tag = "ol" if block.ordered else "ul"
            items = (
                "".join(self._text_block(inner, language) for inner in item.blocks) for item in block.items
            )
            first = next((each.text for each in paragraphs_of((block,)) if each.text), "")
            reading = self._reading(first, language)
            return f"<{tag}{reading}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
        inlines = "".join(self._inline(inline) for inline in block.inlines)
        return f"<p{self._reading(block.text, language)}>{inlines}</p>"

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Run):
            return _run(inline)
        self._notes.append(inline)
        number = len(self._notes)
        link = f'<a href="#note-{number}" id="mark-{number}" role="doc-noteref">{number}</a>'
        return f"<sup>{link}</sup>"

    def _label(self, label: planned.Label) -> str:
        words = self._words(label.words, label.language)
        if not label.original:
            return words
        reading = self._reading(label.original, label.original_language)
        return f'{words}<span class="original"{reading}>{escape(label.original)}</span>'

    def _words(self, words: str, language: str = "") -> str:
        reading = self._reading(words, language)
        return f"<span{reading}>{escape(words)}</span>" if reading else escape(words)

    def _paragraph(self, words: str, look: str) -> str:
        return f'<p class="{look}"{self._reading(words)}>{escape(words)}</p>'

    def _reading(self, words: str, language: str = "") -> str:
        """Attributes that say how words are read, as far as that differs from what is around them."""
        own = self._plan.language
        told = language_of(words, language or own)
        attributes = f' lang="{escape(_tag(told))}"' if told != own else ""
        right_to_left = runs_right_to_left(words, self._plan.right_to_left)
        if right_to_left != self._plan.right_to_left:
            attributes += f' dir="{"rtl" if right_to_left else "ltr"}"'
        return attributes


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    words = escape(run.text).replace("\n", "<br>")
    for mark, tag in _TAGS:
        if mark in run.marks:
            words = f"<{tag}>{words}</{tag}>"
    href = safe_href(run.href) if run.href else None
    return f'<a href="{escape(href)}" rel="noopener noreferrer">{words}</a>' if href else words


def _mark(words: str) -> str:
    return f'<span class="mark">{escape(words)}</span>' if words else ""


def _name(heading: planned.Heading) -> str:
    """The heading's anchor as an id: no spaces, nothing that ends an attribute."""
    return "s-" + re.sub(r"[^\w.-]", "-", heading.anchor)


def _tag(language: str) -> str:
    return language.replace("_", "-")


def _styles() -> str:
    return resource("documents", "report.css").read_text(encoding="utf-8")
