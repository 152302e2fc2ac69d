"""A long report in Arabic, Greek and Chinese: 300 actions of one to forty sentences each."""

# ruff: noqa: RUF001, E501

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from desktop_app.report.changes import Change
from desktop_app.report.report import Report
from tests.support.workbooks import form, row_id

SENTENCES = {
    "ar": (
        "تلتزم وزارة الداخلية بإنشاء وحدة متخصصة في التحقيق في جرائم الاعتداء الجنسي على الأطفال عبر الإنترنت.",
        "يتلقى ضباط الشرطة والمدعون العامون تدريبا مشتركا مرتين في السنة بالتعاون مع INTERPOL.",
        "تُراجَع القوانين الوطنية بما يتوافق مع الاتفاقيات الدولية، ولا سيما المادة 108 من القانون الجنائي.",
        "تنظم حملات توعية للآباء والمعلمين والأطفال في جميع المحافظات.",
    ),
    "el": (
        "Το Υπουργείο Δικαιοσύνης θα αναπτύξει νέες διαδικασίες για την ταυτοποίηση των θυμάτων.",
        "Η Διεύθυνση Δίωξης Ηλεκτρονικού Εγκλήματος συνεργάζεται με την Ευρωπόλ και την Ιντερπόλ "
        "για την ανταλλαγή πληροφοριών.",
        "Οι εισαγγελείς και οι αστυνομικοί θα παρακολουθήσουν κοινά σεμινάρια κατάρτισης δύο φορές τον χρόνο.",
        "Θα ενισχυθούν οι γραμμές καταγγελιών και οι εκστρατείες ενημέρωσης γονέων και εκπαιδευτικών.",
    ),
    "zh": (
        "司法部将制定新的标准程序，以便更快地识别互联网上儿童性虐待材料中的受害者。",
        "警察部门与国际刑警组织密切合作，并定期向国际儿童性剥削图像数据库提供资料。",
        "检察官和调查人员每年共同参加两次专门培训。",
        "各省将为家长、教师和儿童开展提高认识的宣传活动，并加强举报热线。",
    ),
}
_LENGTHS = (1, 2, 3, 2, 5, 1, 8, 3, 2, 13, 4, 40)
_FRAMES = {
    "ar": {"text": "حتى ديسمبر 2014", "edtf": "../2014-12"},
    "el": {"text": "Έως τον Δεκέμβριο του 2014", "edtf": "../2014-12"},
    "zh": {"text": "2014年12月之前", "edtf": "../2014-12"},
}


def long_report(language: str, count: int = 300) -> Report:
    """A report of the first form in ``language``; its actions are in the three languages by turns."""
    report = Report("22222222-2222-4222-8222-222222222222", form(), "AL", "2014", language)
    lists = [entry.path for section in report.form.walk() for entry in section.lists]
    places = zip(range(1, count + 1), cycle(lists), cycle(_texts()), strict=False)
    for number, path, (written, length) in places:
        row = f"{path}/{row_id(number)}"
        report.apply(Change(row, None, {"position": number * 1024}))
        report.apply(Change(f"{row}/description", None, _notation(written, length)))
        if path.endswith("planned") and number % 5:
            report.apply(Change(f"{row}/timeframe", None, {**_FRAMES[written], "confirmed": number % 3 == 0}))
        section = report.form.section(path.partition(".")[0])
        if section is not None and section.goals and number % 4:
            report.apply(Change(f"{row}/goals", None, [section.goals[0].code]))
    for section in report.form.walk():
        if section.goals:
            report.apply(Change(f"{section.code}.goals", None, [section.goals[0].code]))
    return report


def _texts() -> Iterator[tuple[str, int]]:
    """Languages and lengths by turns, each length as often in each of the languages."""
    languages = tuple(SENTENCES)
    for turn in range(len(languages)):
        for at, length in enumerate(_LENGTHS, start=turn):
            yield languages[at % len(languages)], length


def _notation(language: str, length: int) -> str:
    """Sentences in the text notation; long ones in paragraphs, some with a list and bold words."""
    sentences = list(islice(cycle(SENTENCES[language]), length))
    if length < 5:
        return " ".join(sentences)
    first, *rest = sentences
    items = "".join(f"<li>{sentence}</li>" for sentence in rest[:3])
    paragraphs = "".join(f"<p>{' '.join(rest[at : at + 4])}</p>" for at in range(3, len(rest), 4))
    return f"<p><b>{first}</b></p><ul>{items}</ul>{paragraphs}"
