"""Read arithmetic as people type it: one grammar for numbers and for functions of q.

What is read becomes a tree of the ``ast`` module's arithmetic nodes, whose ``col_offset`` and ``end_col_offset`` count
characters of the text. Nothing is executed.

What can be read in two ways is refused with a sentence that asks for brackets or another word:

- ``ln 1/2`` and ``ln 2 * 3``: a function without brackets takes one number, and what follows + or − is no part of it,
  but before × or / people mean both readings. ``√2/2`` is clear, because a root sign covers one number.
- ``1/2 ln 2``: half of ln 2, or 1 divided by 2 ln 2.
- ``log(8,2)``: base 2, or 8.2 with a decimal comma. ``log(8, 2)`` and ``log(8; 2)`` are base 2.
- ``lg``: base 10 to some people, base 2 to others.

``log`` and ``ln`` are the natural logarithm. A percent sign belongs to the number before it. A product needs no sign
before a name or a bracket. In ``1 000`` a space separates thousands; a comma or a point never does.
"""

import ast
import math
import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

GRAMMAR: Final = r"""
number: ABOUT* sum TRAIL? UNIT? TRAIL?
rule: sum

?sum: product
    | sum (PLUS | MINUS) product -> operation
?product: signed
    | product (TIMES | DIVIDE) signed -> operation
?signed: (PLUS | MINUS) signed -> sign
    | factors
?factors: power_of_number
    | power_of_other
    | bare_call
    | factors power_of_other -> side_by_side
    | factors bare_call -> side_by_side
?power_of_number: number_atom
    | number_atom POWER exponent -> operation
?power_of_other: power_of_plain
    | power_of_bracket
?power_of_plain: plain_atom
    | plain_atom POWER exponent -> operation
?power_of_bracket: bracket_atom
    | bracket_atom POWER exponent -> operation
?exponent: (PLUS | MINUS) exponent -> sign
    | power_of_number
    | power_of_other
    | bare_call

?number_atom: NUMBER -> constant
    | number_atom RAISED -> raised
    | number_atom PERCENT -> percent
?plain_atom: EULER -> constant
    | VARIABLE -> variable
    | ROOT root_of -> call
    | (LOG | LOG2 | LOG10 | SQRT | EXP) "(" sum ")" -> call
    | LOG "(" sum (";" | ",") sum ")" -> logarithm_to_base
    | plain_atom RAISED -> raised
    | plain_atom PERCENT -> percent
?bracket_atom: "(" sum ")" -> bracket
    | bracket_atom RAISED -> raised
    | bracket_atom PERCENT -> percent
?root_of: NUMBER -> constant
    | EULER -> constant
    | VARIABLE -> variable
    | "(" sum ")" -> bracket
    | ROOT root_of -> call

bare_call: (LOG | LOG2 | LOG10 | SQRT | EXP) bare_argument
?bare_argument: power_of_number
    | power_of_plain
    | bare_call
    | MINUS signed_argument -> sign
?signed_argument: bare_argument
    | power_of_bracket

ABOUT.2: /(?:about|approximately|approx|around|roughly|circa|ca)(?![a-z_])\.?|[~≈≃≅=]/i
NUMBER: /[1-9][0-9]{0,2}(?:[ ][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?
        |(?:[0-9]+[ ]?)?[¼-¾⅐-⅞]
        |(?:[0-9]+(?:\.[0-9]*|,[0-9]+)?|[.,][0-9]+)(?:e[+-]?[0-9]+)?/ix
RAISED: /[⁺⁻]?[⁰¹²³⁴-⁹]+/
PERCENT: /%|(?:per ?cent|pct)(?![a-z_])/i
UNIT.2: /(?:[(]\s*)?(?:bits?|nats?)(?![a-z_])(?:\s*(?:per|\/)\s*[a-z]+)?(?:\s*[)])?/i
TRAIL: /[.]+|…/
TIMES: /\*(?!\*)|(?<!^0)(?<![^0-9.,]0)x(?![a-z_])/i
DIVIDE: "/"
POWER.2: "**" | "^"
PLUS: "+"
MINUS: "-"
LOG2.2: /(?:log_?2(?![0-9.,])|ld(?![a-z_])|lb(?![a-z_]))/i
LOG10.2: /log_?10(?![0-9.,])/i
LOG: /(?:log|ln)(?![a-z_])/i
SQRT: /sqrt(?![a-z_])/i
EXP: /exp(?![a-z_])/i
ROOT: "√"
EULER: /e(?![a-z_])(?!(?<=[0-9.,]e)\s*[+-])/i
VARIABLE: /q(?![a-z_])/i
%ignore " "
"""
FUNCTIONS: Final = {"LOG": "log", "LOG2": "log2", "LOG10": "log10", "SQRT": "sqrt", "EXP": "exp", "ROOT": "sqrt"}
VALUES: Final = {"NUMBER", "EULER", "VARIABLE", "LPAR", *FUNCTIONS}
OPERATORS: Final[dict[str, type[ast.operator]]] = {
    "PLUS": ast.Add,
    "MINUS": ast.Sub,
    "TIMES": ast.Mult,
    "DIVIDE": ast.Div,
    "POWER": ast.Pow,
}
# Every replacement is one character long, so that places in the text stay where they are.
READ_AS: Final = str.maketrans(
    "‐‑‒–—―−﹣·⋅∙•×✕✖∗÷∕⁄₀₁₂₃₄₅₆₇₈₉٫٪\u200b\u200c\u200d\u200e\u200f\u2060\ufeff",
    "--------********///0123456789.%       ",
)
DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
FULL_WIDTH: Final = range(0xFF01, 0xFF5F)  # the forms of the printable ASCII characters
TWO_SEPARATORS: Final = re.compile(r"[0-9]+[.,][0-9]+[.,][0-9]+")
WORD: Final = re.compile(r"[^\W\d]+|.", re.DOTALL)
PIECE: Final = re.compile(r"[^\W\d]+[0-9]*|[0-9.,]+|[^\s\w]")
FUNCTION: Final = re.compile(r"log|ln|log_?[2₂]|log_?(?:10|₁₀)|ld|lb|sqrt|exp|√", re.IGNORECASE)
HINTS: Final = {"[": "type round brackets", "]": "type round brackets", "{": "type round brackets", "!": "leave it out"}
A_NUMBER: Final = "type a number such as 0.693, 1/3 or ln 2"
A_FUNCTION: Final = "type numbers, q, log, sqrt, exp and signs, as in -log(q)"
LONGEST_NUMBER, LONGEST_FUNCTION = 40, 80  # characters
SHORT: Final = 12  # characters of a text that a sentence quotes


class NotUnderstood(ValueError):
    """Raised for a text that is not arithmetic; the message is a sentence that says why and what to type instead.

    place  the index of the character that cannot be read, if there is one
    """

    def __init__(self, sentence: str, place: int | None) -> None:
        super().__init__(sentence)
        self.place = place


class TypedNumber(NamedTuple):
    """A number as it was typed: its arithmetic, and the word for its unit, bits or nats, if it has one."""

    tree: ast.expr
    unit: str


class _Part(NamedTuple):
    """A part of the text.

    node          its arithmetic
    bare          the function without brackets that it ends with, whose argument may go on, or None
    side_by_side  whether it is a product without a sign
    """

    node: ast.expr
    bare: "_Bare | None" = None
    side_by_side: bool = False


class _Bare(NamedTuple):
    """A function without brackets, and its argument, as they were typed."""

    name: str
    argument: str


def number(text: str) -> TypedNumber:
    """Return a number without a variable, of which a learner may also have said that it is about so much.

    Raises  NotUnderstood  anything else

    >>> ast.unparse(number("about 1 - 20 % (bits)").tree), number("about 1 - 20 % (bits)").unit
    ('1 - 20 / 100', 'bits')
    """
    _check_length(text, LONGEST_NUMBER)
    tree = _parsed(text, "number", A_NUMBER)
    units = [token for token in tree.children if isinstance(token, Token) and token.type == "UNIT"]
    content = next(child for child in tree.children if isinstance(child, Tree))
    unit = "bits" if units and "bit" in units[0].lower() else "nats" if units else ""
    return TypedNumber(_Reader(text, with_q=False).part(content).node, unit)


def function_of_q(text: str) -> ast.expr:
    """Return a function of q.

    Raises  NotUnderstood  anything else

    >>> ast.unparse(function_of_q("2q² − ln q"))
    '2 * q ** 2 - log(q)'
    """
    _check_length(text, LONGEST_FUNCTION)
    tree = _parsed(text, "rule", A_FUNCTION)
    return _Reader(text, with_q=True).part(tree.children[0]).node


def typed(text: str, node: ast.expr) -> str:
    """Return the part of a text that a node of its tree stands for.

    >>> typed("1 + sqrt(−q)", function_of_q("1 + sqrt(−q)").right)
    'sqrt(−q)'
    """
    return text[node.col_offset : node.end_col_offset]


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise NotUnderstood(f"This has {len(text):,} characters; up to {longest} are read.", None)


def _plain(character: str) -> str:
    """Return the ASCII character that is meant by another, such as a digit of another script or width."""
    if ord(character) in FULL_WIDTH:
        return chr(ord(character) - 0xFEE0)
    if character.isspace():
        return " "
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", start=["number", "rule"], propagate_positions=True, maybe_placeholders=False)


def _parsed(text: str, start: str, hint: str) -> Tree[Token]:
    plain = "".join(map(_plain, text.translate(READ_AS)))
    try:
        return _parser().parse(plain, start=start)
    except UnexpectedCharacters as error:
        place = error.pos_in_stream or 0
        word = WORD.findall(text[place:])[0]
        raise NotUnderstood(_of_a_word(word, hint), place) from None
    except UnexpectedToken as error:
        is_end = error.token.type == "$END"
        place = len(plain.rstrip()) - 1 if is_end else int(error.token.start_pos or 0)
        raise NotUnderstood(_of_a_token(error, text, hint), place if plain.strip() else None) from None


def _of_a_word(word: str, hint: str) -> str:
    """Return what to say of a word or a sign that has no meaning."""
    if word.lower() == "lg":
        return f"“{word}” is base 10 to some people and base 2 to others; type log10 or log2."
    return f"“{word[:SHORT]}” is not understood here; {HINTS.get(word, hint)}."


def _of_a_token(error: UnexpectedToken, text: str, hint: str) -> str:
    """Return what to say of a token that stands in the wrong place."""
    token, wants_value = error.token, "NUMBER" in error.accepts
    place = len(text) if token.type == "$END" else int(token.start_pos or 0)
    said, before = text[place : place + len(token)][:SHORT].strip(), (PIECE.findall(text[:place]) or [""])[-1][-SHORT:]
    if wants_value and said.isalpha():
        return f"“{said}” is not understood here; {hint}."
    if wants_value and FUNCTION.fullmatch(before):
        return f"A value is missing after “{before}”; type {before}(2), for example."
    if token.type == "$END":
        if wants_value and not before:
            return f"Nothing is typed yet; {hint}."
        if wants_value:
            return f"Something is missing after “{before}”; {hint}."
        return "A bracket is not closed; something is missing at the end, such as “)”."
    if wants_value:
        return f"A value is missing before “{said}”; {hint}."
    separators = [each for each in TWO_SEPARATORS.finditer(text) if each.start() <= place <= each.end()]
    if separators:
        return f"“{separators[0].group()[:SHORT]}” has more than one comma or point; type a number such as 1234.5."
    if token.type == "RPAR":
        return "“)” closes a bracket that was never opened; leave it out."
    if token.type in VALUES:
        return f"“{said}” is not expected after “{before}”; type a sign between them, such as *."
    return f"“{said}” is not expected there; {hint}."


class _Reader:
    """Turns what the parser found in a text into arithmetic."""

    def __init__(self, text: str, *, with_q: bool) -> None:
        self.text = text
        self.with_q = with_q

    def part(self, tree: Tree[Token] | Token) -> _Part:
        """Return the arithmetic of a subtree."""
        assert isinstance(tree, Tree)
        part: _Part = getattr(self, f"_{tree.data}")(*tree.children)
        part.node.lineno = part.node.end_lineno = 1
        part.node.col_offset, part.node.end_col_offset = tree.meta.start_pos, tree.meta.end_pos
        return part

    def _constant(self, token: Token) -> _Part:
        return _Part(ast.Constant(_value(token)))

    def _variable(self, name: Token) -> _Part:
        if not self.with_q:
            raise NotUnderstood(_of_a_word(name, A_NUMBER), name.start_pos)
        return _Part(ast.Name("q"))

    def _bracket(self, inside: Tree[Token]) -> _Part:
        return _Part(self.part(inside).node)

    def _sign(self, sign: Token, inside: Tree[Token]) -> _Part:
        part = self.part(inside)
        return _Part(ast.UnaryOp(ast.USub() if sign.type == "MINUS" else ast.UAdd(), part.node), part.bare)

    def _operation(self, left: Tree[Token], sign: Token, right: Tree[Token]) -> _Part:
        first, second = self.part(left), self.part(right)
        if sign.type in ("TIMES", "DIVIDE"):
            self._refuse_if_bare(first, str(sign), right)
        if sign.type == "DIVIDE" and second.side_by_side:
            whole = f"{self._quoted(left, 'a')}/{self._quoted(right, 'b')}"
            sentence = f"“{whole}” can be read in two ways; type a * and brackets, as in (1/2)*ln 2 or 1/(2*ln 2)."
            raise NotUnderstood(sentence, int(sign.start_pos or 0))
        return _Part(ast.BinOp(first.node, OPERATORS[sign.type](), second.node), second.bare)

    def _side_by_side(self, left: Tree[Token], right: Tree[Token]) -> _Part:
        first, second = self.part(left), self.part(right)
        self._refuse_if_bare(first, "*", right)
        return _Part(ast.BinOp(first.node, ast.Mult(), second.node), second.bare, side_by_side=True)

    def _raised(self, base: Tree[Token], exponent: Token) -> _Part:
        power = int(exponent.translate(DIGITS))
        constant: ast.expr = ast.Constant(abs(power))
        return _Part(ast.BinOp(self.part(base).node, ast.Pow(), _negative(constant) if power < 0 else constant))

    def _percent(self, number: Tree[Token], _: Token) -> _Part:
        return _Part(ast.BinOp(self.part(number).node, ast.Div(), ast.Constant(100)))

    def _call(self, name: Token, inside: Tree[Token]) -> _Part:
        typed = self.text[inside.meta.start_pos : inside.meta.end_pos]
        if name.lower() == "log" and re.search(r"\d,\d", typed):
            sentence = "A comma in log( ) can be read in two ways; type log2(8) or log(8; 2) for base 2, or ln 8.2."
            raise NotUnderstood(sentence, inside.meta.start_pos)
        return _Part(_called(name, self.part(inside).node))

    def _bare_call(self, name: Token, argument: Tree[Token]) -> _Part:
        return _Part(_called(name, self.part(argument).node), _Bare(str(name), self._quoted(argument, "a")))

    def _logarithm_to_base(self, name: Token, inside: Tree[Token], base: Tree[Token]) -> _Part:
        if name.lower() == "ln":
            raise NotUnderstood(
                "ln takes one number; the logarithm of 8 to base 2 is log2(8).", int(name.start_pos or 0)
            )
        return _Part(ast.BinOp(_called(name, self.part(inside).node), ast.Div(), _called(name, self.part(base).node)))

    def _refuse_if_bare(self, first: _Part, sign: str, right: Tree[Token]) -> None:
        """Refuse a product whose left side ends with a function without brackets: its argument may go on."""
        if first.bare:
            name, argument = first.bare
            after = self._quoted(right, "b")
            sentence = f"“{name} {argument}{sign}{after}” can be read in two ways"
            brackets = f"type {name}({argument}{sign}{after}) or {name}({argument}){sign}{after}"
            raise NotUnderstood(f"{sentence}; {brackets}.", right.meta.start_pos)

    def _quoted(self, tree: Tree[Token], otherwise: str) -> str:
        """Return what was typed for a subtree, or a letter if that is long."""
        typed = self.text[tree.meta.start_pos : tree.meta.end_pos]
        return typed if len(typed) <= SHORT else otherwise


def _value(token: Token) -> float:
    """Return the number that a token stands for, an int if it has digits only."""
    if token.type == "EULER":
        return math.e
    digits = token.replace(" ", "").replace(",", ".")
    if digits.isascii():
        return int(digits) if digits.isdigit() else float(digits)
    return float(digits[:-1] or 0) + unicodedata.numeric(digits[-1])


def _negative(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), node)


def _called(name: Token, inside: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(FUNCTIONS[name.type]), [inside], [])
