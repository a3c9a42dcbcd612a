from tests.pages.helpers import open_lesson
from xent_ui.course.glossary import ENTRIES
from xent_ui.course.table import GLOSSARY, LESSONS


def test_every_entry_has_its_anchor_its_formula_and_its_lesson():
    page = open_lesson(GLOSSARY)
    assert [title.value for title in page.title] == ["Glossary"]
    headings = [element for element in page.main if element.type == "subheader"]
    assert [(heading.value, heading.anchor) for heading in headings] == [
        (entry.term, entry.slug) for entry in ENTRIES.values()
    ]
    titles = {lesson.file: lesson.title for lesson in LESSONS}
    texts = [text.value for text in page.markdown][-len(ENTRIES) :]
    for text, entry in zip(texts, ENTRIES.values(), strict=True):
        assert f"[{titles[entry.page]}]({entry.page})" in text
        assert entry.formula in text
        assert f"(#{entry.slug} " not in text, "it links to itself"
        assert all(name in text for name in entry.names)


def test_every_link_within_the_page_has_its_target():
    page = open_lesson(GLOSSARY)
    anchors = {element.anchor for element in page.main if element.type in ("header", "subheader")}
    links = {part.split(" ")[0].rstrip(")") for text in page.markdown for part in text.value.split("](#")[1:]}
    jumps = {each.split(")")[0] for each in links}
    assert {entry.term[0].lower() for entry in ENTRIES.values()} <= jumps <= anchors
