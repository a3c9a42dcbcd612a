"""Write a formula that stands as a Python expression in LaTeX, so that what is read is what tests can compute.

The expression may hold numbers, the names of SYMBOLS, arithmetic, one comparison (an Iverson bracket: 1 if it holds,
0 if not) and calls of the functions below.
"""

import ast
from typing import Final

SYMBOLS: Final = {
    "W_h1": "W_{h1}",
    "W_h2": "W_{h2}",
    "alpha": r"\alpha",
    "beta": r"\beta",
    "beta_1": r"\beta_1",
    "beta_2": r"\beta_2",
    "delta": r"\delta",
    "eps": r"\varepsilon",
    "eta": r"\eta",
    "gamma": r"\gamma",
    "m_hat": r"\hat m",
    "mu": r"\mu",
    "p_ab": "p_{ab}",
    "p_clipped": r"\tilde p",
    "rho": r"\rho",
    "v_hat": r"\hat v",
    "v_new": "v'",
    "y_mean": r"\bar y",
    "y_smooth": r"y'_k",
}
PREFIXES: Final = {
    "log": r"\ln",
    "log2": r"\log_2",
    "max_b": r"\max_b",
    "max_k": r"\max_k",
    "mean_b": r"\operatorname{mean}_{i\in b}",
    "mean_i": r"\operatorname{mean}_i",
    "mean_ij": r"\operatorname{mean}_{i\succ j}",
    "prod_k": r"\prod_k",
    "sum_ab": r"\sum_{a,b}",
    "sum_b": r"\sum_b",
    "sum_h": r"\sum_h",
    "sum_i": r"\sum_i",
    "sum_j": r"\sum_j",
    "sum_k": r"\sum_k",
    "tanh": r"\tanh",
}
FUNCTIONS: Final = ("log", "log2", "tanh")  # of one number, which stands in parentheses if it is a product
CALLS: Final = {
    "H": "H({})",
    "KL": r"D_{{\mathrm{{KL}}}}({}\,\Vert\,{})",
    "abs": r"\lvert {} \rvert",
    "ceil": r"\lceil {} \rceil",
    "exp": "e^{{{}}}",
    "logsumexp": r"\operatorname{{logsumexp}}({})",
    "max": r"\max({},\,{})",
    "min": r"\min({},\,{})",
    "sigmoid": r"\sigma({})",
    "sign": r"\operatorname{{sign}}({})",
    "softmax_k": r"\operatorname{{softmax}}({})_k",
    "softmax_t": r"\operatorname{{softmax}}({})_t",
    "sqrt": r"\sqrt{{{}}}",
    "where": r"\begin{{cases}}{1}&{0}\\{2}&\text{{otherwise}}\end{{cases}}",
}
COMPARED: Final[dict[type[ast.cmpop], str]] = {ast.Lt: "<", ast.LtE: r"\le", ast.Eq: "="}

# How tightly an expression binds; one that binds less tightly than its place needs stands in parentheses.
SUM, PRODUCT, PREFIX, POWER, ATOM = range(5)


def latex(expression: str) -> str:
    r"""Return a Python expression in LaTeX.

    Raises  ValueError  the expression holds something that has no LaTeX here

    >>> latex("-(1 - p_t) ** gamma * log(p_t)")
    '-(1-p_t)^{\\gamma}\\,\\ln p_t'
    """
    return _written(ast.parse(expression, mode="eval").body, SUM)


def _written(node: ast.expr, place: int) -> str:
    text, binds = _parts(node)
    return text if binds >= place else f"({text})"


def _parts(node: ast.expr) -> tuple[str, int]:
    """Return a node in LaTeX, and how tightly it binds."""
    if positive := _without_minus(node):
        return f"-{_written(positive, PRODUCT)}", SUM
    match node:
        case ast.Constant():
            return str(node.value), ATOM
        case ast.Name():
            return SYMBOLS.get(node.id, node.id), ATOM
        case ast.BinOp(op=ast.Add()):
            return f"{_written(node.left, SUM)}+{_written(node.right, SUM)}", SUM
        case ast.BinOp(op=ast.Sub()):
            return f"{_written(node.left, SUM)}-{_written(node.right, PRODUCT)}", SUM
        case ast.BinOp(op=ast.Mult()):
            return f"{_written(node.left, PRODUCT)}\\,{_written(node.right, PRODUCT)}", PRODUCT
        case ast.BinOp(op=ast.Div()):
            return rf"\tfrac{{{_written(node.left, SUM)}}}{{{_written(node.right, SUM)}}}", ATOM
        case ast.BinOp(op=ast.Pow()):
            return f"{_written(node.left, ATOM)}^{{{_written(node.right, SUM)}}}", POWER
        case ast.Compare(ops=[comparison]) if type(comparison) in COMPARED:
            return f"[{_condition(node)}]", ATOM
        case ast.Call(func=ast.Name(id=name)) if name in PREFIXES:
            return f"{PREFIXES[name]} {_written(node.args[0], PREFIX if name in FUNCTIONS else PRODUCT)}", PREFIX
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            return CALLS[name].format(*(_argument(name, each) for each in node.args)), ATOM
    raise ValueError(f"no LaTeX for {ast.unparse(node)}")


def _without_minus(node: ast.expr) -> ast.expr | None:
    """Return a node without the minus before it or before its first factor, or None if there is none.

    Python reads -a * b as (-a) * b, and mathematics writes it without the parentheses.
    """
    match node:
        case ast.UnaryOp(op=ast.USub()):
            return node.operand
        case ast.BinOp(op=ast.Mult() | ast.Div()) if left := _without_minus(node.left):
            return ast.BinOp(left, node.op, node.right)
    return None


def _argument(name: str, node: ast.expr) -> str:
    if name == "where" and isinstance(node, ast.Compare):
        return rf"\text{{if }}{_condition(node)}"
    return _written(node, SUM)


def _condition(node: ast.Compare) -> str:
    return f"{_written(node.left, SUM)}{COMPARED[type(node.ops[0])]} {_written(node.comparators[0], SUM)}"
