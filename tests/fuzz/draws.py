"""Steps that draw random numbers from a seeded generator; every draw is compared to the bit."""
from program import Drop, V

SIZES = [None, None, 3, {'t': [2, 3]}, {'t': []}, {'t': [0]}, 1, 40]
# What each distribution takes: ranges of its parameters; i: whole numbers.
CONTINUOUS = {
    'beta': [(0.1, 5), (0.1, 5)], 'chisquare': [(0.2, 9)], 'exponential': [(0, 5)], 'f': [(0.5, 9), (0.5, 9)], 'gamma': [(0, 8), (0, 3)], 'gumbel': [(-3, 3), (0, 3)],
    'laplace': [(-3, 3), (0, 3)], 'logistic': [(-3, 3), (0, 3)], 'lognormal': [(-2, 2), (0, 1.5)], 'noncentral_chisquare': [(0.5, 8), (0, 5)], 'noncentral_f': [(0.5, 8), (0.5, 8), (0, 4)],
    'normal': [(-5, 5), (0, 4)], 'pareto': [(0.3, 5)], 'power': [(0.2, 5)], 'rayleigh': [(0, 5)], 'standard_cauchy': [], 'standard_exponential': [], 'standard_gamma': [(0, 7)],
    'standard_normal': [], 'standard_t': [(0.5, 9)], 'uniform': [(-5, 0), (0, 5)], 'vonmises': [(-3, 3), (0, 6)], 'wald': [(0.1, 5), (0.1, 5)], 'weibull': [(0, 5)],
}  # fmt: skip
DISCRETE = {'binomial': ['i', (0, 1)], 'geometric': [(0.01, 1)], 'hypergeometric': ['i', 'i', 'i'], 'logseries': [(0.05, 0.99)], 'negative_binomial': [(0.5, 20), (0.05, 1)], 'poisson': [(0, 30)],
            'zipf': [(1.5, 5)]}  # fmt: skip
DTYPES = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'bool']


def generator(p, legacy):
    """A seeded source of numbers, mostly one that the program has."""
    name = 'RandomState' if legacy else 'Generator'
    have = [i for i, a in enumerate(p.answers) if a.get('ob') == name]
    if have and p.chance(0.7):
        return V(p.r.choice(have))
    seed = p.r.choice([0, 1, 42, 12345, 2**32 - 1, p.r.randint(0, 2**31), *([[1, 2, 3]] if legacy else [[7, 8], {'i': str(2**70 + 5)}])])
    if legacy:
        return V(p.step('np.random.RandomState', [seed]))
    if p.chance(0.6):
        return V(p.step('np.random.default_rng', [seed]))
    bits = p.step(f"np.random.{p.r.choice(['PCG64', 'MT19937', 'Philox', 'SFC64', 'PCG64DXSM'])}", [seed])
    return V(p.step('np.random.Generator', [V(bits)]))


def parameter(p, kind, shape):
    if kind == 'i':
        if shape is not None and p.chance(0.3):
            return V(p.new(dtype='int64', shape=shape, mode='index', layout='C'))
        return p.r.choice([0, 1, 5, 10, 20, 100, 1000])
    low, high = kind
    x = lambda: p.r.choice([round(p.r.uniform(low, high), 3), p.r.uniform(low, high)])
    if shape is not None and p.chance(0.3):
        a = p.new(dtype='float64', shape=shape, mode='unit', layout='C')
        b = p.step('np.add', [V(p.step('np.multiply', [V(a), (high - low) / 2])), (high + low) / 2])
        return V(b)
    return x()


def distributions(p):
    r = p.r
    legacy = p.chance(0.4)
    rng = generator(p, legacy)
    name = r.choice([*CONTINUOUS, *DISCRETE])
    size = r.choice(SIZES)
    shape = None if size is not None else r.choice([None, [3], [2, 2]])
    args = [rng, *[parameter(p, k, shape) for k in (CONTINUOUS.get(name) or DISCRETE.get(name, []))]]
    if p.chance(0.03) and len(args) > 1:
        args[1] = r.choice([-1, {'n': 'nan'}])
    k = {} if size is None else {'size': size}
    if name in ('standard_normal', 'standard_exponential', 'standard_gamma') and not legacy:
        if p.chance(0.3):
            k['dtype'] = r.choice(['float32', 'float64'])
        if name == 'standard_exponential' and p.chance(0.3):
            k['method'] = 'inv'
    p.step(f'.{name}', args, k, changes=True)


def whole(p):
    r = p.r
    legacy = p.chance(0.4)
    rng = generator(p, legacy)
    dtype = r.choice(DTYPES)
    top = {'bool': 2, 'int8': 127, 'uint8': 256, 'int16': 2**15, 'uint16': 2**16, 'int32': 2**31, 'uint32': 2**32}.get(dtype, 2**40)
    low = 0 if dtype[0] in 'ub' else r.choice([0, -5, 3])
    high = r.choice([top, min(top, 10), min(top, 100), min(top, 1000)])
    size = r.choice(SIZES)
    k = {'dtype': dtype} if p.chance(0.7) else {}
    if size is not None:
        k['size'] = size
    if not legacy and p.chance(0.2) and low < high - 1:
        k['endpoint'] = True
        high -= 1
    if p.chance(0.15):
        high = V(p.step('np.add', [V(p.new(dtype='int64', shape=[3], mode='index', layout='C')), 4]))
        k = {'size': {'t': [2, 3]}} if p.chance(0.5) else {}
    p.step('.randint' if legacy else '.integers', [rng, low, high], k, changes=True)


def orders(p):
    r = p.r
    legacy = p.chance(0.4)
    rng = generator(p, legacy)
    f = r.choice(['permutation', 'shuffle', 'choice', 'choice', 'permuted', 'random', 'multinomial', 'dirichlet', 'multivariate_normal', 'multivariate_hypergeometric', 'standard', 'bytes', 'spawn'])
    if f == 'random':
        p.step('.random', [rng, r.choice([None, 3, {'t': [2, 2]}])], {'dtype': 'float32'} if not legacy and p.chance(0.4) else {}, changes=True)
    elif f == 'standard':
        p.step('.randn' if legacy else '.standard_normal', [rng, *([2, 3] if legacy else [{'t': [2, 3]}])], changes=True)
    elif f == 'bytes':
        p.step('.bytes', [rng, r.randint(0, 9)], changes=True)
    elif f == 'spawn':
        if legacy:
            raise Drop
        p.step('.spawn', [rng, 2], changes=True)
    elif f == 'multinomial':
        p.step('.multinomial', [rng, r.choice([0, 5, 20, 100]), r.choice([[0.2, 0.3, 0.5], [1.0], [0.5, 0.25, 0.25], [0, 1.0]])], {'size': r.choice([2, {'t': [2, 2]}])} if p.chance(0.5) else {}, changes=True)
    elif f == 'dirichlet':
        p.step('.dirichlet', [rng, r.choice([[0.5, 1.5], [3, 4, 5], [0.05, 0.02], [10.5]])], {'size': 3} if p.chance(0.5) else {}, changes=True)
    elif f == 'multivariate_hypergeometric':
        if legacy:
            raise Drop
        p.step('.multivariate_hypergeometric', [rng, [{'i': '5'}, {'i': '3'}, {'i': '8'}], r.choice([0, 4, 10, 16])], {'method': r.choice(['marginals', 'count']), **({'size': 2} if p.chance(0.5) else {})}, changes=True)
    elif f == 'multivariate_normal':
        k = {'size': 3} if p.chance(0.5) else {}
        if not legacy and p.chance(0.6):
            k['method'] = r.choice(['cholesky', 'eigh', 'svd'])
        p.step('.multivariate_normal', [rng, [1, 2], [[2, 0.5], [0.5, 1]]], k, changes=True, t=64, m=1)
    elif f == 'choice':
        n = r.choice([5, 10, 100])
        a = n if p.chance(0.5) else V(p.new(shape=[5, 2] if not legacy and p.chance(0.3) else [5]))
        k = {}
        if p.chance(0.5):
            k['size'] = r.choice([3, {'t': [2, 2]}, 1])
        if p.chance(0.4):
            k['replace'] = False
            if not legacy and p.chance(0.3):
                k['shuffle'] = False
        if a != n and p.chance(0.4):
            k['p'] = [0.1, 0.2, 0.3, 0.2, 0.2]
        p.step('.choice', [rng, a], k, changes=True)
    elif f == 'permutation':
        a = p.new(shape=p.shape(r.choice([1, 1, 2])))
        k = {'axis': p.axis(p.env[a])} if not legacy and p.chance(0.3) else {}
        p.step('.permutation', [rng, r.choice([5, 10, V(a)])], k, changes=True)
    elif f == 'permuted':
        if legacy:
            raise Drop
        a = p.new(shape=p.shape(r.choice([1, 2, 3])))
        p.step('.permuted', [rng, V(a)], {'axis': p.axis(p.env[a])} if p.chance(0.6) else {}, changes=True)
    else:
        a = p.new(shape=p.shape(r.choice([1, 1, 2])), layout=r.choice(['C', 'F', 'rev', 'step']))
        p.step('.shuffle', [rng, V(a)], {'axis': p.axis(p.env[a])} if not legacy and p.chance(0.3) else {}, r=1, changes=True)
