"""The glossary: its entries fit together, and links go where a reader expects them and nowhere else."""

import re
from graphlib import TopologicalSorter
from math import isclose, log, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xent_core import brier_score, js_divergence
from xent_ui.course.glossary import ENTRIES, entries_in, linked
from xent_ui.course.table import named

LINK = re.compile(r'\[([^\[\]]*)\]\(glossary#[a-z0-9-]+ "(?:[^"\\]|\\.)*"\)')
FORMS = [(form, entry.term) for entry in ENTRIES.values() for form in (entry.term, *entry.names, *entry.forms)]
PHRASES = [(phrase, entry.term) for entry in ENTRIES.values() for phrase in entry.but_not]
NO_PROSE = [
    "`logit`",
    "``a ` logit``",
    "```python\nlogit = 1\n\nlogit\n```",
    "~~~\nlogit\n~~~",
    "$logit$",
    "$a \\$ logit$",
    "$$\nlogit\n\nlogit\n$$",
    "# The logit",
    "The logit\n---",
    "[logit](binary_cross_entropy)",
    "[a [b] logit](address_(logit) 'logit')",
    '[z](binary_cross_entropy "the logit of \\"logit\\"")',
    "![logit](logit.png)",
    "<b title=logit>",
    "https://example.org/logit",
    ":material/logit:",
]


def unlinked(text: str) -> str:
    return LINK.sub(r"\1", text)


@pytest.mark.parametrize(("form", "term"), FORMS)
def test_every_form_of_a_term_is_found_by_itself(form, term):
    assert entries_in(form) == {term}
    assert entries_in(f"One sees {form}, which is one.") == {term}
    assert entries_in(f"{form[0].upper()}{form[1:]} begins a sentence.") == {term}


@pytest.mark.parametrize(("phrase", "term"), PHRASES)
def test_a_phrase_that_means_something_else_is_not_the_term(phrase, term):
    assert any(form in phrase for form, of in FORMS if of == term), "the phrase would be left alone anyway"
    assert term not in entries_in(f"It was {phrase} once.")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("cross-entropy", {"cross-entropy"}),
        ("cross entropy", {"cross-entropy"}),
        ("cross\nentropy", {"cross-entropy"}),
        ("binary cross‑entropy", {"binary cross-entropy"}),
        ("KL(p‖q)", {"KL divergence"}),
        ("**logits** and *bits*", {"logit", "bit"}),
        ("a :red[logit]", {"logit"}),
        ("Huffman's code", {"Huffman code"}),
        ("Huffman\xa0code", {"Huffman code"}),
        ("a bit longer, and 2 bits longer", {"bit"}),
        ("js, kl, ADAM, adam", set()),
        ("a 32-bit number, non-convex, softmaxed, pre-softmax, logit_1", set()),
        ("the loss, on average, means little", set()),
        ("cross\n\nentropy", {"entropy"}),
        ("It costs $5, and a logit more.\n\nThat is $6.", {"logit"}),
    ],
)
def test_terms_are_whole_words_and_the_longest(text, terms):
    assert entries_in(text) == terms


@pytest.mark.parametrize("text", NO_PROSE)
def test_what_is_no_prose_stays_as_it_is(text):
    assert linked(text, set()) == text
    before_and_after = linked(f"A token.\n\n{text}\n\nThe logit.", set())
    assert before_and_after.startswith("A [token](")
    assert f"\n\n{text}\n\nThe [logit](" in before_and_after


def test_only_the_first_use_links():
    seen = {"token"}
    text = linked("Logits, a token, a logit and a softmax. Another softmax.", seen)
    assert [found[1] for found in LINK.finditer(text)] == ["Logits", "softmax"]
    assert seen == {"token", "logit", "softmax"}


def test_the_title_is_the_definition(monkeypatch):
    monkeypatch.setitem(ENTRIES, "logit", ENTRIES["logit"]._replace(definition=r'Say "z" or \z.'))
    assert linked("logit", set()) == r'[logit](glossary#logit "Say \"z\" or \\z.")'
    assert linked("logit", set(), page="") == r'[logit](#logit "Say \"z\" or \\z.")'


PIECES = st.one_of(
    st.sampled_from([form for form, _ in FORMS + PHRASES]),
    st.sampled_from(NO_PROSE),
    st.sampled_from(
        [" ", "\n", "\n\n", "*", "**", "`", "$", "[", "](", ")", '"', "\\", ":red[", "]", "| ", "- ", "# "]
    ),
    st.text(max_size=4),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_linking_changes_nothing_that_is_read(text):
    seen: set[str] = set()
    new = linked(text, seen)
    assert unlinked(new) == unlinked(text)
    assert seen == entries_in(text)
    assert len(LINK.findall(new)) == len(LINK.findall(text)) + len(seen)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_linking_again_adds_no_link(text):
    seen: set[str] = set()
    new = linked(text, seen)
    assert linked(text, seen) == text
    assert linked(new, seen) == new


def test_it_has_the_terms_that_every_lesson_must_define():
    names = ["logit", "sigmoid", "softmax", "one-hot", "bit", "nat", "KL", "JS", "likelihood", "proper score", "margin"]
    names += ["calibration", "ECE", "Brier", "perplexity", "token", "ulp", "temperature", "learning rate", "epoch"]
    assert [name for name in names if not entries_in(name)] == []


def test_the_file_is_in_order_and_no_form_has_two_meanings():
    assert list(ENTRIES) == sorted(ENTRIES, key=str.lower)
    meanings: dict[str, set[str]] = {}
    for form, term in FORMS + [(phrase, "") for phrase, _ in PHRASES]:
        meanings.setdefault(form.replace("-", " "), set()).add(term)
    assert {form: terms for form, terms in meanings.items() if len(terms) > 1} == {}
    assert len({entry.slug for entry in ENTRIES.values()}) == len(ENTRIES)


def test_no_term_is_explained_by_what_it_explains():
    """Whoever follows the links in definitions comes to definitions without links: there is no circle."""
    explained_by = {entry.term: entries_in(entry.definition) - {entry.term} for entry in ENTRIES.values()}
    assert set(TopologicalSorter(explained_by).static_order()) == set(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_definition_is_plain_text_in_one_or_two_sentences(entry):
    assert named(entry.page)
    assert not re.search(r"[*_`$\[\]|<>\\\n\"]", entry.definition)
    assert entry.definition[0].isupper() or entry.definition[0] == "“"
    assert entry.definition.endswith(".")
    assert len(re.findall(r"\.(?: |$)", entry.definition)) <= 2
    assert "$" not in entry.formula


@pytest.mark.parametrize(
    ("term", "words", "is_so"),
    [
        ("nat", "1 nat is 1.4427 bits", round(1 / log(2), 4) == 1.4427),
        ("nat", "e ≈ 2.718", round(np.e, 3) == 2.718),
        ("logarithm", "8 in base 2 is 3, because 2 · 2 · 2 = 8", log2(8) == 3),
        ("bit", "a fair coin carries 1 bit", -log2(1 / 2) == 1),
        ("Brier score", "50 % scores 0.25", brier_score([0.5, 0.5], [0, 1]) == 0.25),
        ("odds", "80 % is the same as odds of 4", isclose(0.8 / (1 - 0.8), 4)),
        ("log-odds", "0 for a probability of one half", log(0.5 / (1 - 0.5)) == 0),
        ("JS divergence", "at most 1 bit", isclose(js_divergence([1, 0], [0, 1]).value, log(2))),
        (
            "floating point",
            "about 3, 7 and 16 decimal digits",
            [round((np.finfo(each).nmant + 1) * np.log10(2)) for each in ("f2", "f4", "f8")] == [3, 7, 16],
        ),
    ],
)
def test_the_numbers_in_definitions_are_right(term, words, is_so):
    assert words in ENTRIES[term].definition
    assert is_so
