#!/usr/bin/env python3
"""Writes a corpus of broken files, with what NumPy (and the package safetensors, where it is installed) says of each: npy.json, npz.json, text.json,
raw.json, safetensors.json.

A case is [name, call, arguments, file, verdict]; the file is base64 of its bytes, behind 'z:' packed by zlib. The verdict is 'ok', with a digest of the
result, or the name of the exception.
"""
import base64
import gzip
import io
import json
import os
import pathlib
import resource
import struct
import sys
import tempfile
import warnings
import zipfile
import zlib

import numpy as np

warnings.simplefilter('ignore')
here = pathlib.Path(__file__).resolve().parent
# Headers that lie about sizes must not take the machine down.
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'case')


def digest(x):
    if isinstance(x, np.lib.npyio.NpzFile):
        return ';'.join(f'{n}={digest(x[n])}' for n in x.files)
    if isinstance(x, bytes):
        return f'bytes {len(x)} {zlib.crc32(x)}'
    if isinstance(x, dict):
        return ';'.join(f'{n}={digest(x[n])}' for n in sorted(x))
    a = np.asarray(x)
    return f'{a.dtype.str} {list(a.shape)} {zlib.crc32(a.tobytes())}'.replace(' ', '')


def verdict(f):
    try:
        return ['ok', digest(f())]
    except (Exception, MemoryError) as e:
        return [type(e).__name__]


class Corpus:
    def __init__(self, name):
        self.name, self.cases, self.seen = name, [], set()

    def add(self, title, data, call='load', kw=None, ask=None):
        key = (bytes(data), call, json.dumps(kw or {}))
        if key in self.seen:
            return
        self.seen.add(key)
        pathlib.Path(path).write_bytes(data)
        packed = zlib.compress(bytes(data), 9)
        text = 'z:' + base64.b64encode(packed).decode() if len(packed) < len(data) else base64.b64encode(bytes(data)).decode()
        self.cases.append([title, call, kw or {}, text, verdict(ask or (lambda: CALLS[call](path, **(kw or {}))))])

    def write(self):
        out = here / f'{self.name}.json'
        out.write_text('[\n' + ',\n'.join(json.dumps(c, separators=(',', ':')) for c in self.cases) + '\n]\n')
        errors = sum(c[4][0] != 'ok' for c in self.cases)
        print(f'{self.name:12} {len(self.cases):4} files, {errors:4} of them refused, {out.stat().st_size / 1024:6.1f} KB')


CALLS = {'load': np.load, 'loadtxt': np.loadtxt, 'genfromtxt': np.genfromtxt, 'fromfile': np.fromfile,
         'frombuffer': lambda p, **k: np.frombuffer(pathlib.Path(p).read_bytes(), **k),
         'memmap': lambda p, **k: np.memmap(p, **k)}


def saved(a):
    f = io.BytesIO()
    np.save(f, a)
    return f.getvalue()


def header(text, version=(1, 0), length=None, pad=True):
    """A header of any text; its length may lie."""
    body = text if isinstance(text, bytes) else text.encode('latin1' if version[0] < 3 else 'utf8')
    size = 2 if version[0] == 1 else 4
    if pad:
        body += b' ' * (63 - (8 + size + len(body)) % 64) + b'\n'
    n = len(body) if length is None else length
    return b'\x93NUMPY' + bytes(version) + n.to_bytes(size, 'little') + body


def entry(descr="'<f8'", order='False', shape='(2, 3)'):
    return "{'descr': %s, 'fortran_order': %s, 'shape': %s, }" % (descr, order, shape)


DATA = np.arange(6.0).tobytes()


def npy(c):
    whole = saved(np.arange(6.0).reshape(2, 3))
    for n in range(len(whole)):
        c.add(f'cut off after {n} bytes', whole[:n])
    c.add('something behind the end', whole + b'more')
    others = {'structure': np.zeros(2, [('a', 'i4'), ('b', 'U2')]), 'text': np.array(['a', 'bcd']), 'fortran': np.asfortranarray(np.ones((2, 2), 'i2')),
              'scalar': np.array(1 + 2j), 'empty': np.zeros((0, 3)), 'date': np.array(['2020-01-01'], 'M8[D]'), 'big': np.arange(3, dtype='>i8')}
    for name, a in others.items():
        b = saved(a)
        for n in (7, 9, 10, 11, 64, 127, 128, 129, len(b) - 1):
            c.add(f'{name} cut off after {n}', b[:n])
    for i in range(8):
        for v in (0, 255, whole[i] ^ 1):
            c.add(f'byte {i} of the magic number is {v}', whole[:i] + bytes([v]) + whole[i + 1:])
    for v in ((0, 0), (1, 1), (2, 1), (3, 1), (4, 0), (0, 1), (255, 255), (1, 255)):
        c.add(f'version {v}', whole[:6] + bytes(v) + whole[8:])
    for v in ((1, 0), (2, 0), (3, 0)):
        text = entry()
        good = len(header(text, v)) - (10 if v[0] == 1 else 12)
        lengths = [0, 1, 2, good - 1, good + 1, good + 47, good + 48, good + 49, 32768, 65535]
        lengths += [65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1] if v[0] > 1 else []
        for n in lengths:
            c.add(f'version {v}, header length {n} for {good}', header(text, v, n) + DATA)
    listed = '''(-1,)|(2, -3)|(-2, -3)|(1000000000000,)|(1000000000,)|(2147483648, 2147483648)|(4294967296, 4294967296)|(9223372036854775807,)|(9223372036854775808,)|(18446744073709551616,)|(99999999999999999999999999999999,)|(99999999999999999999999, 0)|(0, 99999999999999999999)|(-9223372036854775808,)|(-9223372036854775809,)|(3, 3)|(7,)|(2, 3, 2)|(1.0,)|(1.5,)|(1e3,)|(1j,)|('2',)|(None,)|(True,)|(False,)|((2,), 3)|([2], 3)|[2, 3]|{2, 3}|{2: 3}|6|None|'(2, 3)'|(2 3)|(2,,3)|(2; 3)|((2, 3)|(nan,)|(inf,)|(0x2, 0b11)|(0o6,)|(06,)|(1_0,)|(6L,)|(2L, 3L)|(+6,)|(--6,)|(-0,)|(6*1,)|(2+4,)|(2**3,)|(1<<40,)|(6 if 1 else 2,)|(b'6',)'''
    for s in listed.split('|'):
        c.add(f'shape {s}', header(entry(shape=s)) + DATA)
    for n in (33, 64, 65, 100, 1000):
        c.add(f'{n} axes', header(entry(shape='(' + '1, ' * n + ')')) + DATA)
    descrs = r'''None~8~1.5~True~{}~[]~()~''~' '~'nonsense'~'<f3'~'<f-8'~'<f'~'f8f8'~'<z8'~'|O'~'O'~'|O8'~'<U-1'~'<U99999999999'~'<U2147483648'~'|S-3'~'|S9999999999999'~'|V-1'~'<M8[xx]'~'<M8[D'~'<M8[0D]'~'<M9[D]'~'<m8[-1s]'~'<f8,'~',<f8'~'f8,,f8'~'(2,f8'~'(-1,)f8'~'(99999999999,)f8'~'2f8'~'>'~'<'~'?1'~'?4'~'float64'~'double'~'int'~'>f8'~'=f8'~'!f8'~'@f8'~'<g'~'<f16'~'<c32'~b'<f8'~['<f8']~[('a',)]~[('a', '<f8', 2)]~[('a', '<f8', (2, -1))]~[('a', '<f8', (99999999999, 99999999999))]~[('a', '<f8', 'x')]~[('a', '<f8', 2, 3)]~[('a', 'nonsense')]~[('a', '|O')]~[('a', '<f8'), ('a', '<f8')]~[(1, '<f8')]~[(None, '<f8')]~[('', '<f8')]~[(('t', 'a'), '<f8')]~[(('t',), '<f8')]~[('a', [('b', '<f8')])]~[('a', [('b', '|O')])]~[('a', [])]~[('a', None)]~[('a', ['<f8'])]~('<f8', 2)~('<f8', (2,))~('<f8', (-2,))~('<f8',)~('<f8', 2, 3)~('<f8', 'x')~('|O', (2,))~{'names': ['a'], 'formats': ['<f8']}~'<f8' '<f8'~"<f8"~'\x00f8'~'<f8\x00'~'\u003cf8'~u'<f8'~r'<f8'~f'<f8'~'''
    for d in descrs.split('~')[:-1]:
        c.add(f'descr {d}', header(entry(descr=d)) + DATA)
    for d in ("'|O'", "'O'", "'|O8'", "('|O', (2,))", "'|V-1'", "'|S-3'", "'|S9999999999999'", "'|V0'", "'|S0'", "'<U0'", "'|V8'"):
        c.add(f'descr {d}', header(entry(descr=d)) + DATA)
    for d in ("'|V0'", "'|S0'", "'<U0'"):
        c.add(f'huge and without size: {d}', header(entry(descr=d, shape='(1000000000000,)')) + DATA)
    for o in ('1', '0', 'None', "'False'", '[]', 'true', 'false', 'Maybe', 'not True', '(True,)', '1.0', 'True or False'):
        c.add(f'fortran_order {o}', header(entry(order=o)) + DATA)
    keys = ["{'descr': '<f8', 'shape': (2, 3), }", "{'descr': '<f8', 'fortran_order': False, }", "{'fortran_order': False, 'shape': (2, 3), }", '{}', entry()[:-1] + "'more': 1}",
            entry().replace('descr', 'dtype'), entry().replace("'descr'", '1'), entry().replace("'descr'", "b'descr'"), entry().replace("'descr'", 'None'), entry()[:-1] + "'shape': (6,)}",
            entry()[:-1] + "1: 2}", entry().replace("'descr'", "('descr',)"), entry().replace("'descr'", '[]'), "{'descr', 'fortran_order', 'shape'}"]
    for k in keys:
        c.add(f'keys {k}', header(k) + DATA)
    code = ["__import__('os').system('touch /tmp/numbridge-was-here')", "(lambda: 1)()", "[x for x in (1,)]", "{x: 1 for x in 'a'}", 'eval("1")', 'exec("1")', '1 + 1', '1 if True else 2', 'x := 1',
            "f'{1}'", '...', 'Ellipsis', 'print(1)', 'dict(descr=1)', "{**{'descr': '<f8'}}", "(*[1],)", '`1`', 'await x', 'yield', 'import os', 'a = 1', "''.__class__", 'type(1)', "'a' 'b'", "b'a'", '{1, 2}', 'None', 'True',
            '[1, 2]', '(1, 2)', '3', "'text'", '1j', '-1', '--1', '#', '# only a remark', '\\', "'", '"', "'''", "'''x'''", '{', '}', '(', ')', '[', ']', '{{}}', '{:}', '{1}', '{1:}', '{,}', '()', '(,)', '[,]',
            entry() + ' # remark', entry() + ';', entry() + '\n' + entry(), entry() * 2, ' ' + entry(), '\t' + entry(), '\n' + entry(), '\n\n  ' + entry(), '\ufeff'.encode('utf8').decode('latin1') + entry(),
            entry().replace(' ', '\t'), entry().replace(', ', ',\n'), entry().replace(', ', ',\r\n'), entry().replace(':', ' :'), entry().replace(',', ', #\n'), entry()[:-1], entry()[1:], entry().replace("'", '"'),
            entry().replace("'descr'", "u'descr'"), entry().replace("'descr'", "'des' 'cr'"), entry().replace("'descr'", "'\\x64escr'"), entry().replace("'descr'", "'\\144escr'"), entry().replace("'descr'", "r'descr'"),
            entry() + '\0', '\0' + entry(), entry().replace('2', '\0'), "{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (2, 3), }",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3).__class__, }", "{'__proto__': 1, 'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", "{'__proto__': {'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)}}"]
    for t in code:
        c.add(f'text {t[:70]}', header(t.encode('latin1', 'replace')) + DATA)
    for n in (90, 500, 3000):
        for a, b in ('()', '[]', '{}'):
            c.add(f'{n} times {a}', header(a * n + b * n) + DATA)
    c.add('digits without end', header(entry(shape='(' + '9' * 5000 + ',)')) + DATA)
    c.add('a long minus', header(entry(shape='(' + '-' * 3000 + '1,)')) + DATA)
    c.add('longer than what is read', header(entry() + ' ' * 10100) + DATA)
    c.add('longer than what is read, in version 2', header(entry() + ' ' * 70000, (2, 0)) + DATA)
    for raw in (b'\xff', b'\xc3', b'\xc3\x28', b'\xe2\x82', b'\xf0\x9f\x98', b'\xed\xa0\x80', b'\xc0\xaf', b'\xf5\x80\x80\x80', b'\x80', b'\xfe\xff'):
        text = entry("[('x%s', '<f8')]", shape='(6,)').encode()
        c.add(f'no UTF-8 {raw.hex()} in a name', header(text.replace(b'%s', raw), (3, 0)) + DATA)
        c.add(f'no UTF-8 {raw.hex()} at the start', header(raw + entry().encode(), (3, 0)) + DATA)
        c.add(f'{raw.hex()} in a name of version 1', header(text.replace(b'%s', raw)) + DATA)
    for p in range(6):
        import pickle
        c.add(f'a pickle of protocol {p}', pickle.dumps([1, 2], protocol=p))
    for name, b in {'nothing': b'', 'zeros': bytes(64), 'text': b'1 2 3\n', 'png': b'\x89PNG\r\n\x1a\n' + bytes(20), 'gzip': gzip.compress(whole, mtime=0), 'a space': b' ', 'PK': b'PK', 'PK56': b'PK\5\6'}.items():
        c.add(f'no array: {name}', b)


def le(n, size):
    return int(n).to_bytes(size, 'little')


class Zip:
    """A zip file of parts that may lie."""

    def __init__(self):
        self.body, self.directory, self.count = b'', b'', 0

    def member(self, name, data, method=0, flags=0, crc=None, packed=None, size=None, at=None, stream=None, local=None, extra=b'', local_extra=b'',
               local_flags=None, magic=b'PK\3\4', directory_magic=b'PK\1\2', name_length=None, extra_length=None, comment_length=0, local_name_length=None, disk=0, version=20):
        name = name if isinstance(name, bytes) else name.encode()
        if stream is None:
            stream = data if method != 8 else (lambda z: z.compress(data) + z.flush())(zlib.compressobj(9, zlib.DEFLATED, -15))
        crc = zlib.crc32(data) if crc is None else crc
        packed = len(stream) if packed is None else packed
        size = len(data) if size is None else size
        start = len(self.body) if at is None else at
        own = name if local is None else local
        sizes = le(crc, 4) + le(packed & 0xffffffff, 4) + le(size & 0xffffffff, 4)
        self.body += magic + le(version, 2) + le(flags if local_flags is None else local_flags, 2) + le(method, 2) + le(0, 2) + le(33, 2) + sizes + \
            le(len(own) if local_name_length is None else local_name_length, 2) + le(len(local_extra), 2) + own + local_extra + stream
        self.directory += directory_magic + le(version, 2) + le(version, 2) + le(flags, 2) + le(method, 2) + le(0, 2) + le(33, 2) + sizes + \
            le(len(name) if name_length is None else name_length, 2) + le(len(extra) if extra_length is None else extra_length, 2) + le(comment_length, 2) + le(disk, 2) + \
            le(0, 2) + le(0, 4) + le(start & 0xffffffff, 4) + name + extra
        self.count += 1
        return self

    def end(self, count=None, size=None, offset=None, disk=0, comment=b'', comment_length=None, magic=b'PK\5\6', between=b''):
        n = self.count if count is None else count
        return self.body + self.directory + between + magic + le(disk, 2) + le(disk, 2) + le(n, 2) + le(n, 2) + le(len(self.directory) if size is None else size, 4) + \
            le(len(self.body) if offset is None else offset, 4) + le(len(comment) if comment_length is None else comment_length, 2) + comment


def opened(p):
    z = np.load(p)
    try:
        return digest(z)
    finally:
        if hasattr(z, 'close'):
            z.close()


def npz(c):
    def add(title, data):
        c.add(title, data, ask=lambda: Whole(opened(path)))
    global digest
    plain = digest
    digest = lambda x: x.text if isinstance(x, Whole) else plain(x)
    a = saved(np.arange(6.0).reshape(2, 3))
    b = saved(np.zeros(400, 'i4'))
    for method in (0, 8):
        word = 'packed' if method else 'stored'
        whole = Zip().member('a.npy', a, method).member('b.npy', b, method).end()
        add(f'{word}: whole', whole)
        for n in sorted({4, 10, 26, 29, 30, 34, 35, 36, 100, len(whole) - 1, len(whole) - 2, len(whole) - 21, len(whole) - 22, len(whole) - 23, len(whole) - 69, *range(40, len(whole), max(17, len(whole) // 20))}):
            add(f'{word}: cut off after {n} of {len(whole)}', whole[:n])
            if n < 120:
                add(f'{word}: without its first {n}', whole[n:])
        for i in range(35, len(whole), max(9, len(whole) // 30)):
            add(f'{word}: byte {i} turned around', whole[:i] + bytes([whole[i] ^ 255]) + whole[i + 1:])

        def one(title, **k):
            add(f'{word}: {title}', Zip().member('a.npy', a, method, **k).end())
        n = len(Zip().member('a.npy', a, method).body) - 35
        for v in (0, 1, n - 1, n + 1, n + 30, 2 ** 20, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1):
            one(f'{v} bytes in the archive for {n}', packed=v)
        for v in (0, 1, len(a) - 1, len(a) + 1, 2 * len(a), 2 ** 20, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1):
            one(f'{v} bytes unpacked for {len(a)}', size=v)
        for v in (0, 1, zlib.crc32(a) ^ 1, 2 ** 32 - 1):
            one(f'sum {v}', crc=v)
        for v in (1, 34, 2 ** 16, 2 ** 31, 2 ** 32 - 1):
            one(f'at {v}', at=v)
        for v in (1, 8, 0x20, 0x40, 0x41, 0x800, 0x2000, 0xffff):
            one(f'flags {v:#x}', flags=v)
        one('flags in its own header only', local_flags=1)
        one('a magic number of its own', magic=b'PK\7\x08')
        one('a magic number of the directory', directory_magic=b'PK\1\3')
        one('another name in its own header', local=b'b.npy')
        one('another length of the name in its own header', local_name_length=500)
        for v in (0, 4, 6, 500, 65535):
            one(f'a name of {v} characters', name_length=v)
            one(f'something extra of {v} bytes', extra_length=v)
            one(f'a remark of {v} bytes', comment_length=v)
        one('zip64 without numbers', packed=2 ** 32 - 1, extra=le(1, 2) + le(0, 2))
        one('zip64 with a number', size=2 ** 32 - 1, extra=le(1, 2) + le(8, 2) + le(len(a), 8))
        one('zip64 with a huge number', size=2 ** 32 - 1, extra=le(1, 2) + le(8, 2) + le(2 ** 63, 8))
        one('zip64 with a large number', size=2 ** 32 - 1, extra=le(1, 2) + le(8, 2) + le(2 ** 40, 8))
        one('something extra that is cut off', extra=le(1, 2) + le(40, 2) + b'12')
        good = Zip().member('a.npy', a, method)
        for k, values in {'count': (0, 2, 65535), 'size': (0, 1, 45, 52, 10 ** 6, 2 ** 32 - 1), 'offset': (0, 1, 10 ** 6, 2 ** 32 - 1), 'disk': (1, 65535), 'comment_length': (1, 65535)}.items():
            for v in values:
                add(f'{word}: the end says {k} {v}', good.end(**{k: v}))
        add(f'{word}: a remark at the end', good.end(comment=b'hello'))
        add(f'{word}: something in front', b'#!/bin/sh\n' + good.end())
        add(f'{word}: a locator of zip64 that points nowhere', good.end(between=b'PK\6\7' + bytes(16)))
        add(f'{word}: a record of zip64', good.end(between=b'PK\6\6' + le(44, 8) + bytes(52 - 8) + b'PK\6\7' + bytes(16)))
        for name in ('../../../../tmp/numbridge-was-here.npy', '/tmp/numbridge-was-here.npy', 'C:\\x.npy', '..\\x.npy', '', '.npy', 'a', 'a\0b.npy', '__proto__.npy', 'constructor.npy', 'toString', 'a/b/c.npy', 'é.npy', 'x' * 3000 + '.npy', 'a.npy.npy', ' '):
            add(f'{word}: a member named {name[:40]!r}', Zip().member(name, a, method, flags=0x800).end())
        add(f'{word}: a name that is no UTF-8', Zip().member(b'\xff\xfe.npy', a, method, flags=0x800).end())
        add(f'{word}: a name twice', Zip().member('a.npy', a, method).member('a.npy', b, method).end())
        add(f'{word}: a name with and without its ending', Zip().member('a', a, method).member('a.npy', b, method).end())
        z = Zip().member('a.npy', a, method)
        add(f'{word}: two entries of one member', Zip().member('a.npy', a, method).member('a.npy', a, method, at=0).end())
    for method in (1, 2, 6, 7, 9, 10, 12, 14, 93, 95, 98, 99, 65535):
        add(f'method {method}', Zip().member('a.npy', a, method, stream=a).end())
    for title, s in {'no stream': b'\xff' * 40, 'nothing': b'', 'a block that does not end': b'\x02', 'a stored block that lies': b'\x01\xff\xff\x00\x00' + bytes(50), 'a distance too far': b'\x4b\x04\x02\x00', 'zeros': bytes(40),
                     'a reserved block': b'\x07' + bytes(9), 'codes that lie': b'\x05\xff\xff\xff\xff\xff\xff\xff\xff'}.items():
        add(f'for a stream {title}', Zip().member('a.npy', a, 8, stream=s).end())
    bomb = header(entry("'|u1'", shape='(4000000,)')) + bytes(4000000)
    add('a bomb that says so', Zip().member('a.npy', bomb, 8).end())
    add('a bomb that says less', Zip().member('a.npy', bomb, 8, size=1000, crc=zlib.crc32(bomb[:1000])).end())
    add('a bomb that says what its header does not', Zip().member('a.npy', bomb, 8, size=len(a), crc=0).end())
    small = header(entry("'|u1'", shape='(4000000000,)')) + bytes(1000)
    add('a header that asks for more than there is', Zip().member('a.npy', small, 8).end())
    add('a header and a directory that ask for more', Zip().member('a.npy', small, 8, size=4000000128, crc=0).end())
    add('more behind the array', Zip().member('a.npy', a + bytes(100000), 8).end())
    inner = Zip().member('a.npy', bomb, 8).end()
    add('an archive in an archive', Zip().member('inner.zip', inner, 8).end())
    add('no array in it', Zip().member('a.npy', b'hello', 8).end())
    add('no array under another name', Zip().member('readme.txt', b'hello', 8).end())
    add('an empty archive', Zip().end())
    add('an empty member', Zip().member('a.npy', b'', 0).end())
    add('a folder', Zip().member('folder/', b'', 0).end())
    for title, b in {'object': header(entry("'|O'", shape='(1,)')) + bytes(8), 'negative': header(entry(shape='(-1,)')) + DATA, 'code': header("__import__('os')"), 'cut': a[:90], 'huge': header(entry(shape='(10000000000,)')) + DATA,
                     'long': header(entry() + ' ' * 10100) + DATA, 'version': a[:6] + b'\x09\0' + a[8:], 'pickle': b'\x80\x04N.', 'short': a[:-1]}.items():
        for method in (0, 8):
            add(f'a broken array in it: {title}, {method}', Zip().member('x.npy', b, method).end())
    digest = plain


class Whole:
    def __init__(self, text):
        self.text = text


def text(c):
    def both(title, data, **kw):
        for call in ('loadtxt', 'genfromtxt'):
            c.add(title, data, call, kw)

    def L(title, data, **kw):
        c.add(title, data, 'loadtxt', kw)
    both('nothing', b'')
    both('an end of line', b'\n')
    both('remarks only', b'# a\n# b\n')
    for t in (b'1 2\n3\n', b'1 2\n3 4 5\n', b'1\n2 3\n', b'1 2 3\n\n4 5\n', b'1 2\n3 4 # 5\n6\n', b'1,2\n3,4,\n'):
        both(f'ragged {t!r}', t)
        both(f'ragged {t!r} by commas', t, delimiter=',')
    for t in (b'a b\n', b'1 a\n', b'1..2\n', b'1e\n', b'--1\n', b'+-1\n', b'0x1g\n', b'1_0\n', b'1,5 2\n', b'1 2 \x00\n', b'\x00\n', b'1\x002\n', b'\xef\xbb\xbf1 2\n', b'inf nan -inf\n', b'infinit\n', b'nane\n', b'1e400 -1e400\n', b'1e-400\n', b'.\n', b'e5\n', b'1 2j\n', b'(1\n', b'1)\n', b'None\n', b'""\n', b"''\n", b'\xc2\xa01\n', b'1\x0b2\n', b'1\x0c2\n', b'1\x1c2\n'):
        L(f'field {t!r}', t)
        L(f'field {t!r} as complex', t, dtype='c16')
        L(f'field {t!r} as integer', t, dtype='i8')
    for d, t in (('u1', b'256\n'), ('u1', b'-1\n'), ('i1', b'128\n'), ('i1', b'-129\n'), ('i8', b'9223372036854775808\n'), ('u8', b'18446744073709551616\n'), ('u8', b'-1\n'), ('i8', b'1.0\n'), ('i8', b'1e3\n'), ('i4', b'99999999999999999999999999\n'),
                 ('?', b'2\n'), ('?', b'True\n'), ('?', b'\n'), ('M8[D]', b'yesterday\n'), ('M8[D]', b'2020-13-01\n'), ('M8[D]', b'2020-01-32\n'), ('m8[s]', b'x\n'), ('S2', b'abc\n'), ('U1', 'é\n'.encode()), ('f2', b'70000\n'), ('f4', b'1e39\n'),
                 ('V3', b'abc\n'), ('i4,f8', b'1 2 3\n'), ('i4,f8', b'1\n'), ('i4,f8', b'x 2\n'), ('i4,f8', b'1 2\n3\n'), ('(2,)i4', b'1 2 3\n')):
        L(f'{t!r} as {d}', t, dtype=d)
    for raw in (b'\xff', b'\xc3', b'\xc3\x28', b'\xe2\x82', b'\xf0\x9f\x98', b'\xed\xa0\x80', b'\xc0\xaf', b'\x80', b'\xfe\xff\x00\x31', b'\xff\xfe\x31\x00'):
        for call in ('loadtxt', 'genfromtxt'):
            c.add(f'no UTF-8 {raw.hex()}', b'1 ' + raw + b' 2\n', call, {'dtype': 'U5'})
            c.add(f'no UTF-8 {raw.hex()} at the start', raw + b' 2\n', call, {})
            c.add(f'no ASCII {raw.hex()}', b'1 ' + raw + b' 2\n', call, {'dtype': 'U5', 'encoding': 'ascii'})
    both('an encoding that is none', b'1 2\n', encoding='nonsense')
    both('no UTF-16', b'1 2\n', encoding='utf-16')
    for t in (b'"1 2\n', b'"1" "2\n3\n', b'1 "\n', b'"a""b" 1\n', b'"a"b 1\n'):
        L(f'quotes {t!r}', t, dtype='U5', quotechar='"')
    for k, v in {'usecols': (5, -3, [0, 0], [9, 1], 1.5), 'skiprows': (-1, 100), 'max_rows': (-1, 0), 'ndmin': (3, -1), 'delimiter': (';;', ''), 'comments': ('',), 'quotechar': ('""',), 'dtype': ('nonsense',)}.items():
        for x in v:
            L(f'{k}={x!r}', b'1 2\n3 4\n', **{k: x})
    for k, v in {'usecols': (5, [0, 0]), 'skip_header': (100,), 'max_rows': (0, -1), 'ndmin': (3,), 'names': ('a', 'a,b,c'), 'invalid_raise': (False,), 'delimiter': ([1, 2], [5, 5], 3)}.items():
        for x in v:
            c.add(f'{k}={x!r}', b'1 2\n3 4\n', 'genfromtxt', {k: x})
    packed = gzip.compress(b'1 2\n3 4\n' * 50, mtime=0)
    for n in (2, 3, 9, 10, 11, 15, len(packed) - 9, len(packed) - 8, len(packed) - 4, len(packed) - 1):
        gz(c, f'gzip cut off after {n}', packed[:n])
    for i in (2, 3, 8, 10, 14, 18, len(packed) - 8, len(packed) - 4, len(packed) - 1):
        gz(c, f'gzip with byte {i} turned around', packed[:i] + bytes([packed[i] ^ 255]) + packed[i + 1:])
    gz(c, 'gzip twice', packed + packed)
    gz(c, 'gzip of what is no text', gzip.compress(b'\xff\xfe\x00' * 100, mtime=0))
    both('a png', b'\x89PNG\r\n\x1a\n' + bytes(range(256)))
    both('an array', saved(np.arange(4.0)))


def gz(c, title, data):
    """A path that says so, for Python; the library looks at the bytes."""
    name = path + '.gz'

    def ask():
        pathlib.Path(name).write_bytes(data)
        return np.loadtxt(name)
    c.add(title, data, 'loadtxt', {}, ask)


def raw(c):
    b = bytes(range(1, 21))
    for call in ('fromfile', 'frombuffer'):
        for d in ('i1', '<i2', '>i2', '<i4', '<f8', 'S3', 'U2', 'V7', 'S0', 'U0', 'V0', 'O', 'i4,O', 'nonsense', 'M8[D]', '(2,)i2', 'i2,i1', '?'):
            for k in ({}, {'count': 1}, {'count': 100}, {'count': 0}, {'offset': 3}, {'offset': 20}, {'offset': 21}, {'offset': -1}, {'count': -2}):
                if len(k) and d not in ('<i2', '<f8', 'S3', 'V7'):
                    continue
                c.add(f'{d} {k}', b, call, {'dtype': d, **k})
        c.add('nothing', b'', call, {'dtype': 'i2'})
    for t in (b'1 2 x', b'x', b'1,2', b'1 2 ', b'', b' ', b'1 2 3e', b'1 2\x00', b'\xff', b'nan inf', b'1..2', b'99999999999999999999'):
        for d in ('f8', 'i4', 'c16', 'u1', '?', 'S3', 'O', 'M8[D]'):
            if d in ('f8', 'i4') or t == b'1 2 x':
                c.add(f'text {t!r} as {d}', t, 'fromfile', {'dtype': d, 'sep': ' '})
    c.add('text from a place', b'1 2', 'fromfile', {'sep': ' ', 'offset': 1})
    for k in ({}, {'dtype': '<f8'}, {'dtype': '<f8', 'offset': 4}, {'dtype': 'V0'}, {'shape': 21}, {'shape': [3, 7]}, {'shape': -1}, {'shape': [2, -1]}, {'offset': 20}, {'offset': 21}, {'offset': -1}, {'order': 'X'}, {'shape': [10 ** 6, 10 ** 6]},
              {'shape': [2 ** 40, 2 ** 40]}, {'dtype': 'nonsense'}, {'dtype': '<i2', 'offset': 1, 'shape': 3}, {'dtype': '(2,)i2'}):
        c.add(f'a map {k}', b, 'memmap', {'mode': 'r', **k})
    c.add('a map of nothing', b'', 'memmap', {'mode': 'r'})
    c.add('a map in no mode', b, 'memmap', {'mode': 'x'})


def safetensors(c):
    try:
        from safetensors.numpy import load
    except ImportError:
        print('safetensors   is not installed: its file stays as it is')
        return False
    CALLS['load_safetensors'] = lambda p: load(pathlib.Path(p).read_bytes())

    def add(title, data):
        c.add(title, data, 'load_safetensors')

    def made(head, data=bytes(8), length=None):
        b = head if isinstance(head, bytes) else (head if isinstance(head, str) else json.dumps(head, separators=(',', ':'))).encode()
        return le(len(b) if length is None else length, 8) + b + data
    t = {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}
    whole = made({'a': t})
    add('whole', whole)
    for n in range(len(whole)):
        add(f'cut off after {n}', whole[:n])
    add('something behind the end', whole + b'x')
    for n in (0, 1, 2, len(whole) - 17, len(whole) - 15, 100, 10 ** 6, 10 ** 8, 10 ** 8 + 1, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 63, 2 ** 64 - 1):
        add(f'header length {n}', made({'a': t}, length=n))
    for d in ('F33', 'f32', '', 'O', 'BF16', 'F8_E4M3', 'F64', 'I8', 'BOOL', 'U64', 1, None, ['F32'], '__proto__', 'constructor'):
        add(f'dtype {d!r}', made({'a': {**t, 'dtype': d}}))
    for s in ([-1], [3], [1], [2.0], [2.5], ['2'], [None], [[2]], 2, '2', None, {}, [2 ** 31, 2 ** 31, 2 ** 31], [2 ** 63], [2 ** 64], [0], [], [1] * 64 + [2], [10 ** 30], [True], [2, 0], [1, 2, 1]):
        add(f'shape {s!r}'[:60], made({'a': {**t, 'shape': s}}))
    for o in ([0, 7], [0, 9], [8, 0], [1, 9], [4, 12], [-8, 0], [0], [], [0, 8, 16], [0, '8'], [0, 8.0], [0, 8.5], None, 8, {}, [0, 2 ** 53], [0, 2 ** 64], [2 ** 63, 2 ** 63 + 8], [8, 16], [0, 0], [8, 8]):
        add(f'data_offsets {o!r}', made({'a': {**t, 'data_offsets': o}}))
    u = {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}
    v = {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}
    add('two tensors', made({'a': u, 'b': v}))
    add('two tensors the other way', made({'a': v, 'b': u}))
    add('two tensors in one place', made({'a': t, 'b': t}))
    add('two tensors that overlap', made({'a': u, 'b': {**v, 'data_offsets': [2, 6]}}))
    add('a gap', made({'a': u, 'b': {**v, 'data_offsets': [5, 9]}}, bytes(9)))
    add('a gap in front', made({'a': {**t, 'data_offsets': [4, 12]}}, bytes(12)))
    add('a gap at the end', made({'a': t}, bytes(12)))
    add('a tensor without bytes in the middle', made({'a': u, 'e': {'dtype': 'F32', 'shape': [0], 'data_offsets': [4, 4]}, 'b': v}))
    add('a tensor without bytes elsewhere', made({'a': t, 'e': {'dtype': 'F32', 'shape': [0], 'data_offsets': [2, 2]}}))
    one = json.dumps(t)
    for title, h in {'a name twice': '{"a":%s,"a":%s}' % (json.dumps(u), json.dumps(v)), 'a field twice': '{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 'no object': '[]', 'a number': '1', 'null': 'null', 'a text': '"a"',
                     'an entry that is none': '{"a":1}', 'an entry that is a list': '{"a":[]}', 'an entry that is null': '{"a":null}', 'an empty entry': '{"a":{}}', 'a field more': '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}', 'no dtype': '{"a":{"shape":[2],"data_offsets":[0,8]}}',
                     'no shape': '{"a":{"dtype":"F32","data_offsets":[0,8]}}', 'no place': '{"a":{"dtype":"F32","shape":[2]}}', 'a comma behind the last': '{"a":%s,}' % one, 'no end': '{"a":%s' % one, 'two ends': '{"a":%s}}' % one, 'something behind': '{"a":%s} x' % one, 'spaces behind': '{"a":%s}   ' % one, 'zeros behind': '{"a":%s}\0\0' % one,
                     'spaces in front': ' {"a":%s}' % one, 'single quotes': "{'a':%s}" % one, 'a remark': '{"a":%s/* */}' % one, 'NaN': '{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}}', 'an exponent': '{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}', 'a zero in front': '{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}',
                     'a broken escape': '{"\\x":%s}' % one, 'half a surrogate': '{"\\ud800":%s}' % one, 'an end of line in a name': '{"a\nb":%s}' % one, 'deep': '{"a":' + '[' * 3000 + ']' * 3000 + '}', 'metadata that is no text': '{"__metadata__":{"x":1},"a":%s}' % one, 'metadata that is a list': '{"__metadata__":[],"a":%s}' % one,
                     'metadata that is null': '{"__metadata__":null,"a":%s}' % one, 'metadata': '{"__metadata__":{"x":"y"},"a":%s}' % one, 'metadata twice': '{"__metadata__":{"x":"y"},"__metadata__":{},"a":%s}' % one, 'a member of metadata twice': '{"__metadata__":{"x":"y","x":"z"},"a":%s}' % one, 'a name of prototypes': '{"__proto__":%s}' % one, 'an empty name': '{"":%s}' % one,
                     'a name of dots': '{"../../x":%s}' % one, 'empty': '{}', 'nothing': ''}.items():
        add(title, made(h, b'' if title == 'empty' else bytes(8)))
    for raw in (b'\xff', b'\xc3', b'\xc3\x28', b'\xed\xa0\x80', b'\xc0\xaf'):
        add(f'no UTF-8 {raw.hex()}', made(b'{"' + raw + b'":' + one.encode() + b'}'))
    return True


if __name__ == '__main__':
    for f in (npy, npz, text, raw, safetensors):
        if len(sys.argv) > 1 and f.__name__ not in sys.argv[1:]:
            continue
        corpus = Corpus(f.__name__)
        if f(corpus) is not False:
            corpus.write()
