"""Writes recfunctions.json: expressions over np.lib.recfunctions, each with the text of NumPy's answer.

Run: python3 tests/golden/recfunctions.py
A case is (JavaScript, Python), one text where it is the same in both. `r` is np.lib.recfunctions; arrays answer with their repr, dtypes
with theirs, lists with JSON, errors with their class and message. Masked results do not exist here: Python asks for plain ones.
"""
import json
import os
import warnings

import numpy as np
import numpy.lib.recfunctions as r

warnings.simplefilter('ignore')


def names():
    return {
        'np': np, 'r': r,
        'a': np.array([(1, 2.0), (3, 4.0), (2, -1.5)], [('a', 'i4'), ('b', 'f8')]),
        'b': np.array([(1, 'x'), (5, 'y')], [('a', 'i8'), ('c', 'U2')]),
        'c': np.array([(3, 7.0), (9, 8.0)], [('a', 'i4'), ('b', 'f8')]),
        'n': np.array([(1, (2.0, [3, 4])), (5, (6.0, [7, 8]))], [('p', 'i4'), ('q', [('x', 'f8'), ('y', 'i4', (2,))])]),
        'e': np.array([(1.0, 2.0), (3.0, 4.0)], [('u', 'f8'), ('v', 'f8')]),
        'g': np.zeros(2, np.dtype('u1,f8,i2', align=True)),
    }


def then(first, result):
    return result


M = 'usemask=False'
CASES = [
    'r.get_names(n.dtype)', 'r.get_names_flat(n.dtype)', 'r.get_names(a.dtype)', 'r.get_fieldstructure(n.dtype)',
    ("r.get_names(np.dtype('f8'))", "r.get_names(np.dtype('f8'))"),
    ('r.flatten_descr(n.dtype).map((p) => [p[0], String(p[1])])', '[[p[0], str(p[1])] for p in r.flatten_descr(n.dtype)]'),
    ("r.drop_fields(a, 'a')", f"r.drop_fields(a, 'a', {M})"), ("r.drop_fields(n, 'x')", f"r.drop_fields(n, 'x', {M})"),
    ("r.drop_fields(n, ['x', 'y'])", f"r.drop_fields(n, ['x', 'y'], {M})"), ("r.drop_fields(a, 'zz')", f"r.drop_fields(a, 'zz', {M})"),
    ("r.drop_fields(a.reshape(3, 1), ['b'])", f"r.drop_fields(a.reshape(3, 1), ['b'], {M})"),
    ("r.rec_drop_fields(a, 'a').b", "r.rec_drop_fields(a, 'a').b"),
    ("r.rename_fields(n, { p: 'P', x: 'X' })", "r.rename_fields(n, {'p': 'P', 'x': 'X'})"),
    ("r.rename_fields(a, { a: 'b' })", "r.rename_fields(a, {'a': 'b'})"),
    ("r.append_fields(a, 'd', [1, 2, 3])", f"r.append_fields(a, 'd', [1., 2., 3.], {M})"),
    ("r.append_fields(a, 'd', [7n])", f"r.append_fields(a, 'd', [7], {M})"),
    ("r.append_fields(a, ['d', 'e'], [[1n, 2n, 3n, 4n], [0.5]])", f"r.append_fields(a, ['d', 'e'], [[1, 2, 3, 4], [.5]], {M})"),
    ("r.append_fields(a, ['d', 'e'], [[1, 2], [0.5]], {dtypes: ['i1', 'f4']})", f"r.append_fields(a, ['d', 'e'], [[1, 2], [.5]], ['i1', 'f4'], {M})"),
    ("r.append_fields(a, ['d', 'e'], [[1, 2], [0.5]], {dtypes: 'u1'})", f"r.append_fields(a, ['d', 'e'], [[1, 2], [.5]], 'u1', {M})"),
    ("r.append_fields(a, ['d'], [[1, 2], [0.5]])", f"r.append_fields(a, ['d'], [[1, 2], [.5]], {M})"),
    ("r.append_fields(a, ['d', 'e'], [[1], [2]], {dtypes: ['u1', 'u1', 'u1']})", f"r.append_fields(a, ['d', 'e'], [[1], [2]], ['u1', 'u1', 'u1'], {M})"),
    ("r.append_fields(a, 'a', [1, 2, 3])", f"r.append_fields(a, 'a', [1., 2., 3.], {M})"),
    ("r.append_fields(np.array([1n, 2n]), 'd', ['p', 'q'])", f"r.append_fields(np.array([1, 2]), 'd', ['p', 'q'], {M})"),
    ("r.append_fields(a, 'd', ['p'])", f"r.append_fields(a, 'd', ['p'], {M})"),
    *[(f"r.append_fields(e, 'd', np.zeros(1, '{d}'))", f"r.append_fields(e, 'd', np.zeros(1, '{d}'), {M})")
      for d in ['?', 'i1', 'u2', 'f4', 'c16', 'S4', 'U4', 'M8[s]', 'm8[h]', 'V4', '>i4']],
    ("r.rec_append_fields(a, 'd', [1, 2, 3]).d", "r.rec_append_fields(a, 'd', [1., 2., 3.]).d"),
    ('r.merge_arrays([[1n, 2n], [0.5, 1.5, 2.5]])', 'r.merge_arrays(([1, 2], [.5, 1.5, 2.5]))'),
    ('r.merge_arrays([[1n, 2n], [0.5, 1.5, 2.5]], {fill_value: 9})', 'r.merge_arrays(([1, 2], [.5, 1.5, 2.5]), fill_value=9)'),
    'r.merge_arrays([a, c])', 'r.merge_arrays([a, b])', 'r.merge_arrays(a)', 'r.merge_arrays([n])',
    ('r.merge_arrays([n], {flatten: true})', 'r.merge_arrays([n], flatten=True)'),
    ('r.merge_arrays([a, c], {flatten: true})', 'r.merge_arrays([a, c], flatten=True)'),
    ("r.merge_arrays([e, b], {flatten: true})", "r.merge_arrays([e, b], flatten=True)"),
    ("r.merge_arrays([a.at(['a']), [1, 2, 3]])", "r.merge_arrays([r.repack_fields(a[['a']]), [1., 2., 3.]])"),
    ('r.merge_arrays([1n, 2n])', 'r.merge_arrays([1, 2])'), ('r.merge_arrays(np.array([1n, 2n]))', 'r.merge_arrays(np.array([1, 2]))'),
    ('r.stack_arrays([a, c])', f'r.stack_arrays([a, c], {M})'), ("r.stack_arrays([a, b])", f"r.stack_arrays([a, b], {M})"),
    ('r.stack_arrays([a, b], {autoconvert: true})', f'r.stack_arrays([a, b], {M}, autoconvert=True)'),
    ("r.stack_arrays([a, b], {autoconvert: true, defaults: {b: -5, c: 'zz'}})",
     f"r.stack_arrays([a, b], {M}, autoconvert=True, defaults={{'b': -5, 'c': 'zz'}})"),
    ('r.stack_arrays([np.array([1, 2]), a])', f'r.stack_arrays([np.array([1., 2.]), a], {M})'),
    ('r.stack_arrays([np.array([1, 2]), np.array([3])])', f'r.stack_arrays([np.array([1., 2.]), np.array([3.])], {M})'),
    ('r.stack_arrays([a])', f'r.stack_arrays([a], {M})'), ('r.stack_arrays(a)', f'r.stack_arrays(a, {M})'),
    ("r.find_duplicates(np.array([1n, 2n, 2n, 3n, 1n, 3n, 4n]).view([['a', 'i8']]))",
     "np.asarray(r.find_duplicates(np.ma.array([1, 2, 2, 3, 1, 3, 4]).view([('a', 'i8')])))"),
    ("r.find_duplicates(np.array([1n, 2n, 2n, 3n, 1n, 3n, 4n]).view([['a', 'i8']]), {return_index: true})[1]",
     "np.asarray(r.find_duplicates(np.ma.array([1, 2, 2, 3, 1, 3, 4]).view([('a', 'i8')]), return_index=True)[1])"),
    ("r.find_duplicates(n, 'x')", "np.asarray(r.find_duplicates(np.ma.array(n), 'x'))"),
    *[(f"r.join_by('a', a, b, {{jointype: '{t}'}})", f"r.join_by('a', a, b, jointype='{t}', {M})") for t in ['inner', 'outer', 'leftouter', 'rightouter']],
    *[(f"r.join_by('a', a, c, {{jointype: '{t}'}})", f"r.join_by('a', a, c, jointype='{t}', {M})") for t in ['inner', 'outer', 'leftouter']],
    ("r.join_by('a', a, c, {r1postfix: '', r2postfix: 'Z'})", f"r.join_by('a', a, c, r1postfix='', r2postfix='Z', {M})"),
    ("r.join_by('a', a, c, {r1postfix: '', r2postfix: ''})", f"r.join_by('a', a, c, r1postfix='', r2postfix='', {M})"),
    ("r.join_by(['a', 'b'], a, c, {jointype: 'outer'})", f"r.join_by(['a', 'b'], a, c, jointype='outer', {M})"),
    ("r.join_by(['a', 'a'], a, c)", f"r.join_by(['a', 'a'], a, c, {M})"), ("r.join_by('b', a, b)", f"r.join_by('b', a, b, {M})"),
    ("r.join_by('c', a, b)", f"r.join_by('c', a, b, {M})"),
    ("r.join_by('a', a, b, {jointype: 'outer', defaults: {b: 0}})", f"r.join_by('a', a, b, jointype='outer', defaults={{'b': 0}}, {M})"),
    ("r.rec_join('a', a, b).c", "np.asarray(r.rec_join('a', a, b).c)"),
    'r.structured_to_unstructured(a)', 'r.structured_to_unstructured(n)', 'r.structured_to_unstructured(e)',
    ("r.structured_to_unstructured(e.at(['v', 'u']))", "r.structured_to_unstructured(e[['v', 'u']])"),
    ("r.structured_to_unstructured(a, {dtype: 'f4'})", "r.structured_to_unstructured(a, dtype='f4')"),
    ("r.structured_to_unstructured(a, {dtype: 'i4', casting: 'safe'})", "r.structured_to_unstructured(a, dtype='i4', casting='safe')"),
    ('(r.structured_to_unstructured(e).imul(2), e)', 'then(r.structured_to_unstructured(e).__imul__(2), e)'),
    ('(r.structured_to_unstructured(e, {copy: true}).imul(2), e)', 'then(r.structured_to_unstructured(e, copy=True).__imul__(2), e)'),
    'r.structured_to_unstructured(np.arange(3))', 'r.structured_to_unstructured(a.reshape(3, 1)).shape',
    ('r.unstructured_to_structured(np.arange(6).reshape(2, 3))', 'r.unstructured_to_structured(np.arange(6).reshape(2, 3))'),
    ("r.unstructured_to_structured(np.arange(6).reshape(2, 3), {names: ['x', 'y', 'z']})",
     "r.unstructured_to_structured(np.arange(6).reshape(2, 3), names=['x', 'y', 'z'])"),
    ("r.unstructured_to_structured(np.arange(6).reshape(2, 3), [['x', 'f4'], ['y', 'i2', [2]]])",
     "r.unstructured_to_structured(np.arange(6).reshape(2, 3), [('x', 'f4'), ('y', 'i2', (2,))])"),
    ("r.unstructured_to_structured(np.arange(6).reshape(2, 3).T, a.dtype)", "r.unstructured_to_structured(np.arange(6).reshape(2, 3).T, a.dtype)"),
    'r.unstructured_to_structured(np.arange(3), a.dtype)', 'r.unstructured_to_structured(np.zeros([2, 0]))',
    ('r.unstructured_to_structured(np.array(1))', 'r.unstructured_to_structured(np.array(1.))'),
    ("r.unstructured_to_structured(np.arange(2), a.dtype, {names: ['x']})", "r.unstructured_to_structured(np.arange(2), a.dtype, names=['x'])"),
    'r.apply_along_fields(np.mean, e)', 'r.apply_along_fields(np.max, a)', 'r.apply_along_fields(np.sum, n)',
    'r.repack_fields(g).dtype', 'r.repack_fields(g.dtype)', ('r.repack_fields(a.dtype, {align: true})', 'r.repack_fields(a.dtype, align=True)'),
    ("r.repack_fields(a.at(['b']))", "r.repack_fields(a[['b']])"),
    ('r.repack_fields(n.dtype, {align: true, recurse: true})', 'r.repack_fields(n.dtype, align=True, recurse=True)'),
    ("r.require_fields(a, [['b', 'f4'], ['z', 'u1']])", "r.require_fields(a, [('b', 'f4'), ('z', 'u1')])"),
    ("(r.assign_fields_by_name(c, b), c)", "then(r.assign_fields_by_name(c, b), c)"),
    ("(r.assign_fields_by_name(c, b, {zero_unassigned: false}), c)", "then(r.assign_fields_by_name(c, b, zero_unassigned=False), c)"),
    ('r.recursive_fill_fields(c, np.zeros(3, a.dtype))', 'r.recursive_fill_fields(c, np.zeros(3, a.dtype))'),
]


def text(x):
    if isinstance(x, np.dtype):
        return repr(x)
    if isinstance(x, (np.ndarray, np.generic)):
        return repr(np.asarray(x))
    return json.dumps(x, separators=(',', ':'))


def answer(python):
    try:
        return text(eval(python, {**names(), 'then': then}))
    except Exception as e:
        return {'e': type(e).__name__.lstrip('_'), 'm': str(e)}


out = [[c if isinstance(c, str) else c[0], answer(c if isinstance(c, str) else c[1])] for c in CASES]
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'recfunctions.json')
with open(path, 'w') as f:
    f.write('[\n' + ',\n'.join(json.dumps(c) for c in out) + '\n]\n')
print(len(out), 'cases')
