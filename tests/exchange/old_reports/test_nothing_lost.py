"""Whatever a document looks like, every word of it is somewhere in the report."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.exchange.old_reports import Recognised, read_source, recognise
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.text import Text, markup
from desktop_app.report.timeframe import Timeframe
from tests.support.old_reports import DONE, G11, G21, G22, LEAD, PLANNED, PLANNED_PROMPT, T1, T2, TITLE

HEAD = f"{TITLE}\n\nNorway\n\n{T1}\n\n{DONE}\n\n"
WORDINGS = (
    TITLE,
    T1,
    T2,
    "Policy target No. 2",
    f"{LEAD}\t{G11}\t",
    f"# {LEAD}\n\n{G21}",
    f"{LEAD}\t{G22}\t",
    f"#### {DONE}",
    f"{DONE}\t\t",
    PLANNED,
    f"{PLANNED_PROMPT}: zebra",
    "No action taken.",
)
WORDS = (
    *("zebra", "Quagga", "okapi,", "eland.", "gnu;", "kudu:", "108/a", "2.", "1)", "3", "7", "No"),
    *("(Till", "December", "2013)", "(Within 2014).", "-", "•", "*", "_", "**", "[1]", "[^1]", "&"),
    *("<u>hare</u>", "it's", "lynx-es", "https://example.org/zebra", "Enhancing efforts", "action"),
    *("operational goal", "policy target"),
)
LAYOUTS = (
    "{}",
    "## {}",
    "- {}",
    "1. {}",
    "2. {}",
    "  - {}",
    "> {}",
    "cell\t{}",
    "\t<ul> <li>{}</li> <li>next</li> </ul>\t",
    "**{}**",
    "over<br>{}",
    "mark <sup>1</sup> {}",
    "<sup>1</sup> {}",
    "line\n{}",
    "| {} | b |\n|---|---|\n| c | d |",
    "    {}",
)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
parts = st.one_of(st.builds(str.format, st.sampled_from(LAYOUTS), texts), texts, st.sampled_from(WORDINGS))

TAG = re.compile(r"</?\w+>")
WORD = re.compile(r"\w+")


def count(text: str) -> Counter[str]:
    return Counter(word.lower() for word in WORD.findall(text.replace("_", " ")))


def words_of_report(found: Recognised) -> Counter[str]:
    report = found.report
    texts = [markup.read(each.text) for each in report.unplaced.values()]
    texts += [value for value in report.answers.values() if isinstance(value, Text)]
    words: Counter[str] = Counter()
    for _section, _list, row in report.rows():
        texts += [value for value in row.values.values() if isinstance(value, Text)]
        words += sum(
            (count(each.text) for each in row.values.values() if isinstance(each, Timeframe)), Counter()
        )
    return sum((count(" ".join(text.words())) for text in texts), words)


def allowed_as_wording(library: FormLibrary) -> set[str]:
    """Words that may have been recognised as the form's."""
    form = library.form("ga-commitments")
    labels = Labels(form, "en")
    pieces = [*WORDINGS, labels.form_title(), "Norway", "policy target No."]
    return set(count(" ".join(pieces))) - {"zebra"}


@given(
    st.lists(parts, min_size=1, max_size=12), st.sampled_from(["\n\n", "\n"]), st.sampled_from(["md", "txt"])
)
@example(["zebra", "<sup>1</sup> okapi", "gnu <sup>1</sup> eland"], "\n", "md")
@example(["- 2013) zebra"], "\n\n", "md")
@example(["2013."], "\n\n", "md")
@example(["zebra", "- 12", T1], "\n", "md")
def test_no_word_is_lost_and_none_is_made_up(
    library: FormLibrary, pieces: list[str], between: str, kind: str
) -> None:
    source = HEAD + between.join(pieces)
    found = recognise(read_source(f"report.{kind}", source.encode()), library, form="ga-commitments")
    kept = words_of_report(found)
    # Numbers may be those of lists, notes and headings.
    written = count(TAG.sub(" ", source) if kind == "md" else source)
    lost = {word for word in written - kept if not word.isdecimal()}
    assert lost <= allowed_as_wording(library)
    assert {word for word in kept - written if not word.isdecimal()} == set()
