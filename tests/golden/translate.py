"""Python expressions over NumPy as the JavaScript that means the same here."""
import ast

OPS = {ast.Add: 'add', ast.Sub: 'sub', ast.Mult: 'mul', ast.Div: 'div', ast.FloorDiv: 'floordiv', ast.Mod: 'mod', ast.Pow: 'pow',
       ast.BitAnd: 'and', ast.BitOr: 'or'}
CMP = {ast.Eq: 'eq', ast.NotEq: 'ne', ast.Lt: 'lt', ast.LtE: 'le', ast.Gt: 'gt', ast.GtE: 'ge'}
UFUNC = {'add': 'add', 'sub': 'subtract', 'mul': 'multiply', 'div': 'divide', 'floordiv': 'floor_divide', 'mod': 'remainder', 'pow': 'power'}


def is_number(n):
    if isinstance(n, ast.UnaryOp):
        return is_number(n.operand)
    if isinstance(n, ast.BinOp):
        return is_number(n.left) and is_number(n.right)
    return isinstance(n, ast.Constant) and isinstance(n.value, (int, float, complex, bool))


def scalar(v, in_list):
    if v is None:
        return 'null'
    if isinstance(v, bool):
        return 'true' if v else 'false'
    if isinstance(v, int):
        return f'{v}n' if in_list or abs(v) > 2**53 else str(v)
    if isinstance(v, complex):
        return f'np.complex({v.real}, {v.imag})'
    if isinstance(v, bytes):
        return 'new TextEncoder().encode(' + repr(v.decode('latin1')) + ')'
    return repr(v)


def js(n, in_list=False):
    t = type(n)
    if is_number(n):
        return scalar(eval(compile(ast.Expression(n), '', 'eval')), in_list)
    if t is ast.Constant:
        return scalar(n.value, in_list)
    if t is ast.Name:
        return n.id
    if t is ast.Attribute:
        base = js(n.value)
        if base == 'np' and n.attr in ('inf', 'nan'):
            return {'inf': 'Infinity', 'nan': 'NaN'}[n.attr]
        if n.attr in ('size', 'dtype', 'shape', 'name', 'str', 'weekmask', 'holidays', 'T', 'ndim', 'types') or base == 'np' or base.startswith('np.'):
            return f'{base}.{n.attr}'
        return f'{base}.{n.attr}'
    if t is ast.List:
        return '[' + ', '.join(js(e, True) for e in n.elts) + ']'
    if t is ast.Tuple:
        return '[' + ', '.join(js(e, in_list) for e in n.elts) + ']'
    if t is ast.Call:
        args = [js(a) for a in n.args]
        if isinstance(n.func, ast.Name) and n.func.id in ('str', 'repr', 'len', 'bool'):
            return {'str': f'String({args[0]})', 'repr': f'repr({args[0]})', 'len': f'{args[0]}.length', 'bool': f'Boolean({args[0]})'}[n.func.id]
        if isinstance(n.func, ast.Name) and n.func.id == 'abs':
            return f'{args[0]}.abs()'
        f = js(n.func)
        if n.keywords:
            args.append('{' + ', '.join(f'{k.arg}: {js(k.value)}' for k in n.keywords) + '}')
        return f'{f}(' + ', '.join(args) + ')'
    if t is ast.BinOp:
        op = OPS[type(n.op)]
        if is_number(n.left):
            return f'np.{UFUNC[op]}({js(n.left)}, {js(n.right)})'
        return f'{js(n.left)}.{op}({js(n.right)})'
    if t is ast.Compare and len(n.ops) == 1:
        op = CMP[type(n.ops[0])]
        if 'dtype(' in ast.unparse(n.left):
            return f'({js(n.left)} {"===" if op == "eq" else "!=="} {js(n.comparators[0])})'
        return f'{js(n.left)}.{op}({js(n.comparators[0])})'
    if t is ast.UnaryOp and ast.unparse(n.operand) == 'np.inf':
        return '-Infinity'
    if t is ast.UnaryOp:
        return f'{js(n.operand)}.{ {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}[type(n.op)] }()'
    if t is ast.Subscript:
        i = n.slice
        if isinstance(i, ast.Slice):
            part = lambda p: '' if p is None else ast.unparse(p)
            return f"{js(n.value)}.at('{part(i.lower)}:{part(i.upper)}{':' + part(i.step) if i.step else ''}')"
        return f'{js(n.value)}.at({js(i)})'
    if t is ast.Lambda:
        return '(' + ', '.join(a.arg for a in n.args.args) + ') => ' + js(n.body)
    raise SyntaxError(ast.unparse(n))


def translate(text):
    return js(ast.parse(text, mode='eval').body)
