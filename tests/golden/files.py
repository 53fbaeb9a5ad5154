#!/usr/bin/env python3
"""Writes files.json: .npy files as NumPy writes them, an archive, text tables read and written."""
import base64
import io
import json
import pathlib
import warnings

import numpy as np

warnings.simplefilter('ignore')
here = pathlib.Path(__file__)


def npy(a):
    f = io.BytesIO()
    np.save(f, a)
    return base64.b64encode(f.getvalue()).decode()


files = []
for t in '? b B h H i I l L e f d F D U3 S2 M8[D] m8[ns] V5 >i4 >f8 >U3 >c16 M8 m8'.split():
    base = np.arange(6)
    try:
        a = base.astype(t)
    except (TypeError, ValueError):
        a = np.zeros(6, t)
    for b in (a.reshape(2, 3), np.asfortranarray(a.reshape(2, 3)), a[:0], a[3].reshape(()), a.reshape(2, 3)[::-1, ::2]):
        files.append(npy(b))
for dt in ([('a', 'i4'), ('b', 'f8')], [('a', 'i4', (2, 3)), ('b', 'U4')], [('x', [('y', 'u1'), ('z', '>f4')])], [(('title', 'n'), 'i2')],
           np.dtype({'names': ['a', 'b'], 'formats': ['i4', 'i1'], 'offsets': [4, 10], 'itemsize': 16}), [('é', 'i4')], [('日本', 'i4')]):
    for b in (np.zeros(3, dt), np.zeros((2, 2), dt, order='F'), np.zeros((), dt)):
        files.append(npy(b))
f = io.BytesIO()
np.savez(f, np.arange(3), x=np.ones((2, 2)))
archive = base64.b64encode(f.getvalue()).decode()
f = io.BytesIO()
np.savez_compressed(f, a=np.zeros((50, 50)), b=np.array(['p', 'qq']))
compressed = base64.b64encode(f.getvalue()).decode()

tables = []


def L(lines, **k):
    tables.append(('loadtxt', lines, k))


def G(lines, **k):
    tables.append(('genfromtxt', lines, k))


L(["1 2","3 x"])
L(["1 2","3"])
L([])
L(["1,2","3,4"],delimiter=',')
L(["1,2,,"],delimiter=',')
L(["1 2 # c","# d","3 4"])
L(["a 1","b 2"],dtype=[('n','U2'),('v','i4')])
L(["1.5"],dtype='i8')
L(["1 2","3 4"],usecols=1)
L(["1 2","3 4"],usecols=[5])
L(["1 2","3 4"],usecols=-1)
L(["1 2","3 4"],unpack=True,ndmin=2)
L(['"a b" 2'],dtype='U5',quotechar='"')
L(["0x1f 2"],dtype='i8')
L(["1e5 2"],dtype='i8')
L(["1+2j 3j"],dtype='c16')
L(["1 0"],dtype='?')
L(["True 0"],dtype='?')
L(["nan inf -inf 1_000"])
L(["nan inf -Infinity +5."])
L(["1;2"],delimiter=';;')
L(["1 2","3 4","5 6"],max_rows=2,skiprows=1)
L(["2020-01-01 2021-02-03"],dtype='M8[D]')
L(["1 2","","3 4"])
L(["1\t2"],delimiter='\t')
L(["1 % 2"],comments='%')
L(["1 2"],dtype='f4')
L(["300"],dtype='u1')
L(["-1"],dtype='u1')
L(["abc"],dtype='S2')
L(["1 2"],ndmin=3)
L(["1 2"],skiprows=-1)
L(["1 2"],max_rows=0)
L(["(1+2j)"],dtype='c16')
L(["1 2 3","4 5 6"],dtype=[('a','i4'),('b','f8',(2,))])
L(["1 2 3"],dtype=[('a','i4'),('b','f8')])
L(["1 2","3 4"],dtype='U')
L(["9223372036854775807"],dtype='i8')
L(["1"],ndmin=1)
L(["1"],ndmin=2)
L(["1 2"],ndmin=2)
L(["1","2"],ndmin=2)
L(["1 2 // x","3 4 # y"],comments=['//','#'])
L(["a,b"],dtype='U3',delimiter=',')
L(["1, 2"],delimiter=',')
L(["'1 2',3"],delimiter=',',quotechar="'",dtype='U5')
L(["1 2"],comments='')
L(["1 2"],usecols=[0,0,1])
G(["1,2","3,"],delimiter=',')
G(["a b","1 2"],names=True)
G(["1 2.5 x","3 4.5 yy"],dtype=None)
G(["1 2.5 x","3 4.5 yy"],dtype=None,encoding='utf-8')
G(["# a b","1 2"],names=True)
G(["1 2","3 4 5"])
G(["1 2","3 4 5"],invalid_raise=False)
G(["1,N/A","3,4"],delimiter=',',missing_values='N/A',filling_values=-1)
G(["1,N/A","3,4"],delimiter=',',dtype=None,missing_values='N/A',filling_values=-1)
G(["123456","789012"],delimiter=3)
G(["123456","789012"],delimiter=[1,2,3])
G(["1 2","3 4","5 6"],skip_header=1,skip_footer=1)
G(["1 2 3"],usecols=[0,2])
G(["a,b,c","1,2,3"],names=True,delimiter=',',usecols=['a','c'])
G(["1,2"],delimiter=',',names='x, y')
G(["1,2"],delimiter=',',names=['a b','a b'])
G([])
G(["True False"],dtype=None)
G(["1 2"],dtype='i4')
G(["1 x"],dtype='i8')
G(["1.7 2"],dtype='i4')
G(["a 1","bb 2"],dtype='U5')
G(["a 1","bb 2"],dtype=[('s','U2'),('n','i8')])
G(["a 1","bb 2"],dtype='S3,f4')
G(["1 2"],dtype=['i4','f4'])
G(["1+2j 3"],dtype=None)
G(["1 2"],max_rows=1)
G(["1","2"],ndmin=2)
G(["1 2","3 4"],unpack=True)
G([" a , b "," c,d"],dtype=None,delimiter=',',autostrip=True)
G([" a , b "," c,d"],dtype=None,delimiter=',')
G(["A b","1 2"],names=True,case_sensitive='lower')
G(["x y","1 2"],names=True,deletechars='',dtype='i8')
G(["1 2"],max_rows=0)
G(["1,2,3","4,,6"],delimiter=',',dtype='i8',filling_values={1:9})
G(["a,b","1,","2,5"],names=True,delimiter=',',filling_values={'b':7})
G(["1 2","3 4"],dtype=None,names='a,b')
G(["1 2","3 4"],dtype=None,defaultfmt='var%i',names=None)
G(["1 a"],dtype=None,defaultfmt='v_%02i')
G(["2.5 1"],dtype='?')
G(["1 2"],loose=False)
G(["1 x"],loose=False)

L(["(1+-2j) 3"],dtype='c16')
L(["(1 2)"],dtype='c16')
L(["\ufeff1 2"])
L(["1\x1c2"])
L(["1 2","","3 4"],max_rows=2)
G(["A,B,C,D,E","0,1,2,3,4"],dtype=['i8','i8','i8'],delimiter=',',usecols=[0,2,4],names=True)
G(["73786976294838206464 17179869184 1024"],dtype=None)
G(["1 2","x","3 4","5 6"],max_rows=2,invalid_raise=False)
G(["a 1","b 2"],dtype=None,encoding='bytes')
G(["1 2","3 4"],names='a')
G(["1 2","3 4"],names='a,b,c')
G(['1 x 2'],dtype='i4,O,O')
G(['1 2'],dtype=[('n',[('a','i8'),('b','O')])])

# What may stand for a delimiter, a quote or a comment, and which columns there are.
for k in (dict(comments=' '), dict(comments=5), dict(comments=[5]), dict(comments=[]), dict(comments=['#',','],delimiter=','), dict(comments=['#','a'],quotechar='b'),
          dict(comments=',',delimiter=','), dict(quotechar=',',delimiter=','), dict(comments='#',quotechar='#'), dict(delimiter='\n'), dict(comments='\r'), dict(quotechar='\n'),
          dict(quotechar='\u2003'), dict(delimiter=''), dict(quotechar=''), dict(encoding=5), dict(converters='a'), dict(converters={'a':None}), dict(converters={'3':None}),
          dict(usecols=1.5), dict(usecols=[0,1.5]), dict(usecols='a'), dict(usecols=True), dict(usecols=[]), dict(dtype=[('a','i4'),('b','i4')],usecols=[0])):
    if k.get('converters') in ({'a':None}, {'3':None}):
        continue
    L(['1 2','3 4'],**k)
for k in (dict(), dict(ndmin=2), dict(usecols=[1,2,3]), dict(usecols=[1,2,3],ndmin=2), dict(dtype='S'), dict(dtype='U',usecols=[1,2]), dict(dtype=[('a','i4'),('b','i4')],ndmin=2)):
    L([],**k)
L(['1 2 3'],dtype=[])
L(['1 2 3'],dtype=[],usecols=[])
# Quotes open where a field begins, and keep ends of lines as they are.
for lines in (['"a" '], ['"a" "b"  '], ['""'], ['"a"b"c"'], ['x "a""b" y'], ['"a','b" c'], ['"a\n','b" c\n'], ['"a\r\n','b" c'], ['"open\n'], ['"a # b" # c']):
    L(lines,dtype='U9',quotechar='"')
for lines in (['a, "b"'], ['a,"b"'], ['""'], ['a,"b,c"d,'], ['"a"\n','',',\n']):
    L(lines,dtype='U9',quotechar='"',delimiter=',')
L(['1,2','2\n,3'],delimiter=',')
L(['1,2','2\r,3'],delimiter=',')
L(['1,2\r\n','2,3\r'],delimiter=',')
# Values.
for text in ('(1+2j)', '1+2j)', '1+2', '1 +2j', '1i', '1++2j', '1--2j', 'nan+infj', '(1)', '( 1j', 'J', '1J', '( 6+-7j )', ' ( 9j ) ', '-inf-nanj', '1+j'):
    L([text],dtype='c16',delimiter=',')
for text, dtype in (('-0','u1'), ('+1','u1'), ('1_0','f2'), ('1_0','f4'), ('\u2013','S5'), ('ab\u2013','S2'), ('\xe9','S2'), ('abc','U2'), ('x','>i4'), ('x','>f8'), ('x','M8[D]'), ('x','m8[s]'), ('x','V4')):
    L([text],dtype=dtype)
L(['2020 2021-02-03'],dtype='M8')


def read(name, lines, k):
    def shown(r):
        return [shown(x) for x in r] if isinstance(r, list) else repr(r)
    try:
        return shown(getattr(np, name)(lines, **k))
    except Exception as e:
        return f'{type(e).__name__}: {e}'


written = []


def S(a, js, **k):
    f = io.StringIO()
    try:
        np.savetxt(f, a, **k)
        r = f.getvalue()
    except Exception as e:
        r = f'{type(e).__name__}: {e}'
    written.append([js, k, r])


S(np.array([[1,2.5],[3,4]]),'[[1,2.5],[3,4]]')
S(np.array([1.,2.]),'[1,2]',fmt='%.2f')
S(np.array([[1,2],[3,4]]),'np.array([[1,2],[3,4]],"int64")',fmt='%d',delimiter=',')
S(np.array([[1+2j,3-1j]]),'[[np.complex(1,2),np.complex(3,-1)]]',fmt='%.1f')
S(np.array([[1,2]]),'np.array([[1,2]],"int64")',fmt=['%d','%5.1f'],header='a\nb',footer='z',comments='// ')
S(np.array(['a','bb']),"['a','bb']",fmt='%s')
S(np.array(['a','bb']),"['a','bb']")
S(np.array([(1,2.5,'x')],dtype=[('a','i4'),('b','f8'),('c','U2')]),"np.array([[1,2.5,'x']],[['a','i4'],['b','f8'],['c','U2']])",fmt='%d %.1f %s')
S(np.zeros((2,2,2)),'np.zeros([2,2,2])')
S(np.array([[1,2]]),'[[1,2]]',fmt='%d %d %d')
S(np.array([1.,np.nan,np.inf]),'[1,NaN,Infinity]',fmt='%g',newline=';')
S(np.array([True,False]),'[true,false]',fmt='%d')
S(np.array([1.5]),'[1.5]',fmt='%s')
S(np.array([1.,2.]),'[1,2]',fmt='%i')
S(np.float64(3),'np.float64(3)')
data = {'npy': files, 'npz': [archive, compressed], 'tables': [[*t, read(*t)] for t in tables], 'written': written}
here.with_name('files.json').write_text(json.dumps(data, indent=0) + '\n')
print(f'{len(files)} files, {len(tables)} tables read, {len(written)} written')
