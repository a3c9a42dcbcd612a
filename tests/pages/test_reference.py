"""The reference: nothing public is missing, every entry is complete, and its address and its links hold."""

import ast
import inspect
import re
from importlib import import_module

import pytest

import xent_core
from tests.pages.helpers import open_lesson
from xent_ui.course.reference import (
    FAMILIES,
    NOBODY,
    described,
    entries,
    entries_of,
    formulas,
    lessons_by_function,
    typeset,
)
from xent_ui.course.table import FILES, LESSONS, REFERENCE, ROOT
from xent_ui.formulas.python_to_latex import latex
from xent_ui.formulas.reference import WITHOUT
from xent_ui.live import address

NAMES = list(entries())
SINGLE = next(family for family in FAMILIES if not family.is_public)


@pytest.fixture(scope="module")
def page():
    return open_lesson(REFERENCE)


@pytest.fixture(scope="module")
def headings(page):
    return [each for each in page.main if each.type in ("header", "subheader")]


class TestTheEntries:
    def test_nothing_public_is_missing(self):
        public = [
            name for family in FAMILIES if family.is_public for name in (each.name for each in entries_of(family))
        ]
        assert sorted(public) == sorted(xent_core.__all__)

    def test_every_module_is_of_one_family_or_has_nothing_public(self):
        modules = [module for family in FAMILIES for module in family.modules]
        assert len(set(modules)) == len(modules)
        homes = {getattr(xent_core, name).__module__.removeprefix("xent_core.") for name in xent_core.__all__}
        assert homes == {module for family in FAMILIES if family.is_public for module in family.modules}
        opening = " ".join(xent_core.__doc__.split())
        assert all(module in opening for module in SINGLE.modules), "the package names those that serve single lessons"

    @pytest.mark.parametrize("module", SINGLE.modules)
    def test_all_of_a_module_for_single_lessons_is_there(self, module):
        there = import_module(f"xent_core.{module}")
        own = {
            name
            for name, thing in vars(there).items()
            if not name.startswith("_") and callable(thing) and getattr(thing, "__module__", "") == there.__name__
        }
        types = {name for name in own if not hasattr(getattr(there, name), "__name__")}
        assert own - types == {name for name, each in entries().items() if each.module == module}

    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_it_is_complete(self, name):
        entry, text = entries()[name], described(name)
        is_public, is_class = name in xent_core.__all__, name[0].isupper()
        thing = getattr(import_module(f"xent_core.{entry.module}"), name)
        first = "" if is_public else f"from xent_core.{entry.module} import {name}\n\n"
        assert text.startswith(f"```\n{first}{name}{'.' if name == 'Unit' else '('}")
        assert entry.docstring.summary[:6] in ("Return", "Yield ") or is_class
        assert entry.docstring.example or name == "LogSumExpSteps", "no example"
        assert f"```\n{entry.docstring.example}\n```" in text or not entry.docstring.example
        if is_public and not is_class:
            assert entry.docstring.returns or entry.docstring.yields, "it does not say what it returns"
            arguments = {each for one in entry.docstring.arguments for each in one.name.split(", ")}
            assert arguments <= set(inspect.signature(inspect.unwrap(thing)).parameters)
        for title in ("Returns", "Yields", "Raises"):
            assert (f"- **{title}** " in text) == bool(getattr(entry.docstring, title.lower()))
        assert (":gray[Source:] " in text) == bool(entry.docstring.source)

    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_it_has_its_formulas_or_a_reason_for_none(self, name):
        assert (name in formulas()) != (name in WITHOUT)
        for part, row in formulas().get(name, []):
            assert f"= {latex(row.value)}$" in described(name)
            assert not row.grad or f"= {latex(row.grad)}$" in described(name)
            assert part.where in described(name)
        if name in WITHOUT and name[0].islower():
            assert "No formula." in described(name)

    def test_the_formulas_of_a_function_share_their_symbols(self):
        for name, found in formulas().items():
            assert len({part.where for part, _ in found}) == 1, name

    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_it_links_to_the_lessons_that_use_it(self, name):
        linked = re.findall(r"\[([^\]]+)\]\(([a-z_]+)\)", described(name))
        titles = {lesson.file: lesson.title for lesson in LESSONS}
        assert linked == [(titles[file], file) for file in lessons_by_function().get(name, [])]
        assert (NOBODY in described(name)) == (not linked)


class TestThePage:
    def test_each_heading_has_the_name_of_its_function_as_its_address(self, headings):
        wanted = []
        for family in FAMILIES:
            wanted += [(family.title, family.slug), *((each.name, each.name) for each in entries_of(family))]
        assert [(heading.value, heading.anchor) for heading in headings] == wanted
        assert len({anchor for _, anchor in wanted}) == len(wanted)

    def test_every_link_within_the_page_has_its_target(self, page, headings):
        words = "\n".join(each.value for each in page.markdown)
        targets = re.findall(r"\]\(#([^)]+)\)", words)
        assert {heading.anchor for heading in headings} == set(targets), "the table of contents names each"

    def test_every_link_to_another_page_has_its_target(self, page):
        words = "\n".join(each.value for each in page.markdown)
        assert set(re.findall(r"\]\(([^#)][^)]*)\)", words)) <= set(FILES)

    def test_the_opening_says_how_to_install_it(self, page, monkeypatch):
        assert [title.value for title in page.title] == ["Reference"]
        assert [each.value for each in page.code] == ["pip install .  (in a clone of the course)"]
        monkeypatch.setattr(address, "course_address", lambda: "https://example.org/xent")
        there = open_lesson(REFERENCE)
        assert [each.value for each in there.code] == ["pip install https://example.org/xent/xent_core.zip"]
        words = "\n".join(each.value for each in page.markdown)
        assert f"{len(NAMES)} functions and classes" in words

    def test_it_has_few_elements(self, page):
        elements = list(page.main)
        assert len(elements) <= 2 * len(NAMES) + 2 * len(FAMILIES) + 20
        assert sum(len(each.value) for each in page.markdown) < 150_000, "letters"


class TestTheOpening:
    """What the opening of the page says of all functions, tried."""

    def test_float32_arrays_give_float32_and_lists_do_not_count(self):
        import numpy as np

        z = np.zeros(3, np.float32)
        assert xent_core.softmax_cross_entropy(z, [1, 0, 0]).value.dtype == np.float32
        assert xent_core.softmax_cross_entropy(z, np.eye(3)[0]).value.dtype == np.float64
        assert xent_core.softmax_cross_entropy([0, 0, 0], [1, 0, 0]).value.dtype == np.float64
        assert xent_core.softmax_cross_entropy(z.astype(np.float16), [1, 0, 0]).value.dtype == np.float32

    def test_a_loss_is_one_number_per_example_and_its_gradient_has_the_shape_of_the_argument(self):
        loss = xent_core.sparse_softmax_cross_entropy([[0.0, 1.0, 2.0]] * 4, [0, 1, 2, 0])
        assert (loss.value.shape, loss.grad.shape) == ((4,), (4, 3))

    def test_an_error_names_the_argument_the_rule_and_the_value(self):
        with pytest.raises(ValueError, match=r"label_smoothing must be in \[0, 1\], got 1.2"):
            xent_core.sparse_softmax_cross_entropy([0.0, 1.0], 0, label_smoothing=1.2)


class TestTheLinksToIt:
    @pytest.mark.parametrize("lesson", sorted(FILES))
    def test_the_code_of_a_lesson_is_that_of_entries(self, lesson):
        tree = ast.parse((ROOT / "pages" / f"{lesson}.py").read_text("utf-8"))
        shown = [
            node.id if isinstance(node, ast.Name) else node.attr
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "show_source"
            for node in call.args
            if isinstance(node, ast.Name | ast.Attribute)  # choose_the_loss is opened below
        ]
        assert set(shown) <= set(NAMES)

    @pytest.mark.parametrize("lesson", ["choose_the_loss", "formula_sheet", "in_code"])
    def test_a_page_links_to_entries(self, lesson):
        words = "\n".join(each.value for each in open_lesson(lesson).markdown)
        linked = re.findall(r"\[`(\w+)`\]\(reference#(\w+)\)", words)
        assert linked
        assert all(name == anchor and name in NAMES for name, anchor in linked)

    def test_a_lesson_that_is_shown_by_itself_has_none(self):
        words = "\n".join(each.value for each in open_lesson("in_code", mode="lesson").markdown)
        assert "BCELoss" in words
        assert "reference#" not in words


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("in [0, 1], inf where p is 0; -inf masks", "in [0, 1], ∞ where p is 0; −∞ masks"),
        ("grad -log p - 1, one-hot, 1e-6, (1-t)", "grad −log p − 1, one-hot, 1e-6, (1−t)"),
        ("n / (K * count), (p - y)^2, <= 1, (1 - q) ** 4", r"n / (K · count), (p − y)², ≤ 1, (1 − q) \*\* 4"),
        ("value (..., K), () and (n_bins + 1,)", "value `(..., K)`, `()` and `(n_bins + 1,)`"),
        ("H(p), rule(report)_y, (Polyak, 1964), (a, b]", r"H(p), rule(report)\_y, (Polyak, 1964), (a, b]"),
        (
            "as in huber_loss; ValueError if n_bins is nan",
            "as in [`huber_loss`](#huber_loss); `ValueError` if `n_bins` is `nan`",
        ),
        ("the mean entropy of a Dataset", "the mean entropy of a [`Dataset`](#Dataset)"),
        ("`step` takes $5 <b>", r"`step` takes \$5 \<b\>"),
    ],
)
def test_words_of_a_docstring_as_markdown(text, markdown):
    assert typeset(text) == markdown


def test_an_entry_does_not_link_to_itself():
    assert typeset("huber_loss and Dataset", "huber_loss") == "`huber_loss` and [`Dataset`](#Dataset)"
    assert typeset("Adam, which adapts", "Adam") == "`Adam`, which adapts"
