"""Steps with polynomials: series of np.polynomial, poly1d, and np.emath."""
from program import Drop, V

FAMILIES = [('polynomial', 'poly', 'Polynomial'), ('chebyshev', 'cheb', 'Chebyshev'), ('legendre', 'leg', 'Legendre'), ('hermite', 'herm', 'Hermite'), ('hermite_e', 'herme', 'HermiteE'),
            ('laguerre', 'lag', 'Laguerre')]  # fmt: skip
NUMBERS = ['float64', 'float64', 'int64', 'complex128', 'float32', 'int32', 'bool', 'uint8', 'float16']
NEAR = {'t': 16, 'm': 1, 'n': 64, 'z': 1}


def coefficients(p, n=None, mode='small', dtype=None):
    return V(p.new(dtype=dtype or p.r.choice(NUMBERS), shape=[n or p.r.choice([1, 2, 3, 3, 4, 5])], mode=mode if p.chance(0.8) else 'tame'))


def families(p):
    """The functions under the prefix of a family."""
    r = p.r
    module, prefix, _ = r.choice(FAMILIES)
    f = r.choice(['add', 'sub', 'mul', 'mulx', 'div', 'pow', 'der', 'int', 'val', 'val2d', 'val3d', 'grid2d', 'vander', 'vander2d', 'companion', 'roots', 'fromroots', 'line', 'fit', 'trim', 'to', 'from', 'gauss', 'weight'])
    name = f'np.polynomial.{module}.{prefix}{f}'
    k = {}
    if f in ('add', 'sub', 'mul', 'div'):
        p.step(name, [coefficients(p), coefficients(p)], **NEAR)
    elif f == 'mulx':
        p.step(name, [coefficients(p)], **NEAR)
    elif f == 'pow':
        p.step(name, [coefficients(p), r.choice([0, 1, 2, 3])], {'maxpower': 2} if p.chance(0.1) else {}, **NEAR)
    elif f in ('der', 'int'):
        a = coefficients(p) if p.chance(0.7) else V(p.new(dtype=r.choice(NUMBERS), shape=p.shape(2), mode='small'))
        if p.chance(0.4):
            k['m'] = r.choice([0, 1, 2, 3])
        if p.chance(0.3):
            k['scl'] = r.choice([2, 0.5, -1])
        if f == 'int' and p.chance(0.3):
            k['k'] = r.choice([1, 2.5, [1]])
        if f == 'int' and p.chance(0.3):
            k['lbnd'] = r.choice([1, -0.5])
        if p.env[a['v']].ndim == 2:
            k['axis'] = p.axis(p.env[a['v']])
        p.step(name, [a], k, **NEAR)
    elif f == 'val':
        c = coefficients(p) if p.chance(0.6) else V(p.new(dtype=r.choice(NUMBERS), shape=p.shape(2), mode='small'))
        p.step(name, [V(p.new(dtype=r.choice(NUMBERS), mode='unit')), c], {'tensor': False} if p.chance(0.1) else {}, t=64, m=1, n=256, z=1)
    elif f in ('val2d', 'val3d', 'grid2d'):
        n = 3 if f == 'val3d' else 2
        c = V(p.new(dtype=r.choice(['float64', 'int64']), shape=[r.randint(1, 3) for _ in range(n)], mode='small'))
        s = p.shape(r.choice([0, 1]))
        p.step(name, [*[V(p.new(dtype='float64', shape=s, mode='unit')) for _ in range(n)], c], t=64, m=1, n=256, z=1)
    elif f == 'vander':
        p.step(name, [V(p.new(dtype=r.choice(NUMBERS), mode='unit')), r.randint(0, 4)], t=64, m=1, n=64)
    elif f == 'vander2d':
        s = p.shape(1)
        p.step(name, [V(p.new(dtype='float64', shape=s, mode='unit')), V(p.new(dtype='float64', shape=s, mode='unit')), [1, 2]], t=64, m=1, n=64)
    elif f == 'companion':
        p.step(name, [coefficients(p, r.choice([1, 2, 3, 4]))], **NEAR)
    elif f == 'roots':
        p.step(name, [coefficients(p, mode='unit', dtype=r.choice(['float64', 'float64', 'complex128', 'float32']))], n=1e6)
    elif f == 'fromroots':
        p.step(name, [coefficients(p)], **NEAR)
    elif f == 'line':
        p.step(name, [r.choice([{'i': '1'}, 0.5, {'i': '-2'}]), r.choice([{'i': '0'}, {'i': '3'}, 1.5])])
    elif f == 'fit':
        n = r.randint(5, 9)
        x = p.step('np.linspace', [-1, 1, n])
        y = V(p.new(dtype=r.choice(['float64', 'float32', 'complex128']), shape=[n] if p.chance(0.7) else [n, 2], mode='tame'))
        if p.chance(0.3):
            k['w'] = V(p.step('np.add', [V(p.step('np.absolute', [V(p.new(dtype='float64', shape=[n], mode='unit'))])), 1]))
        if p.chance(0.2):
            k['full'] = True
        p.step(name, [V(x), y, r.choice([0, 1, 2, 3, [0, 2], [1, 3]])], k, n=1e5, y=1e-4 if p.env[y['v']].dtype.name == 'float32' else 1e-11)
    elif f == 'trim':
        p.step(name, [coefficients(p), r.choice([0, 1, 2])])
    elif f in ('to', 'from'):
        if prefix == 'poly':
            raise Drop
        p.step(f'np.polynomial.{module}.' + (f'{prefix}2poly' if f == 'to' else f'poly2{prefix}'), [coefficients(p)], **NEAR)
    elif f == 'gauss':
        if prefix == 'poly':
            raise Drop
        p.step(name, [r.randint(1, 9)], n=1e4)
    else:
        if prefix in ('poly', 'leg', 'lag'):
            raise Drop
        p.step(name, [V(p.new(dtype='float64', mode='unit'))], t=16)


def classes(p):
    """Objects of the classes of series."""
    r = p.r
    have = [i for i, a in enumerate(p.answers) if a.get('ob') in {c for _, _, c in FAMILIES}]
    cls = r.choice(FAMILIES)[2]
    k = {}
    if p.chance(0.2):
        k = {'domain': [0, 2]} if p.chance(0.6) else {'domain': [-2, 3], 'window': [0, 1]}
    if p.chance(0.1):
        k['symbol'] = 't'
    make = lambda c: p.step(f'np.polynomial.{c}', [coefficients(p)], k)
    s = r.choice(have) if have and p.chance(0.6) else make(cls)
    cls = p.answers[s]['ob']
    f = r.choice(['add', 'sub', 'mul', 'divmod', 'floordiv', 'mod', 'div', 'pow', 'neg', 'call', 'deriv', 'integ', 'roots', 'trim', 'cutdeg', 'truncate', 'degree', 'convert', 'linspace', 'mapparms', 'eq', 'ne', 'copy',
                  'fit', 'fromroots', 'identity', 'basis', 'cast', 'radd', 'rsub', 'rmul', 'has_samecoef'])
    other = lambda: V(make(cls)) if p.chance(0.6) else r.choice([2, 0.5, -3, [1, 2], coefficients(p)])
    if f in ('add', 'sub', 'mul', 'divmod', 'floordiv', 'mod'):
        p.step('.' + f, [V(s), other()], **NEAR)
    elif f in ('radd', 'rsub', 'rmul'):
        p.step('.' + f, [V(s), r.choice([2, 0.5, -3])], **NEAR)
    elif f == 'div':
        p.step('.div', [V(s), r.choice([2, 0.5, V(s)])], **NEAR)
    elif f == 'pow':
        p.step('.pow', [V(s), r.choice([0, 1, 2, 3])], **NEAR)
    elif f in ('neg', 'copy', 'degree', 'trim', 'mapparms'):
        p.step('.' + f, [V(s)])
    elif f == 'roots':
        p.step('.roots', [V(s)], n=1e7, y=1e-5)
    elif f == 'call':
        p.step('call', [V(s), r.choice([0.5, 2, V(p.new(dtype=r.choice(NUMBERS), mode='unit'))])], t=64, m=1, n=256)
    elif f in ('deriv', 'integ'):
        p.step('.' + f, [V(s), *r.choice([[], [1], [2]])], **NEAR)
    elif f in ('cutdeg', 'truncate'):
        p.step('.' + f, [V(s), r.choice([0, 1, 2])])
    elif f == 'convert':
        p.step('.convert', [V(s)], {'kind': {'fn': f'np.polynomial.{r.choice(FAMILIES)[2]}'}}, **NEAR)
    elif f == 'linspace':
        p.step('.linspace', [V(s), r.choice([3, 5])], t=64, m=1, n=256)
    elif f in ('eq', 'ne', 'has_samecoef'):
        p.step('.' + f, [V(s), V(make(cls))])
    elif f == 'fit':
        x = p.step('np.linspace', [0, 3, 7])
        p.step(f'np.polynomial.{cls}.fit', [V(x), V(p.new(dtype='float64', shape=[7], mode='tame')), r.choice([1, 2, [0, 2]])], n=1e6)
    elif f == 'fromroots':
        p.step(f'np.polynomial.{cls}.fromroots', [coefficients(p, dtype=r.choice(['float64', 'int64', 'complex128']))], k, n=1e4, y=1e-9)
    elif f == 'identity':
        p.step(f'np.polynomial.{cls}.identity', [], k)
    elif f == 'basis':
        p.step(f'np.polynomial.{cls}.basis', [r.randint(0, 4)], k)
    else:
        p.step(f'np.polynomial.{cls}.cast', [V(make(r.choice(FAMILIES)[2]))], **NEAR)


def highest(p):
    """np.poly1d and the functions that take the highest power first."""
    r = p.r
    have = [i for i, a in enumerate(p.answers) if a.get('ob') == 'poly1d']
    make = lambda: p.step('np.poly1d', [coefficients(p)], {'r': True} if p.chance(0.1) else {'variable': 'z'} if p.chance(0.1) else {}, **NEAR)
    s = r.choice(have) if have and p.chance(0.6) else make()
    f = r.choice(['add', 'sub', 'mul', 'div', 'pow', 'neg', 'call', 'deriv', 'integ', 'roots', 'o', 'c', 'eq', 'ne', 'radd', 'rsub', 'rmul', 'poly', 'proots', 'polyfit', 'polydiv', 'polyval', 'polyder', 'polyint', 'polymul'])
    other = lambda: V(make()) if p.chance(0.6) else r.choice([2, 0.5, -3])
    if f in ('add', 'sub', 'mul', 'div'):
        p.step('.' + f, [V(s), other()], **NEAR)
    elif f in ('radd', 'rsub', 'rmul'):
        p.step('.' + f, [V(s), r.choice([2, 0.5, -3])], **NEAR)
    elif f == 'pow':
        p.step('.pow', [V(s), r.choice([0, 1, 2, 3])], **NEAR)
    elif f in ('neg', 'o', 'c'):
        p.step('.' + f, [V(s)])
    elif f == 'roots':
        p.step('.roots', [V(s)], n=1e7, y=1e-5)
    elif f == 'call':
        p.step('call', [V(s), r.choice([0.5, 2, V(s), V(p.new(dtype=r.choice(NUMBERS), mode='unit'))])], t=64, m=1, n=256)
    elif f in ('deriv', 'integ'):
        p.step('.' + f, [V(s), *r.choice([[], [1], [2]])], {'k': 1} if f == 'integ' and p.chance(0.2) else {}, **NEAR)
    elif f in ('eq', 'ne'):
        p.step('.' + f, [V(s), V(make())])
    elif f == 'poly':
        a = coefficients(p) if p.chance(0.7) else V(p.new(dtype='float64', shape=[3, 3], mode='small'))
        p.step('np.poly', [a], n=1e4, y=1e-9)
    elif f == 'proots':
        p.step('np.roots', [coefficients(p, dtype=r.choice(['float64', 'float64', 'complex128', 'int64']))], n=1e7, y=1e-5)
    elif f == 'polyfit':
        x = p.step('np.linspace', [-1, 2, 7])
        k = {'full': True} if p.chance(0.2) else {'cov': r.choice([True, 'unscaled'])} if p.chance(0.3) else {}
        p.step('np.polyfit', [V(x), V(p.new(dtype=r.choice(['float64', 'float32', 'int64', 'complex128']), shape=[7] if p.chance(0.7) else [7, 2], mode='tame' if p.chance(0.9) else 'small')), r.randint(0, 3)], k, n=1e6, y=1e-9)
    elif f == 'polydiv':
        p.step('np.polydiv', [V(s) if p.chance(0.3) else coefficients(p), V(s) if p.chance(0.3) else coefficients(p)], **NEAR)
    elif f == 'polyval':
        p.step('np.polyval', [V(s) if p.chance(0.5) else coefficients(p), V(p.new(dtype=r.choice(NUMBERS), mode='unit'))], t=64, m=1, n=256)
    elif f == 'polymul':
        p.step('np.polymul', [V(s), coefficients(p)], **NEAR)
    else:
        p.step('np.' + f, [V(s) if p.chance(0.5) else coefficients(p), *r.choice([[], [1], [2]])], **NEAR)


def beyond(p):
    """np.emath, whose dtype depends on the values."""
    r = p.r
    f = r.choice(['sqrt', 'log', 'log2', 'log10', 'logn', 'power', 'arccos', 'arcsin', 'arctanh'])
    a = V(p.new(dtype=r.choice([*NUMBERS, 'int8', 'uint64']), mode=r.choice(['small', 'unit', 'tame', None])))
    if f == 'power':
        p.step('np.emath.power', [a, r.choice([2, 0.5, -1, coefficients(p, 1)])], t=500, c=1, z=1, n=64)
    elif f == 'logn':
        p.step('np.emath.logn', [r.choice([2, 10, 0.5, -3]), a], t=16, c=1, z=1)
    else:
        p.step('np.emath.' + f, [a], t=16, c=1, z=1)
