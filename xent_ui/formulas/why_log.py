"""Formulas of the lesson on scoring rules."""

import ast
from collections.abc import Sequence

import numpy as np

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex

SLOPE = r"\text{slope}"
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: r"\cdot "}
STRENGTH = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.USub: 2, ast.UAdd: 2, ast.Pow: 4}
WHOLE = {
    "Brier": r"\textstyle\sum_k (q_k - [k = y])^2",
    "spherical": r"1 - q_y \,/\, \lVert q \rVert",
    "0-1": r"1 - \tfrac{1}{m}\,[\,q_y = \max q\,], \quad m \text{ tie}",
}


def local_rule(
    tree: ast.expr, names: Sequence[str], belief: np.ndarray, pulls: Sequence[float], losses: tuple[float, float]
) -> str:
    """Return a local rule, the expected loss of the honest report and of the best one, and the pulls b·f′(b).

    tree    the syntax tree of the rule
    pulls   by outcome; NaN where the rule has a kink
    losses  the expected losses of the honest report and of the best one
    """
    honest, least = losses
    b, q = colored("truth", "b"), colored("model", "q")
    rows = [
        rf"f(q) &= {as_tex(tree)}",
        rf"\text{{honest}} &= \textstyle\sum {b}\,f({b}) = {colored('truth', tex(honest, 4))}",
        rf"\text{{best}} &= \textstyle\sum {b}\,f({q}) = {colored('model', tex(least, 4))}",
    ]
    return lines([*rows, *map(_pull, names, map(float, belief), pulls)])


def only_the_rule(tree: ast.expr) -> str:
    """Return the definition of a local rule."""
    return f"f(q) = {as_tex(tree)}"


def _pull(name: str, b: float, pull: float) -> str:
    """Return the slope of the expected loss in the probability reported for an outcome, at its true probability b."""
    share = colored("truth", exact(b))
    if not b:
        return rf"\text{{pull of {name}}} &= {colored('gradient', '0')} \quad\text{{because }} b = 0"
    value = r"\quad\text{does not exist: a kink}" if np.isnan(pull) else f"= {colored('gradient', tex(pull))}"
    return rf"\text{{pull of {name}}} &= {share}\,f'({share}) {value}"


def only_the_price(name: str) -> str:
    """Return the definition of a rule that depends on the whole report."""
    return rf"\text{{price}} = {WHOLE[name]}"


def whole_rule(name: str, losses: tuple[float, float]) -> str:
    """Return a rule that depends on the whole report, and the expected losses of the honest report and the best one."""
    honest, least = losses
    slope = r"\text{flat almost everywhere}" if name == "0-1" else r"0 \quad\text{at } q = b"
    return lines(
        [
            rf"\text{{price}} &= {WHOLE[name]}",
            rf"\text{{honest}} &= {colored('truth', tex(honest, 4))}",
            rf"\text{{best}} &= {colored('model', tex(least, 4))}",
            rf"{colored('gradient', SLOPE)} &= {slope}",
        ]
    )


def as_tex(node: ast.expr, outer: int = 0) -> str:
    """Return an expression as LaTeX, with q in the color of the model and without unneeded parentheses.

    outer  how strongly the surrounding operator binds

    >>> from xent_ui.controls.expressions import parse
    >>> as_tex(parse("(1 - 2)**2 / 4").tree)
    '\\\\frac{\\\\left(1-2\\\\right)^{2}}{4}'
    """
    match node:
        case ast.Constant():
            body = exact(float(node.value))  # type: ignore[arg-type]
            strength = STRENGTH[ast.Pow] if "{" in body else outer
        case ast.Name():
            return colored("model", node.id)
        case ast.Call(func=ast.Name(id=name)):
            inside = as_tex(node.args[0])
            body = {"log": rf"\ln\left({inside}\right)", "sqrt": rf"\sqrt{{{inside}}}", "exp": f"e^{{{inside}}}"}[name]
            strength = STRENGTH[ast.Pow]
        case ast.UnaryOp():
            strength = STRENGTH[type(node.op)]
            body = ("-" if isinstance(node.op, ast.USub) else "+") + as_tex(node.operand, strength)
        case ast.BinOp(op=ast.Div()):
            body, strength = rf"\frac{{{as_tex(node.left)}}}{{{as_tex(node.right)}}}", STRENGTH[ast.Pow]
        case ast.BinOp(op=ast.Pow()):
            strength = STRENGTH[ast.Pow]
            body = f"{as_tex(node.left, strength + 1)}^{{{as_tex(node.right)}}}"
        case ast.BinOp():
            strength = STRENGTH[type(node.op)]
            body = as_tex(node.left, strength) + SIGNS[type(node.op)] + as_tex(node.right, strength + 1)
    return rf"\left({body}\right)" if strength < outer else body
