"""Formulas of the lesson on scoring rules."""

import ast
from collections.abc import Sequence
from typing import Final

import numpy as np

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style.numbers import digits_apart, exact, tex

SLOPE = r"\text{slope}"
MEAN: Final = r"\bar L"
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: r"\cdot "}
STRENGTH = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.USub: 2, ast.UAdd: 2, ast.Pow: 4}
FUNCTIONS: Final = {
    "log": r"\ln\left({}\right)",
    "log2": r"\log_2\left({}\right)",
    "log10": r"\log_{{10}}\left({}\right)",
    "sqrt": r"\sqrt{{{}}}",
    "exp": "e^{{{}}}",
}
SYMBOLS: Final = Symbols(
    formula=lambda: (
        rf"{colored('loss', MEAN)} = \sum_k {colored('truth', 'p_k')} \, f({colored('model', 'q_k')}), \qquad "
        rf"f({colored('model', 'q')}) = -\ln {colored('model', 'q')}"
    ),
    where=lambda: (
        rf"${colored('truth', 'p_k')}$ is the probability that you believe outcome $k$ has and "
        rf"${colored('model', 'q_k')}$ the one you report, from 0 to 1; $f$ is the loss for the outcome that happens, "
        rf"and ${colored('loss', MEAN)}$ is the expected loss. With −ln it is in nats; other losses have no unit."
    ),
)
WHOLE = {
    "Brier": r"\textstyle\sum_k (q_k - [k = y])^2",
    "spherical": r"1 - q_y \,/\, \lVert q \rVert",
    "0-1": r"1 - \tfrac{1}{m}\,[\,q_y = \max q\,], \quad m \text{ tie}",
}


def local_rule(
    tree: ast.expr, names: Sequence[str], belief: np.ndarray, pulls: Sequence[float], losses: tuple[float, float]
) -> str:
    """Return a local rule, the expected loss of the honest report and of the best one, and the pulls p·f′(p).

    tree    the syntax tree of the rule
    pulls   by outcome; their limit where p is 0; NaN where the rule has a kink, or there is no limit
    losses  the expected losses of the honest report and of the best one
    """
    honest, least = losses
    p, q, digits = colored("truth", "p"), colored("model", "q"), digits_apart(honest, least, 4)
    rows = [
        rf"f(q) &= {as_tex(tree)}",
        rf"\text{{honest}} &= \textstyle\sum {p}\,f({p}) = {colored('truth', tex(honest, digits))}",
        rf"\text{{best}} &= \textstyle\sum {p}\,f({q}) = {colored('model', tex(least, digits))}",
    ]
    return lines([*rows, *map(_pull, names, map(float, belief), pulls)])


def only_the_rule(tree: ast.expr) -> str:
    """Return the definition of a local rule."""
    return f"f(q) = {as_tex(tree)}"


def _pull(name: str, b: float, pull: float) -> str:
    """Return the slope of the expected loss in the probability reported for an outcome, at the honest report."""
    share, p = colored("truth", exact(b)), colored("truth", "p")
    if not b and np.isnan(pull):
        return rf"\text{{pull of {name}}} &\quad\text{{has no limit as }} {p} \to 0"
    if not b:
        return rf"\text{{pull of {name}}} &\to {colored('gradient', tex(pull))} \quad\text{{as }} {p} \to 0"
    value = r"\quad\text{does not exist: a kink}" if np.isnan(pull) else f"= {colored('gradient', tex(pull))}"
    return rf"\text{{pull of {name}}} &= {share}\,f'({share}) {value}"


def only_the_loss(name: str) -> str:
    """Return the definition of a rule that depends on the whole report."""
    return rf"\text{{loss}} = {WHOLE[name]}"


def whole_rule(name: str, losses: tuple[float, float]) -> str:
    """Return a rule that depends on the whole report, and the expected losses of the honest report and the best one."""
    honest, least = losses
    digits = digits_apart(honest, least, 4)
    slope = r"\text{flat almost everywhere}" if name == "0-1" else r"0 \quad\text{at } q = p"
    return lines(
        [
            rf"\text{{loss}} &= {WHOLE[name]}",
            rf"\text{{honest}} &= {colored('truth', tex(honest, digits))}",
            rf"\text{{best}} &= {colored('model', tex(least, digits))}",
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
            body = FUNCTIONS[name].format(inside)
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
