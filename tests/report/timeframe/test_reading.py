"""READ-A attested phrases, from the reports and plans of countries, have the expected reading and kind
READ-C so have phrases made up for tests
READ-L so have phrases in the other languages with a word list
READ-1 a phrase with two meanings, or with a word nobody knows, has no reading
READ-2 any text can be given; what comes back can be parsed
READ-3 brackets, quotation marks, case, accents, dashes and a last full stop do not matter
READ-4 languages: only the given ones count, and none of them may see a second meaning
READ-5 words counted from the year of a cycle have no reading; a date is offered where only one is meant
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.timeframe import Kind, kind, parse, shipped_languages, suggest
from desktop_app.report.timeframe.reading import offer

DEADLINE, PERIOD, YEAR, RECURRING = Kind.DEADLINE, Kind.PERIOD, Kind.YEAR, Kind.RECURRING
ONGOING, EVENT, DURATION, NONE = Kind.ONGOING, Kind.EVENT, Kind.DURATION, Kind.NONE

Row = tuple[str, str, str, str | None, Kind]

# Requirement, language, words, reading, kind.
ATTESTED: list[Row] = [
    ("READ-A01", "en", "(Till December 2013)", "../2013-12", DEADLINE),
    ("READ-A02", "en", "(Till September 2013).", "../2013-09", DEADLINE),
    ("READ-A03", "en", "(Till May 2013).", "../2013-05", DEADLINE),
    ("READ-A04", "en", "(Within 2013)", "2013", YEAR),
    ("READ-A05", "en", "(Within 2013).", "2013", YEAR),
    ("READ-A06", "en", "(Within 2014)", "2014", YEAR),
    ("READ-A07", "en", "resources.(Within 2014)", None, NONE),  # the words before go first: see BR-1
    ("READ-A08", "en", "", None, NONE),
    ("READ-A09", "en", "on 2nd May 2013", "2013-05-02", PERIOD),
    ("READ-A10", "en", "with the term of 2 years", None, DURATION),
    ("READ-A11", "en", "at least 10% yearly", None, NONE),  # a rate
    ("READ-A12", "en", "January 2005", "2005-01", PERIOD),
    ("READ-A13", "en", "March 2005", "2005-03", PERIOD),
    ("READ-A14", "en", "2005-7", "2005/2007", PERIOD),
    ("READ-A15", "en", "2003-4", "2003/2004", PERIOD),
    ("READ-A16", "en", "2014 – 2017", "2014/2017", PERIOD),
    ("READ-A17", "en", "January – December 2011", "2011-01/2011-12", PERIOD),
    ("READ-A18", "en", "January-December 2011", "2011-01/2011-12", PERIOD),
    ("READ-A19", "en", "July 2017", "2017-07", PERIOD),
    ("READ-A20", "en", "2017 – 2021", "2017/2021", PERIOD),
    ("READ-A21", "en", "annually", None, RECURRING),
    ("READ-A22", "en", "for the period until 2015", "../2015", DEADLINE),
    ("READ-A23", "en", "for the period up to 2015", "../2015", DEADLINE),
    ("READ-A24", "ro", "pentru anii 2017-2020", "2017/2020", PERIOD),
    ("READ-A25", "ro", "pe anii 2014-2020", "2014/2020", PERIOD),
    ("READ-A26", "ro", "2016-2018", "2016/2018", PERIOD),
    ("READ-A27", "ro", "anual, pînă la data de 15 f…", None, RECURRING),
    ("READ-A28", "bs", "do 2015. godine", "../2015", DEADLINE),
    ("READ-A29", "bs", "do kraja 2015. godine", "../2015-12", DEADLINE),
    ("READ-A30", "bs", "za razdoblje 2014. – 2015.", "2014/2015", PERIOD),
    ("READ-A31", "bs", "(2013. – 2015.)", "2013/2015", PERIOD),
    ("READ-A32", "nl", "over de periode september 2014 tot aan heden", "2014-09/..", PERIOD),
    ("READ-A33", "nl", "2012–2014", "2012/2014", PERIOD),
    ("READ-A34", "nl", "2015–2018", "2015/2018", PERIOD),
    ("READ-A35", "en", "twice yearly", None, RECURRING),
    ("READ-A36", "en", "in the New Year", None, PERIOD),  # of which year?
    ("READ-A37", "en", "every two years", None, RECURRING),
    ("READ-A38", "en", "by 31 January 2014", "../2014-01-31", DEADLINE),
    ("READ-A39", "en", "5 June 2024", "2024-06-05", PERIOD),
    ("READ-A40", "en", "within two years following the entry into force", None, DURATION),
    ("READ-A41", "en", "and then every five years", None, RECURRING),
    # Four years from 2016 end in 2019 or in 2020.
    ("READ-A42", "en", "over four years from 2016 onwards", None, PERIOD),
    ("READ-A43", "en", "on an ongoing basis", None, ONGOING),
    ("READ-A44", "en", "by 2030", "../2030", DEADLINE),
    ("READ-A45", "en", "suggested minimum of two years", None, DURATION),
    ("READ-A46", "en", "at the next WePROTECT Summit", None, EVENT),
    ("READ-A47", "en", "will be made available in 2017", "2017", YEAR),
]

CONSTRUCTED: list[Row] = [
    ("READ-C01", "en", "ongoing", None, ONGOING),
    ("READ-C02", "en", "continuous", None, ONGOING),
    ("READ-C03", "en", "permanent", None, ONGOING),
    ("READ-C04", "en", "Q3 2013", "2013-35", PERIOD),
    ("READ-C05", "en", "3rd quarter of 2013", "2013-35", PERIOD),
    ("READ-C06", "en", "III quarter 2013", "2013-35", PERIOD),
    ("READ-C07", "en", "by mid-2014", "../2014-06~", DEADLINE),
    ("READ-C08", "en", "first half of 2014", "2014-40", PERIOD),
    ("READ-C09", "en", "H1 2014", "2014-40", PERIOD),
    ("READ-C10", "en", "end of 2013", "../2013-12", DEADLINE),
    ("READ-C11", "en", "by the end of 2013/beginning of 2014", None, DEADLINE),  # two deadlines
    ("READ-C12", "en", "early 2014", "2014-01/2014-04~", PERIOD),
    ("READ-C13", "en", "autumn 2013", "2013-23", PERIOD),
    ("READ-C14", "en", "2013-2015", "2013/2015", PERIOD),
    ("READ-C15", "en", "from 2014 onwards", "2014/..", PERIOD),
    ("READ-C16", "en", "1.9.2013", "2013-09-01", PERIOD),
    ("READ-C17", "en", "01/09/2013", None, PERIOD),  # 1 September, or 9 January
    ("READ-C18", "en", "Sept. 2013", "2013-09", PERIOD),
    ("READ-C19", "en", "before the next ministerial conference", None, EVENT),
    ("READ-C20", "en", "upon adoption of the law", None, EVENT),
    ("READ-C21", "en", "subject to budget", None, EVENT),
    ("READ-C22", "en", "to be determined", None, NONE),
    ("READ-C23", "en", "n/a", None, NONE),
    ("READ-C24", "en", "short term", None, DURATION),
    ("READ-C25", "en", "immediately", None, DURATION),
    ("READ-C26", "en", "within 6 months", None, DURATION),
    ("READ-C27", "en", "already started, to be finished in 2014", "../2014", DEADLINE),
    ("READ-C28", "en", "2014 (tentative)", "2014?", YEAR),
    ("READ-C29", "en", "yearly until 2016", None, RECURRING),
    ("READ-C30", "en", "until 2015", "../2015", DEADLINE),
    ("READ-C31", "en", "December 2013 at the latest", "../2013-12", DEADLINE),
    ("READ-C32", "en", "Deadline: 31.12.2013.", "../2013-12-31", DEADLINE),
    ("READ-C33", "en", "by the end of the third quarter of 2013", "../2013-09", DEADLINE),
    ("READ-C34", "en", "by Q3 2013", "../2013-09", DEADLINE),
    ("READ-C35", "en", "before the end of 2014", "../2014-12", DEADLINE),
    ("READ-C36", "en", "to be completed by June 2014", "../2014-06", DEADLINE),
    ("READ-C37", "en", "not before 2015", "2015/..", PERIOD),
    ("READ-C38", "en", "from mid-2013 to the end of 2014", "2013-06~/2014-12", PERIOD),
    ("READ-C39", "en", "from January to June 2014", "2014-01/2014-06", PERIOD),
    ("READ-C40", "en", "1 – 15 June 2014", "2014-06-01/2014-06-15", PERIOD),
    ("READ-C41", "en", "01.09.2013-31.12.2013", "2013-09-01/2013-12-31", PERIOD),
    ("READ-C42", "en", "09/2013 - 3/2014", "2013-09/2014-03", PERIOD),
    ("READ-C43", "en", "between 2014 and 2016", "2014/2016", PERIOD),
    ("READ-C44", "en", "in 2013 and 2014", "2013/2014", PERIOD),
    ("READ-C45", "en", "Q4 2013 – Q1 2014", "2013-10/2014-03", PERIOD),
    ("READ-C46", "en", "Q1-Q2 2014", "2014-01/2014-06", PERIOD),
    ("READ-C47", "en", "I – III quarter of 2014", "2014-01/2014-09", PERIOD),
    ("READ-C48", "en", "late 2014", "2014-09~/2014-12", PERIOD),
    ("READ-C49", "en", "mid-June 2014", "2014-06-15~", PERIOD),
    ("READ-C50", "en", "at the beginning of 2014", "2014-01~", PERIOD),
    ("READ-C51", "en", "about 2014", "2014~", YEAR),
    ("READ-C52", "en", "probably about June 2014", "2014-06%", PERIOD),
    ("READ-C53", "en", "Q3 2013 (tentative)", "2013-07?/2013-09?", PERIOD),
    ("READ-C54", "en", "autumn 2013 (tentative)", None, PERIOD),  # EDTF cannot doubt a season
    ("READ-C55", "en", "ongoing since 2012", "2012/..", ONGOING),
    ("READ-C56", "en", "2012 to date", "2012/..", PERIOD),
    ("READ-C57", "en", "31/01/2014", "2014-01-31", PERIOD),
    ("READ-C58", "en", "05/05/2013", "2013-05-05", PERIOD),
    ("READ-C59", "en", "2013-12", "2013-12", PERIOD),
    ("READ-C60", "en", "2011-12", None, PERIOD),  # December, or two years
    ("READ-C61", "en", "2011–12", "2011/2012", PERIOD),
    ("READ-C62", "en", "2013/14", None, PERIOD),  # a school year, a budget year, or both years
    ("READ-C63", "en", "winter 2013", None, PERIOD),  # its first months, or its last
    ("READ-C64", "en", "before June 2014", None, DEADLINE),  # with or without June
    ("READ-C65", "en", "after 2015", None, PERIOD),
    ("READ-C66", "en", "by December", None, DEADLINE),
    ("READ-C67", "en", "31 February 2014", None, PERIOD),
    ("READ-C68", "en", "November – February 2014", None, PERIOD),
    ("READ-C69", "en", "2017 – 2014", None, PERIOD),
    ("READ-C70", "en", "three times a year", None, RECURRING),
    ("READ-C71", "en", "6-12 months", None, DURATION),
]

OTHER_LANGUAGES: list[Row] = [
    ("READ-L01", "fr", "d'ici fin 2014", "../2014-12", DEADLINE),
    ("READ-L02", "fr", "jusqu’en décembre 2013", "../2013-12", DEADLINE),
    ("READ-L03", "fr", "au plus tard le 31 janvier 2014", "../2014-01-31", DEADLINE),
    ("READ-L04", "fr", "du 1er janvier au 30 juin 2014", "2014-01-01/2014-06-30", PERIOD),
    ("READ-L05", "fr", "3e trimestre 2013", "2013-35", PERIOD),
    ("READ-L06", "fr", "à partir de 2014", "2014/..", PERIOD),
    ("READ-L07", "fr", "tous les deux ans", None, RECURRING),
    ("READ-L08", "fr", "dans un délai de 6 mois", None, DURATION),
    ("READ-L09", "es", "hasta diciembre de 2013", "../2013-12", DEADLINE),
    ("READ-L10", "es", "de enero a junio de 2014", "2014-01/2014-06", PERIOD),
    ("READ-L11", "es", "segundo semestre de 2014", "2014-41", PERIOD),
    ("READ-L12", "es", "para finales de 2015", "../2015-12", DEADLINE),
    ("READ-L13", "es", "para 2015", None, NONE),  # by 2015, or for 2015
    ("READ-L14", "es", "cada dos años", None, RECURRING),
    ("READ-L15", "es", "tras la aprobación de la ley", None, EVENT),
    ("READ-L16", "hr", "do 31. prosinca 2013. godine", "../2013-12-31", DEADLINE),
    ("READ-L17", "hr", "od siječnja do lipnja 2014.", "2014-01/2014-06", PERIOD),
    ("READ-L18", "sr", "tokom 2014. godine", "2014", YEAR),
    ("READ-L19", "sr", "I-II kvartal 2014", "2014-01/2014-06", PERIOD),
    ("READ-L20", "sr", "kontinuirano", None, ONGOING),
    ("READ-L21", "bs", "krajem 2014", "../2014-12", DEADLINE),
    ("READ-L22", "bs", "nakon usvajanja zakona", None, EVENT),
    ("READ-L23", "ro", "până la sfârşitul anului 2015", "../2015-12", DEADLINE),
    ("READ-L24", "ro", "pînă la 31 decembrie 2014", "../2014-12-31", DEADLINE),
    ("READ-L25", "ro", "trimestrul III, 2013", "2013-35", PERIOD),
    ("READ-L26", "ro", "a doua jumătate a anului 2014", "2014-41", PERIOD),
    ("READ-L27", "ro", "din 2014", None, NONE),  # since 2014, or of 2014
    ("READ-L28", "ro", "permanent", None, ONGOING),
    ("READ-L29", "sq", "deri në dhjetor 2013", "../2013-12", DEADLINE),
    ("READ-L30", "sq", "deri në fund të vitit 2014", "../2014-12", DEADLINE),
    ("READ-L31", "sq", "brenda vitit 2013", "2013", YEAR),
    ("READ-L32", "sq", "6-mujori i parë i vitit 2014", "2014-40", PERIOD),
    ("READ-L33", "sq", "në vazhdimësi", None, ONGOING),
    ("READ-L34", "sq", "çdo vit", None, RECURRING),
    ("READ-L35", "nl", "uiterlijk eind 2014", "../2014-12", DEADLINE),
]

ROWS = ATTESTED + CONSTRUCTED + OTHER_LANGUAGES
READ = [row for row in ROWS if row[3] is not None]


def by_id(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("language", "words", "reading", "sort"), [pytest.param(*row[1:], id=row[0]) for row in rows]
    )


@by_id(ROWS)
def test_phrases_have_the_expected_reading_and_kind(
    language: str, words: str, reading: str | None, sort: Kind
) -> None:
    assert suggest(words, [language]) == reading
    assert kind(words, [language]) is sort


@by_id(ATTESTED)
def test_kinds_are_found_without_knowing_the_language(
    language: str, words: str, reading: str | None, sort: Kind
) -> None:
    assert kind(words) is sort


@by_id(READ)
def test_read_1_a_word_nobody_knows_leaves_no_reading(
    language: str, words: str, reading: str | None, sort: Kind
) -> None:
    tokens = words.split(" ")
    for place in range(len(tokens) + 1):
        assert suggest(" ".join([*tokens[:place], "zorgle", *tokens[place:]]), [language]) is None


@pytest.mark.parametrize(
    "words",
    [
        "not in 2014",
        "not until 2015",
        "if possible in 2014",
        "2013 or 2014",
        "2013, 2014",
        "2013 2014",
        "2013 and 2015",
        "until 2013-2015",
        "by June or July 2014",
        "through 2014",
        "beginning 2014",
        "2013 – autumn",
        "1.9.13",
        "May 13",
        "June 10 – 12",
        "1.13.2013",
        "2013-13-01",
        "2014…",
        "2014-",
        "–2014",
        "201",
        "20144",
        "2014²",
        "in 1914",
        "in 2914",
        "Law No. 10/2013",
        "500 per year since 2012",
        "May",
        "the end of the year",
    ],
)
def test_read_1_what_is_not_certain_has_no_reading(words: str) -> None:
    assert suggest(words) is None


@given(st.text(), st.lists(st.text(max_size=5) | st.sampled_from(shipped_languages()), max_size=3))
def test_read_2_any_text_may_be_given(text: str, languages: list[str]) -> None:
    reading = suggest(text, languages)
    assert reading is None or str(parse(reading)) == reading
    assert kind(text) in Kind


MARKS = ["1", "31", "2013", "2014", "-", "/", ",", "("]
WORDS = sorted({word for row in ROWS for word in row[2].split()} | set(MARKS))


@given(st.lists(st.sampled_from(WORDS), max_size=7), st.sampled_from(shipped_languages()))
def test_read_2_any_order_of_known_words_may_be_given(words: list[str], language: str) -> None:
    reading = suggest(" ".join(words), [language])
    assert reading is None or str(parse(reading)) == reading


@pytest.mark.parametrize(
    "text", ["year " * 40, "from 2014 to " * 12, "for the period of " * 9 + "2014", "(" * 500]
)
def test_read_2_long_texts_have_no_reading(text: str) -> None:
    assert suggest(text, shipped_languages()) is None


@pytest.mark.parametrize(
    "words",
    [
        "till december 2013",
        "TILL DECEMBER 2013",
        "  Till  December\t2013 ",
        "Till\u00a0December 2013",
        "“Till December 2013”.",
        "[Till December 2013];",
        "((Till December 2013).)",
        "Till December, 2013",
        "Till the December of 2013",
        "Timeframe: Till December 2013",
        "Till Dec. 2013",
        "Till Dec-2013",
        "until 12/2013",
        "till 12.2013.",
    ],
)
def test_read_3_spelling_does_not_matter(words: str) -> None:
    assert suggest(words) == "../2013-12"


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2012", "–", "—", "\u2015", "−"])
@pytest.mark.parametrize("space", ["", " ", "\u00a0"])
def test_read_3_dashes_do_not_matter_between_years(dash: str, space: str) -> None:
    assert suggest(f"2014{space}{dash}{space}2017") == "2014/2017"


@pytest.mark.parametrize(
    "words", ["jusqu'à fin décembre 2013", "JUSQU’A FIN DECEMBRE 2013", "jusqu`a fin de\u0301cembre 2013"]
)
def test_read_3_accents_do_not_matter(words: str) -> None:
    assert suggest(words, ["fr"]) == "../2013-12"


def test_read_4_only_the_given_languages_count() -> None:
    assert suggest("do 2015. godine") is None
    assert suggest("do 2015. godine", ["en", "bs"]) == "../2015"
    assert suggest("do 2015. godine", []) is None
    assert kind("do 2015. godine", ["en"]) is NONE


def test_read_4_a_language_without_words_reads_figures() -> None:
    assert suggest("2014 – 2017", ["ka"]) == "2014/2017"
    assert suggest("Till December 2013", ["ka"]) is None


def test_read_4_scripts_and_regions_are_no_other_language() -> None:
    assert suggest("do 2015. godine", ["sr-Latn"]) == suggest("do 2015. godine", ["sr_ME"]) == "../2015"


def test_read_4_languages_may_agree_and_none_may_doubt() -> None:
    assert suggest("mars 2014", ["fr", "sq"]) == "2014-03"
    assert suggest("pre 2014", ["sr"]) is None  # before 2014, or before its end
    assert suggest("pre 2014", ["en", "sr"]) is None


@by_id(READ)
def test_read_4_all_languages_together_never_read_otherwise(
    language: str, words: str, reading: str | None, sort: Kind
) -> None:
    assert suggest(words, shipped_languages()) in (reading, None)


def test_thousands_of_brackets_are_no_phrase_and_take_no_time() -> None:
    assert suggest("(" * 50_000 + "2014" + ")" * 50_000) is None


@pytest.mark.parametrize(
    ("language", "words", "offered"),
    [
        ("en", "end of next year", "../2014-12"),
        ("en", "(by the end of next year)", "../2014-12"),
        ("en", "by the end of this year", "../2013-12"),
        ("en", "first half of next year", "2014-40"),
        ("en", "by June next year", "../2014-06"),
        ("en", "early next year", "2014-01/2014-04~"),
        ("en", "during this year", "2013"),
        ("en", "from this year to next year", "2013/2014"),
        ("fr", "d'ici la fin de l'année prochaine", "../2014-12"),
        ("sq", "deri në fund të vitit të ardhshëm", "../2014-12"),
        ("bs", "do kraja iduće godine", "../2014-12"),
        ("es", "a finales del próximo año", "../2014-12"),
        ("ro", "până la sfârșitul anului viitor", "../2014-12"),
        ("nl", "eind volgend jaar", "../2014-12"),
        # Twelve months from now, or the year after this one; and where it ends is not said.
        ("en", "within the next year", None),
        ("es", "en el próximo año", None),
        ("en", "in two years", None),
        ("en", "next school year", None),
        ("en", "next spring", None),
        ("en", "later this year", None),
        ("en", "this or next year", None),
        ("en", "every next year", None),
        ("en", "end of next year or later", None),
        ("en", "by the end of 2027", None),
    ],
)
def test_read_5_words_counted_from_the_cycle_are_offered(
    language: str, words: str, offered: str | None
) -> None:
    assert offer(words, [language], "2013") == offered
    assert offer(words, [language], "2012/13") is None
    assert offered is None or suggest(words, [language]) is None
