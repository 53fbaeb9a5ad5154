#!/usr/bin/env python3
"""Writes times.json and times-ufuncs.json: what NumPy makes of dates and durations. Each expression is Python; its twin in JavaScript is made from it.

A result is text: the dtype and `repr` of an array, the dtype and `str` of a scalar, the name and message of an error.
"""
import json
import pathlib
import re
import warnings

import numpy as np

from translate import translate

warnings.simplefilter('ignore')


def d(*a):
    return np.datetime64(*a)


def m(*a):
    return np.timedelta64(*a)


A = np.array(['2020-01-05', '2020-01-02', 'NaT', '2020-01-09'], 'M8[D]')
B = A[[0, 1, 3]]
Q = np.array([5, -3, 'NaT', 7], 'm8[s]')
R = Q[[0, 1, 3]]

UFUNCS = '''
np.datetime64(2**60,'Y').astype('M8[ns]')
np.array([2**60],'M8[D]').astype('M8[ns]')
np.array([2**60],'M8[Y]').astype('M8[D]')
np.array([2**60],'M8[Y]').astype('M8[M]')
np.array([2**40],'M8[Y]').astype('M8[D]')
np.array([300],'M8[Y]').astype('M8[ns]')
np.array([200],'M8[Y]').astype('M8[ns]')
np.array([400],'M8[Y]').astype('M8[ns]')
np.array([2**60],'m8[D]').astype('m8[ns]')
np.array([2**40],'m8[Y]').astype('m8[D]')
np.array([2**60],'m8[Y]').astype('m8[M]')
np.array([2**60],'m8[s]')+np.array([1],'m8[ns]')
np.array([2**60],'M8[s]')+np.array([1],'m8[ns]')
np.array([2**60],'M8[s]')==np.array([1],'M8[ns]')
np.array([2**62],'m8[s]')*4
np.array([2**62],'m8[s]')+np.array([2**62],'m8[s]')
np.array([2**62],'m8[s]')*np.inf
np.array([2**62],'m8[s]')*np.nan
np.array([5],'m8[s]')*1.7
np.array([-5],'m8[s]')*1.7
np.array([5],'m8[s]')/2
np.array([-5],'m8[s]')/2
np.array([-5],'m8[s]')/2.5
np.array([-5],'m8[s]')//2
np.array([-5],'m8[s]')//2.5
np.array([-5],'m8[s]')//np.timedelta64(2,'s')
np.array([-5],'m8[s]')/np.timedelta64(2,'s')
np.array([-5],'m8[s]')%np.timedelta64(2,'s')
np.array([-5],'m8[s]')%2
np.array([-5],'m8[s]')/0
np.array([-5],'m8[s]')//0
np.array([-5,0,3],'m8[s]')/0.0
np.array([-5,0,3],'m8[s]')//0.0
np.array([-5,0,3],'m8[s]')//np.timedelta64(0,'s')
np.array([-5,0,3],'m8[s]')%np.timedelta64(0,'s')
np.array([-5,0,3],'m8[s]')/np.timedelta64(0,'s')
np.array(['NaT',0,3],'m8[s]')/np.timedelta64(2,'s')
np.array(['NaT',0,3],'m8[s]')//np.timedelta64(2,'s')
np.divmod(np.array(['NaT',-5,3],'m8[s]'),np.timedelta64(2,'s'))
np.divmod(np.array(['NaT',-5,3],'m8[s]'),np.timedelta64(0,'s'))
np.divmod(np.array(['NaT',-5,3],'m8[s]'),np.timedelta64('NaT','s'))
np.array(['NaT',-5,3],'m8[s]')*2
np.array(['NaT',-5,3],'m8[s]')*2.5
np.array(['NaT',-5,3],'m8[s]')*True
2*np.array([5],'m8[s]')
np.array([5],'m8[s]')*np.array([5],'m8[s]')
np.array([5],'M8[s]')*2
np.array([5],'M8[s]')+np.array([5],'M8[s]')
np.array([5],'M8[s]')+2
2+np.array([5],'M8[s]')
np.array([5],'M8[s]')-2
2-np.array([5],'M8[s]')
2-np.array([5],'m8[s]')
np.array([5],'m8[s]')+2j
np.array([5],'M8[s]')-np.array([5],'m8[ms]')
np.array([5],'m8[s]')-np.array([5],'M8[ms]')
np.array([5],'M8[Y]')+np.array([5],'m8[D]')
np.array([5],'M8[D]')+np.array([5],'m8[Y]')
np.array([5],'M8[D]')+np.array([5],'m8[M]')
np.array([5],'m8[D]')+np.array([5],'m8[Y]')
np.array([5],'M8[D]')+np.array([5],'m8[25s]')
np.array([5],'m8[4s]')+np.array([5],'m8[6s]')
np.array([5],'m8[4s]')+np.array([5],'m8')
np.array([5],'m8')+np.array([5],'m8')
np.array([5],'M8[D]')+np.array([5],'m8')
np.array([5],'M8[D]')+True
np.array([5],'M8[D]')+np.array([3],'u1')
np.array([5],'M8[D]')+np.array([3],'u8')
np.array([5],'m8[D]')+np.array([3],'u8')
np.array([5],'m8[D]')*np.array([3],'u8')
np.array([5],'m8[D]')*np.array([3],'f4')
np.array([5],'m8[D]')*np.array([True])
np.array([5],'m8[D]')*2j
np.array([5],'m8[D]')/np.array([3],'f4')
np.array([5],'m8[D]')/np.array([3],'u8')
np.array([5],'m8[D]')/True
2/np.array([5],'m8[D]')
-np.array([5],'M8[D]')
-np.array([5,'NaT'],'m8[D]')
+np.array([5,'NaT'],'m8[D]')
+np.array([5,'NaT'],'M8[D]')
abs(np.array([-5,'NaT'],'m8[D]'))
abs(np.array([-5,'NaT'],'M8[D]'))
np.sign(np.array([-5,'NaT',0,7],'m8[D]'))
np.sign(np.array([-5],'M8[D]'))
np.isfinite(np.array([-5,'NaT'],'M8[D]'))
np.isinf(np.array([-5,'NaT'],'M8[D]'))
np.isnan(np.array([-5,'NaT'],'M8[D]'))
np.isnat(np.array([-5,'NaT'],'M8[D]'))
np.isnat(np.array([5]))
np.isnat(5)
np.isnat(np.array(['a']))
np.logical_and(np.array([5,0,'NaT'],'m8[D]'),True)
np.logical_not(np.array([5,0,'NaT'],'M8[D]'))
np.logical_or(np.array([5,0,'NaT'],'M8[D]'),np.array([5,0,'NaT'],'M8[D]'))
np.equal(np.array([5,0,'NaT'],'M8[D]'),np.array([5,0,'NaT'],'M8[s]'))
np.array([5,0,'NaT'],'M8[D]')==5
np.array([5,0,'NaT'],'m8[D]')==5
np.array([5,0,'NaT'],'M8[D]')<5
np.array([5,0,'NaT'],'m8[D]')<5
np.array([5,0,'NaT'],'M8[D]')<np.array([5,0,'NaT'],'m8[D]')
np.array([5,0,'NaT'],'M8[D]')==np.array([5,0,'NaT'],'m8[D]')
np.array([5,0,'NaT'],'M8[D]')=='1970-01-06'
np.array([5,0,'NaT'],'M8[D]')<'1970-01-06'
np.array([5],'m8[Y]')==np.array([5],'m8[D]')
np.array([5],'m8[Y]')<np.array([5],'m8[D]')
np.array([5],'m8[Y]')!=np.array([5],'m8[D]')
np.maximum(np.array([5,0,'NaT'],'M8[D]'),np.array([7,'NaT','NaT'],'M8[s]'))
np.fmax(np.array([5,0,'NaT'],'M8[D]'),np.array([7,'NaT','NaT'],'M8[s]'))
np.minimum(np.array([5,0,'NaT'],'M8[D]'),3)
np.minimum(np.array([5,0,'NaT'],'m8[D]'),3)
np.maximum(np.array([5,0,'NaT'],'M8[D]'),np.array([7,'NaT','NaT'],'m8[s]'))
np.sqrt(np.array([5],'m8[D]'))
np.sin(np.array([5],'M8[D]'))
np.power(np.array([5],'m8[D]'),2)
np.square(np.array([5],'m8[D]'))
np.floor(np.array([5],'m8[D]'))
np.rint(np.array([5],'m8[D]'))
np.bitwise_and(np.array([5],'m8[D]'),1)
np.gcd(np.array([5],'m8[D]'),1)
np.conjugate(np.array([5],'m8[D]'))
np.round(np.array([5],'m8[D]'))
np.around(np.array([5],'M8[D]'))
np.clip(np.array([5,1],'m8[D]'),2,3)
np.clip(np.array([5,1],'M8[D]'),np.datetime64('1970-01-03'),None)
np.clip(np.array([5,1],'M8[D]'),2,3)
np.clip(np.array([5,1],'m8[D]'),np.timedelta64(30,'h'),None)
np.fmod(np.array([5],'m8[D]'),np.array([3],'m8[D]'))
np.floor_divide(np.array([5],'M8[D]'),np.array([3],'m8[D]'))
np.divmod(np.array([5],'m8[D]'),2)
np.add(np.array([5],'M8[D]'),np.array([3],'m8[D]'),dtype='M8[s]')
np.add(np.array([5],'M8[D]'),np.array([3],'m8[D]'),dtype='i8')
np.add(np.array([5],'m8[D]'),np.array([3],'m8[D]'),dtype='m8')
np.add(1,2,dtype='m8[s]')
np.add(np.array([5],'M8[D]'),np.array([3],'m8[D]'),out=np.zeros(1,'M8[s]'))
np.add(np.array([5],'M8[s]'),np.array([3],'m8[s]'),out=np.zeros(1,'M8[D]'))
np.add(np.array([5],'M8[s]'),np.array([3],'m8[s]'),out=np.zeros(1,'M8[D]'),casting='unsafe')
np.add(np.array([5],'M8[s]'),np.array([3],'m8[s]'),out=np.zeros(1,'i8'))
np.add(np.array([5],'M8[s]'),np.array([3],'m8[s]'),casting='no')
np.add(np.array([5],'M8[s]'),np.array([3],'m8[ms]'),casting='no')
np.add(np.array([5],'M8[s]'),np.array(['a']))
np.add(np.array([5],'m8[s]'),np.array(['3']))
np.subtract(np.array([5,'NaT'],'M8[s]'),np.datetime64('NaT'))
np.array([5,'NaT'],'M8[s]')-np.datetime64('1970-01-01','us')
np.matmul(np.array([5],'m8[s]'),np.array([5],'m8[s]'))
np.dot(np.array([5,7],'m8[s]'),np.array([5,6]))
np.add.reduce(np.array([5],'M8[s]'))
np.add.accumulate(np.array([5,7],'M8[s]'))
np.multiply.reduce(np.array([5],'m8[s]'))
np.subtract.reduce(np.array([5,6],'M8[s]'))
np.subtract.reduce(np.array([5,6],'m8[s]'))
np.logical_and.reduce(np.array([5,6],'m8[s]'))
np.logical_or.accumulate(np.array([5,6],'m8[s]'))
np.equal.reduce(np.array([5,6],'m8[s]'))
np.divide.reduce(np.array([5,6],'m8[s]'))
np.floor_divide.reduce(np.array([5,6],'m8[s]'))
np.remainder.reduce(np.array([5,6],'m8[s]'))
np.maximum.accumulate(np.array([5,'NaT',6],'M8[s]'))
np.fmax.reduce(np.array([5,'NaT',6],'M8[s]'))
np.maximum.outer(np.array([5,6],'M8[s]'),np.array([5,6],'M8[s]'))
np.add.reduceat(np.array([5,6,7],'m8[s]'),[0,1])
np.add.reduce(np.array([],'m8[s]'))
np.add.reduce(np.array([5],'m8[s]'),initial=np.timedelta64(3,'s'))
np.add.reduce(np.array([5],'m8[s]'),initial=3)
np.add.reduce(np.array([5],'m8[s]'),dtype='m8[ms]')
np.add.reduce(np.array([5],'m8[s]'),dtype='i8')
np.add.reduce(np.array([5,6]),dtype='m8[s]')
np.maximum.reduce(np.array([],'m8[s]'))
np.maximum.reduce(np.array([5,6],'M8[s]'),initial=np.datetime64(7,'s'))
np.arange(5).astype('m8[s]').sum(where=[True,False,True,False,True])
'''

FUNCTIONS = '''
np.arange('2020-01','2020-05',dtype='M8[D]').size
np.arange('2020-01','2020-05',dtype='M8')
np.arange('2020-01','2020-05')
np.arange('2020-01','2020-05',dtype='M8[M]')
np.arange('2020-01','2020-05',2,dtype='M8[M]')
np.arange('2020-01','2020-05',m(2,'M'),dtype='M8[M]')
np.arange('2020-01','2020-02',m(7,'D'),dtype='M8[D]')
np.arange('2020-01','2020-02',m(1,'W'))
np.arange(d('2020-01'),d('2020-05'))
np.arange(d('2020-01'),d('2020-01-05'))
np.arange(d('2020-01'),'2020-01-05')
np.arange(d('2020-01'),5)
np.arange(d('2020-01'),m(5,'M'))
np.arange(d('2020-01'),m(5,'D'))
np.arange(d('2020-01-01'),d('2020-01-02'),m(6,'h'))
np.arange(d('2020-01'))
np.arange('2020-01',dtype='M8[D]')
np.arange(5,dtype='m8')
np.arange(5,dtype='m8[s]')
np.arange(2,5,dtype='m8[s]')
np.arange(m(5,'s'))
np.arange(m(1,'s'),m(5,'s'))
np.arange(m(1,'s'),m(5,'s'),m(500,'ms'))
np.arange(m(1,'s'),5)
np.arange(1,m(5,'s'))
np.arange(1,5,m(2,'s'))
np.arange(m(5,'s'),m(1,'s'),-1)
np.arange(m(5,'s'),m(1,'s'),m(-2,'s'))
np.arange(d('2020-01-05'),d('2020-01-01'),-2)
np.arange(d('2020-01-05'),d('2020-01-01'))
np.arange(d('2020-01-05'),d('2020-01-01'),0)
np.arange(d('2020-01-05'),d('NaT'))
np.arange(d('2020-01-05'),d('2020-01-07'),d('2020-01-07'))
np.arange(d('2020-01-05'),d('2020-01-07'),1.5)
np.arange(d('2020-01-05'),d('2020-01-07'),dtype='M8[s]').size
np.arange(d('2020-01-05T03','h'),d('2020-01-07','D'),dtype='M8[D]')
np.arange(0,5,dtype='M8[D]')
np.arange(5,dtype='M8[D]')
np.arange(0.5,5,dtype='m8[D]')
np.arange('1','5',dtype='m8[D]')
np.arange(m(3,'Y'),m(50,'M'))
np.arange(m(3,'Y'),m(50,'D'))
np.linspace(d('2020'),d('2021'),3)
np.linspace(m(0,'s'),m(10,'s'),3)
np.linspace(0,10,3,dtype='m8[s]')
np.ones(2,'M8[D]')
np.ones(2,'m8[D]')
np.full(2,'2020-01','M8[D]')
np.full(2,d('2020-01'))
np.full(2,3,'m8[s]')
np.zeros(2,'m8')
np.eye(2,dtype='m8[s]')
np.full_like(A,d('2020-01-03'))
np.full_like(A,'2020-01-03')
np.ones_like(A)
np.min(A)
np.min(B)
np.nanmin(A)
np.max(Q)
np.nanmax(Q)
np.argmin(A)
np.argmax(A)
np.argmin(Q)
np.argmax(Q)
np.nanargmin(A)
np.ptp(B)
np.ptp(A)
np.ptp(R)
np.sum(R)
np.sum(Q)
np.nansum(Q)
np.sum(A)
np.mean(R)
np.mean(Q)
np.mean(B)
np.mean(np.array([5,6],'m8[s]'))
np.nanmean(Q)
np.average(R)
np.average(R,weights=[1,2,3])
np.cross(R,[1,2,3])
np.cross(B,B)
np.dot(B,B)
np.dot(Q,[1,2,3,4])
np.dot(np.stack([Q,Q]),[1,2,3,4])
np.vdot(B,B)
np.median(np.array([5,-8],'m8[s]'))
np.median(np.stack([R,R*2]),axis=1)
np.quantile(np.stack([R,R*2]),[0.2,0.7],axis=1)
np.quantile(Q,0.5)
np.quantile(A,0.5)
np.mean(R,where=[True,False,True])
np.mean(np.array([],'m8[s]'))
np.mean(np.stack([R,R*2]),axis=0)
np.gradient(R,2)
np.gradient(B,2)
np.gradient(Q)
np.interp(R,[1,2],[3,4])
np.digitize(R,[1,2])
np.array([1,2],'>i8')+1
np.array([1,2],'>i8').sum()
np.array([1,2],'>f4').mean()
np.add(np.array([1,2],'>i8'),1,out=np.zeros(2,'>f8'))
np.promote_types('M8[Y]','M8[13m]')
np.promote_types('M8[Y]','M8[ps]')
np.array([945],'m8[3M]').astype('m8[ns]')
np.median(R)
np.median(Q)
np.median(B)
np.nanmedian(Q)
np.std(R)
np.var(R)
np.prod(R)
np.cumsum(R)
np.cumsum(Q)
np.cumsum(A)
np.cumprod(R)
np.diff(A)
np.diff(A,2)
np.diff(A,prepend=d('2020-01-01'))
np.ediff1d(B)
np.ediff1d(A,to_end=m(1,'D'))
np.gradient(B)
np.gradient(R)
np.sort(A)
np.sort(Q)
np.sort(A)[::-1]
np.argsort(A)
np.argsort(Q)
np.lexsort((A,))
np.lexsort((Q,A))
np.partition(A,1)
np.searchsorted(np.sort(A),d('2020-01-05'))
np.searchsorted(np.sort(A),d('NaT'))
np.searchsorted(np.sort(A),d('2020-01-05T12','h'))
np.searchsorted(np.sort(R),5)
np.unique(A)
np.unique(Q)
np.unique(np.array(['NaT','NaT',5],'m8[s]'))
np.unique(np.array(['NaT','NaT',5],'m8[s]'),equal_nan=False)
np.unique(A,return_counts=True)
np.isin(A,B)
np.intersect1d(A,B)
np.union1d(A,B)
np.setdiff1d(A,B)
np.setxor1d(A,B)
np.where([True,False,True,False],A,d('2021-01-01'))
np.where([True,False,True,False],A,d('NaT'))
np.where([True,False,True,False],Q,0)
np.where([True,False,True,False],A,0)
np.where(A)
np.nonzero(Q)
np.count_nonzero(Q)
np.flatnonzero(np.array([0,1],'M8[s]'))
np.select([[True,False]],[np.array([1,2],'m8[s]')],m(3,'s'))
np.choose([0,1],[B[:2],B[1:]])
np.clip(B,d('2020-01-03'),d('2020-01-06'))
np.clip(A,d('2020-01-03'),d('2020-01-06'))
np.round(R)
R.round()
np.digitize(B,np.sort(B))
np.histogram(B,bins=np.sort(B))
np.interp(B,np.sort(B),[1,2,3])
np.interp([1,2],[1,2],np.array([1,2],'m8[s]'))
np.any(A)
np.all(np.array([0,1],'m8[s]'))
np.concatenate([A,B.astype('M8[s]')])
np.concatenate([A,R])
np.concatenate([R,[1,2]])
np.stack([B,B])
np.tile(B,2)
np.repeat(B,2)
np.roll(A,1)
np.flip(A)
np.append(B,d('2021'))
np.insert(B,1,d('2021'))
np.delete(B,1)
np.pad(R,1)
np.pad(B,1)
np.pad(B,1,mode='edge')
np.take(A,[0,1])
np.put(A.copy(),[0],d('2021'))
np.trapezoid(R)
np.percentile(R,50)
np.percentile(B,50)
np.quantile(R,0.3)
np.quantile(B,0.3)
np.quantile(R,0.3,method='lower')
np.nanquantile(Q,0.5)
np.nancumsum(Q)
np.cumulative_sum(R)
np.isclose(R,R)
np.isclose(A,A)
np.allclose(R,R)
np.allclose(R,R,atol=m(1,'s'))
np.array_equal(A,A)
np.array_equal(A,A,equal_nan=True)
np.array_equiv(B,B)
np.nan_to_num(Q)
np.isreal(R)
np.iscomplex(R)
np.real(R)
np.imag(R)
np.real_if_close(R)
np.sign(R)
np.fix(R)
np.dot(R,R)
np.dot(R,[1,2,3])
np.inner(R,[1,2,3])
np.outer(R,[1,2])
np.multiply.outer(R,[1,2])
np.vdot(R,[1,2,3])
np.tensordot(R,[1,2,3],1)
np.einsum('i->',R)
np.einsum('i,i->',R,[1,2,3])
np.matmul(R,[1,2,3])
np.trace(np.array([[1,2],[3,4]],'m8[s]'))
np.diag(R)
np.tril(np.array([[1,2],[3,4]],'m8[s]'))
np.triu(np.array([[1,2],[3,4]],'M8[s]'))
np.kron(R,[1,2])
np.bincount(R)
np.unwrap(R)
np.convolve(R,[1,2])
np.correlate(R,[1,2])
np.fromiter(['2020','2021'],'M8[D]')
np.fromiter([1,2],'m8[D]')
np.frombuffer(np.array([1,2]),dtype='M8[s]')
np.fromstring('1 2',dtype='m8[s]',sep=' ')
np.fromfunction(lambda i:i,(3,),dtype='m8[s]')
np.indices((2,),dtype='m8[s]')
np.meshgrid(B,R)
np.broadcast_to(B,(2,3))
np.rot90(np.stack([B,B]))
np.apply_along_axis(lambda x:x.max(),0,B)
np.piecewise(R,[R>m(0,'s')],[m(1,'s'),m(2,'s')])
np.extract([True,False,True],B)
np.place(B.copy(),[True,False,True],[d('2021')])
np.copyto(B.copy(),d('2021'))
np.copyto(B.copy(),'2021')
np.copyto(B.copy(),5)
np.copyto(R.copy(),5)
np.putmask(B.copy(),[True,False,True],d('2021'))
np.fill_diagonal(np.zeros((2,2),'M8[D]'),d('2021'))
np.atleast_2d(B)
np.trim_zeros(np.array([0,1,0],'m8[s]'))
np.argwhere(R)
np.iinfo('m8[s]')
np.finfo('m8[s]')
np.issubdtype('M8[s]',np.datetime64)
np.issubdtype('M8[s]','M8[D]')
np.issubdtype('M8[s]','M8')
np.issubdtype('m8[s]',np.signedinteger)
np.issubdtype('m8[s]',np.integer)
np.issubdtype('M8[s]',np.number)
np.issubdtype(np.datetime64,np.generic)
np.isdtype(np.dtype('m8[s]'),'signed integer')
np.isdtype(np.dtype('m8[s]'),'integral')
np.isdtype(np.dtype('m8[s]'),'numeric')
np.isdtype(np.dtype('M8[s]'),np.datetime64)
np.isdtype(np.dtype('M8[s]'),np.dtype('M8'))
np.min_scalar_type(d('2020'))
np.nanstd(R)
np.nanvar(R)
np.nanprod(R)
np.nanmax(A)
np.nanargmax(np.array(['NaT'],'M8[s]'))
np.nanmin(np.array(['NaT'],'M8[s]'))
B.sum()
B.mean()
B.cumsum()
R.mean(dtype='f8')
B.max().dtype
'''

BUSINESS = '''
np.datetime_as_string(A).tolist()
np.datetime_as_string(A).dtype
np.datetime_as_string(A,'h').tolist()
np.datetime_as_string(A,'h').dtype
np.datetime_as_string(A,'s').tolist()
np.datetime_as_string(A,'s').dtype
np.datetime_as_string(A,'M').tolist()
np.datetime_as_string(A,'M').dtype
np.datetime_as_string(A,'M',casting='unsafe').tolist()
np.datetime_as_string(A,'M',casting='unsafe').dtype
np.datetime_as_string(A,'auto').tolist()
np.datetime_as_string(A,'auto').dtype
np.datetime_as_string(np.array(['2020-01-01T00:00:00','2020-01-01T00:00:05.100'],'M8[ns]'),'auto').tolist()
np.datetime_as_string(np.array(['2020-01-01T00:00:00','2020-01-01T00:00:05.100'],'M8[ns]'),'auto').dtype
np.datetime_as_string(np.array(['2020-01-01T00:00:00','2020-01-01T05:00'],'M8[ns]'),'auto').tolist()
np.datetime_as_string(np.array(['2020-01-01T00:00:00','2020-01-01T05:00'],'M8[ns]'),'auto').dtype
np.datetime_as_string(np.array(['2020-01-01'],'M8[s]'),'auto').tolist()
np.datetime_as_string(np.array(['2020-01-01'],'M8[s]'),'auto').dtype
np.datetime_as_string(A,None,'UTC').tolist()
np.datetime_as_string(A,None,'UTC').dtype
np.datetime_as_string(A.astype('M8[s]'),None,'UTC').tolist()
np.datetime_as_string(A.astype('M8[s]'),None,'UTC').dtype
np.datetime_as_string(A,None,'local').tolist()
np.datetime_as_string(A,None,'local').dtype
np.datetime_as_string(A.astype('M8[s]'),None,'local').tolist()
np.datetime_as_string(A.astype('M8[s]'),None,'local').dtype
np.datetime_as_string(A,timezone='xx').tolist()
np.datetime_as_string(A,timezone='xx').dtype
np.datetime_as_string(d('2020-01-01'))
np.datetime_as_string(d('2020-01-01T05:06','m'),unit='h')
np.datetime_as_string(d('2020-01-01T05:06','m'),unit='h',casting='unsafe')
np.datetime_as_string(d('2020-01-01','W'))
np.datetime_as_string(d('2020-01-01','W'),'D')
np.datetime_as_string(d('NaT'))
np.datetime_as_string(d(5,'25s'))
np.datetime_as_string(np.array([5])).tolist()
np.datetime_as_string(np.array([5])).dtype
np.datetime_as_string('2020-01-01')
np.datetime_as_string(A,'X').tolist()
np.datetime_as_string(A,'X').dtype
np.datetime_as_string(A,'generic').tolist()
np.datetime_as_string(A,'generic').dtype
np.datetime_as_string(np.array([],'M8[s]')).tolist()
np.datetime_as_string(np.array([],'M8[s]')).dtype
np.datetime_as_string(B,unit=5).tolist()
np.datetime_as_string(B,unit=5).dtype
np.datetime_as_string(B,'2s').tolist()
np.datetime_as_string(B,'2s').dtype
np.busday_count('2011-01','2011-02')
np.busday_count('2011-02','2011-01')
np.busday_count(B,'2021-01-01')
np.busday_count('2011','2012',weekmask='Sat')
np.busday_count('2011','2012',weekmask='1111100',holidays=['2011-05-05','2011-05-07'])
np.busday_count('2011','2012',weekmask=[1,1,1,1,1,0,0])
np.busday_count('2011','2012',weekmask='Mon Tue')
np.busday_count('2011','2012',weekmask='MonTue')
np.busday_count('2011','2012',weekmask='  Mon   Tue  ')
np.busday_count('2011','2012',weekmask='mon')
np.busday_count('2011','2012',weekmask='0000000')
np.busday_count('2011','2012',weekmask='111110')
np.busday_count('2011','2012',weekmask=[1,1])
np.busday_count('2011','2012',weekmask=[1,1,1,1,1,0,2])
np.busday_count('2011','2012',weekmask=5)
np.busday_count('NaT','2012')
np.busday_count('2011','NaT')
np.busday_count('2011','2012',busdaycal=np.busdaycalendar())
np.busday_count('2011','2012',busdaycal=np.busdaycalendar(),weekmask='Mon')
np.busday_count(d('2011-01-01T05'),d('2012'))
np.busday_count(5,6)
np.busday_count('2011','2012',out=np.zeros((),'i8'))
np.busday_count(['2011','2012'],[['2012'],['2013']])
np.busday_count(['2011','2012'],['2012','2013','2014'])
np.busday_offset('2011-10',0,roll='forward')
np.busday_offset('2012-03',-1,roll='forward')
np.busday_offset('2011-10-01',0)
np.busday_offset('2011-10-01',0,'raise')
np.busday_offset('2011-10-01',0,'nat')
np.busday_offset('2011-10-01',0,'backward')
np.busday_offset('2011-10-01',0,'following')
np.busday_offset('2011-10-01',0,'preceding')
np.busday_offset('2011-12-31',0,'modifiedfollowing')
np.busday_offset('2011-10-01',0,'modifiedpreceding')
np.busday_offset('2011-10-01',0,'x')
np.busday_offset('2011-10-03',[1,2,-1,-5,10,20])
np.busday_offset('NaT',1)
np.busday_offset('2011-10-03',1.5)
np.busday_offset('2011-10-03',m(5,'D'))
np.busday_offset('2011-10-03',m(5,'h'))
np.busday_offset(A,1,'forward')
np.busday_offset(A.astype('M8[s]'),1,'forward')
np.busday_offset(['2011-10-03','2011-10-08'],[[0],[1]],'forward',weekmask='Mon Tue Sun',holidays='2011-10-09')
np.busday_offset('2011-10-03',3,holidays=['2011-10-04','2011-10-04','NaT','2011-10-08'])
np.busday_offset('2011-10-03',-3,holidays=['2011-09-30'])
np.busday_offset('2011-10-03',3,busdaycal=np.busdaycalendar(holidays=['2011-10-04']))
np.busday_offset('2011-10-03',3,holidays=['2011-10-04'],busdaycal=np.busdaycalendar(holidays=['2011-10-04']))
np.busday_offset('2011-10-04',0,holidays=['2011-10-04'])
np.is_busday('2011-10-03')
np.is_busday(['2011-10-03','2011-10-08','NaT'])
np.is_busday(A,weekmask='Sun',holidays=['2020-01-05'])
np.is_busday(A,busdaycal=np.busdaycalendar('Sun'))
np.is_busday(5)
np.is_busday(None)
np.busdaycalendar().weekmask
np.busdaycalendar('Mon').holidays
np.busdaycalendar('1111111',['2011-05-06','2011-01-01','NaT','2011-05-06']).holidays
np.busdaycalendar('1111100',['2011-05-07','2011-01-03']).holidays
np.busdaycalendar('1111100',5)
np.busdaycalendar('1111100',d('2011-05-06')).holidays
np.busdaycalendar('1111100',['2011'],3)
np.busdaycalendar('0000000')
np.datetime_data('M8[7D]')
np.datetime_data(np.datetime64)
np.datetime_data('m8')
np.isnat(d('NaT'))
np.isnat('NaT')
np.isnat(None)
np.isnat([d('NaT')])
'''

TEXTS = [
    '2011', '2011-01', '2011-01-05', '2011-01-05T03', '2011-01-05T03:04', '2011-01-05 03:04:05', '2011-01-05 03:04:05.1',
    '2011-01-05 03:04:05.1234', '2011-01-05 03:04:05.1234567', '2011-01-05 03:04:05.1234567890',
    '2011-01-05 03:04:05.123456789012345678', '2011-01-05 03:04:05.1234567890123456789', '1970-01-01 00:00:05.1234567890123',
    '2011-01-05T03:04:05Z', '2011-01-05T03:04:05+0100', '2011-01-05T03:04:05-01:30', '2011-01-05T03Z', '20110105', '2011-1-5',
    '2011-13', '2011-00', '2011-02-30', '2011-02-29', '2012-02-29', '1900-02-29', '2000-02-29', '2011-02-00', '2011-02-28T24',
    '2011-02-28T23:60', '2011-02-28T23:59:60', '2011-02-28T23:59:59,5', '-0001-02-28', '+12345-02-28', '12345-02-28', '-12345', '0000',
    '0000-02-29', '-0004-02-29', '', 'nat', 'NaT', 'NAT', ' 2011', '2011 ', '  ', '-', '+', '2011-', '2011-02-', '2011-02-03T',
    '2011-02-03 ', '2011-02-03T12:', '2011-02-03T12:23.5', '2011-02-03T12:23:12.', '2011-02-03T12:23:12+25:00',
    '2011-02-03T12:23:12+05:70', '2011-02-03T12:23:12 +05', '2011-02-03T12:23:12.123456789012Z', '99999999999999999999', 'x',
    '2011x', '2011-01x', '2011-01-02x', '1677-09-21T00:12:44', '9999-12-31T23:59:59.999999', '1969-12-31T23:59:59.999',
]
UNITS = ['Y', 'M', 'W', 'D', 'h', 'm', 's', 'ms', 'us', 'ns', 'ps', 'fs', 'as']
PARSING = [f'np.datetime64({t!r})' for t in TEXTS]
PARSING += [f'np.datetime64({t!r}, {u!r})' for t in ('2011-05-06T07:08:09.123456', '1969-02-28T23', '-0043-03-15', 'NaT', '2011') for u in UNITS]
PARSING += [f'np.array([{t!r}], {u!r})' for t in ('2011-05', 'x', 'NaT') for u in ('M8', 'M8[D]', 'm8', 'M8[generic]')]
PARSING += r'''
np.datetime64()
np.datetime64(None)
np.datetime64(5)
np.datetime64(5, 'D')
np.datetime64(5.5, 'D')
np.datetime64(5, 'generic')
np.datetime64(5, '25s')
np.datetime64(5, ('D', 2))
np.datetime64(5, ('D', 2, 3))
np.datetime64(5, 'X')
np.datetime64(5, 's/2')
np.datetime64(True, 's')
np.datetime64('2011', '[D]')
np.datetime64('2011', 'generic')
np.datetime64(np.datetime64('2011', 'Y'), 'D')
np.datetime64(np.datetime64('2011-02-03', 'D'), 'Y')
np.datetime64(np.datetime64('2011-02-03', 'D'))
np.datetime64(np.timedelta64(3, 'D'))
np.datetime64('now').dtype
np.datetime64('today').dtype
np.datetime64('now', 'D').dtype
np.datetime64('now', 'h').dtype
np.datetime64('today', 's').dtype
np.timedelta64(np.datetime64('2011-02-03', 'D'))
np.timedelta64()
np.timedelta64(5)
np.timedelta64(5, 'D')
np.timedelta64('5', 'D')
np.timedelta64('NaT')
np.timedelta64('')
np.timedelta64(None)
np.timedelta64(5.5, 'D')
np.timedelta64('x', 'D')
np.timedelta64('5 D')
np.timedelta64(True, 'D')
np.timedelta64(2**63, 'D')
np.timedelta64(-2**63, 'D')
np.timedelta64(np.timedelta64(5, 'D'), 'h')
np.timedelta64(np.timedelta64(5, 'D'), 'M')
np.timedelta64(np.timedelta64(50, 'h'), 'D')
np.timedelta64(np.timedelta64(5))
np.timedelta64(np.timedelta64(5), 's')
np.timedelta64(np.int32(5), 's')
np.timedelta64(1, 'xx')
np.timedelta64(1, '')
np.timedelta64(1, 5)
np.timedelta64(1, '[s]')
np.timedelta64(1, '-2s')
np.array([1, 2, None, 'NaT', ''], 'm8[s]')
np.array([1, 2, None, 'NaT', ''], 'M8[s]')
np.array(['1', '5'], 'm8[s]')
np.array([1.5], 'm8[s]')
np.array([1.5], 'M8[s]')
np.array([1], 'M8')
np.array([1], 'm8')
np.array([], 'M8')
np.array([None], 'M8')
np.array(['2011-01', '2012-01-05'], 'M8')
np.array(['2011-01', '2012-01-05'], 'M8[s]')
np.array(['2011', 'today'], 'M8').dtype
np.array([np.datetime64('2011'), np.datetime64('2012-03')])
np.array([np.datetime64('2011'), '2012-03'], 'M8')
np.array([np.timedelta64(3, 'D'), 5])
np.array([np.timedelta64(3, 'D'), np.datetime64('2011')])
np.array([True, np.timedelta64(3, 'D')])
np.array([[np.datetime64('2011'), np.datetime64('NaT')], ['2012-03', '']], 'M8[D]')
np.array(5, 'M8[D]')
np.array(5, 'm8[D]')
np.array('NaT', 'm8[D]')
np.array('NaT', 'M8')
np.array('x', 'M8')
'''.strip().split('\n')

CASTS = [f"np.array([-1000, -1, 0, 1, 59, 60, 12345, 'NaT'], 'M8[{a}]').astype('M8[{b}]')" for a in UNITS for b in ('Y', 'M', 'W', 'D', 'h', 's', 'ns', '7D', '5M', '3Y')]
CASTS += [f"np.array([-1000, -1, 0, 1, 59, 60, 12345, 'NaT'], 'm8[{a}]').astype('m8[{b}]')" for a in UNITS for b in ('Y', 'M', 'W', 'D', 's', 'ns', '7D', '25s')]
CASTS += [f"np.array([0, 1, 3, 'NaT'], 'm8[s]').astype({t!r})" for t in ('?', 'i1', 'u1', 'i4', 'u4', 'i8', 'u8', 'f2', 'f4', 'f8', 'c8', 'c16', 'm8', 'm8[ms]', 'M8', 'M8[D]', '>m8[s]', '>m8[ms]', '>i8', '>f4')]
CASTS += [f"np.array([0, 1, 3, 'NaT'], 'M8[D]').astype({t!r})" for t in ('?', 'i1', 'u1', 'i4', 'i8', 'u8', 'f4', 'f8', 'c16', 'M8', 'M8[ms]', 'm8', 'm8[s]', '>M8[D]', '>M8[s]')]
CASTS += [f"np.array([0, 1, 3], {t!r}).astype({u!r})" for t in ('?', 'i1', 'u2', 'i8', 'u8', 'f2', 'f4', 'f8', 'c16', '>i4', '>f8') for u in ('m8[s]', 'M8[D]', '>m8[s]', 'm8')]
CASTS += r'''
np.array([5.7, np.nan, np.inf, 1e30, -5.7], 'f8').astype('m8[s]')
np.array([5.7, np.nan], 'f8').astype('M8[s]')
np.array([5.7+1j], 'c16').astype('M8[s]')
np.array([2**63+5], 'u8').astype('m8[s]')
np.array([5], 'i8').astype('M8')
np.array(['NaT'], 'm8[h]').astype('m8')
np.array(['NaT'], 'M8').astype('M8[s]')
np.array([5], 'm8').astype('M8[s]')
np.array([2**60], 'M8[D]').astype('M8[ns]')
np.array([2**40], 'M8[Y]').astype('M8[D]')
np.array([2**60], 'M8[Y]').astype('M8[M]')
np.array([300, 400], 'M8[Y]').astype('M8[ns]')
np.array([2**60], 'm8[Y]').astype('m8[M]')
np.array([2**60], 'm8[W]').astype('m8[as]')
np.array([2], 'M8[Y]').astype('M8[as]')
np.array([2], 'M8[D]').astype('M8[fs]')
np.array([2], 'M8[h]').astype('M8[as]')
np.array([5], 'm8[s]').astype('m8[ms]', casting='no')
np.array([5], 'm8[s]').astype('m8[ms]', casting='equiv')
np.array([5], 'm8[s]').astype('i8', casting='same_kind')
np.array([5], 'm8[ms]').astype('m8[s]', casting='safe')
np.array(5, 'm8[ms]').astype('m8[s]', casting='safe')
np.array([5], 'm8[s]').view('i8')
np.array([5]).view('M8[s]')
np.array([5, 'NaT'], 'M8[s]').view('m8[D]')
np.array(['2011-02-04', 'NaT'], '>M8[D]')
np.array(['2011-02-04', 'NaT'], '>M8[D]').astype('M8[M]')
np.array([5, 6], '>m8[s]').sum()
np.sort(np.array([5, 'NaT', 3], '>m8[s]'))
np.array([5, 6], '>m8[s]') + np.array([1, 2], 'm8[ms]')
np.array(['2011-02-04', 'NaT'], '>M8[D]') < np.datetime64('2012')
np.array(['NaT', 5, 0], 'M8[s]').astype('U5')
np.array(['NaT', 5, 0], 'M8[s]').astype('S5')
np.array(['2011-02', '2011-03-05'], 'U10').astype('M8')
np.array(['2011-02', '2011-03-05'], 'S10').astype('M8[s]')
np.array(['12', 'NaT'], 'U3').astype('m8[s]')
np.array(['12', 'x'], 'U3').astype('m8[s]')
np.array([0], 'M8').astype('U')
'''.strip().split('\n')
CASTS += [f"str(np.array([0], 'M8[{u}]').astype('U')[0])" for u in UNITS] + [f"np.array([0], 'M8[{u}]').astype('U').dtype" for u in UNITS]
CASTS += [f"str(np.array([7], 'm8[{u}]').astype('U')[0])" for u in UNITS + ['generic', '25s']]

DTYPES = ['M8', 'M8[D]', 'M8[s]', 'M8[Y]', 'M8[7D]', 'M8[W]', 'M8[25s]', 'm8', 'm8[D]', 'm8[Y]', 'm8[7M]', 'm8[25s]', 'i8', 'u8', 'u4', '?', 'f8', 'O', 'U5', 'S5', 'V8', '>M8[D]']
RULES = [f"np.can_cast({a!r}, {b!r}, {c!r})" for a in DTYPES for b in DTYPES for c in ('equiv', 'safe', 'same_kind') if 'M' in (a + b) or 'm' in (a + b)]
RULES += [f"np.promote_types({a!r}, {b!r})" for i, a in enumerate(DTYPES) for b in DTYPES[:i + 1] if 'M' in (a + b) or 'm' in (a + b)]
RULES += [f'np.dtype({t!r})' for t in ('M8[25s]', '>M8[25s]', 'M8', 'M8[generic]', 'M8[X]', 'M8[D', 'M8[D]x', 'M8[]', 'M8[D/24]', 'M8[D/5]', 'M8[Y/4]', 'M8[Y/5]', 'M8[M/4]', 'M8[3D/2]', 'M8[as/2]', 'M8[-1s]', 'M8[ s]', 'M8[B]', 'datetime64[s]', 'timedelta64', 'M8[W/2]', 'M8[W/5]', 'M8[D/7]', 'M8[h/8]', 'M8[m/7]', 'M8[m/16]', 'M8[s/64]', 'M8[ms/2]', 'M8[fs/2]', 'M8[fs/7]', 'M8[3s/3]', 'M8[Y/13]', 'M8[M/5]', 'M8[M/9]', 'M8[99999999999s]', 'M8[s]]')]
RULES += [f'np.dtype({t!r}).{a}' for t in ('M8[25s]', 'm8', '>m8[D]', 'M8[D]') for a in ('name', 'str', 'kind', 'char', 'num', 'itemsize', 'alignment', 'byteorder', 'isnative')]
RULES += [f'repr(np.dtype({t!r}))' for t in ('M8[25s]', 'm8', '>m8[D]', 'M8[D]')] + [f'str(np.dtype({t!r}))' for t in ('M8[25s]', 'm8', '>m8[D]', 'M8[D]')]
RULES += r'''
np.promote_types('m8[1000000000D]', 'm8[as]')
np.promote_types('M8[W]', 'M8[fs]')
np.promote_types('M8[3Y]', 'M8[7D]')
np.result_type('m8[s]', 'M8[ms]')
np.result_type('m8[s]', 'f8')
np.result_type('m8[s]', 'f8', 'i8')
np.result_type(np.array([1], 'm8[s]'), 1)
np.result_type(np.array([1], 'M8[s]'), 1)
np.datetime_data('M8[25s]')
np.datetime_data('i8')
np.datetime_data(np.array([5], 'm8[s]'))
'''.strip().split('\n')

PRINTING = r'''
np.array(['2011-02-04', 'NaT'], 'M8[D]')
np.array(['2011-02-04', 'NaT'], 'M8[s]')
np.array(['2011-02-04', 'NaT'], 'M8[M]')
np.array([5, 'NaT', -100], 'm8')
np.array([5, 'NaT', -100], 'm8[D]')
np.array([5, -100], 'm8[D]')
np.array(['NaT'], 'm8[D]')
np.array(['NaT', 'NaT'], 'M8[D]')
np.array([], 'M8[D]')
np.zeros((2, 2), 'M8[h]')
np.zeros((0, 2), 'M8[h]')
np.arange('2020-01-01', '2024-01-01', dtype='M8[D]')
np.arange(2000).astype('m8[us]')
str(np.array([5, 'NaT', -100], 'm8[D]'))
str(np.array([5, 'NaT', -100], 'M8[D]'))
str(np.array(5, 'm8[D]'))
str(np.timedelta64(5, '25s'))
str(np.datetime64(-1, 'Y'))
str(np.datetime64(-3000, 'Y'))
str(np.datetime64(300000, 'Y'))
str(np.datetime64(2**62, 'D'))
str(np.datetime64(2**62, 's'))
str(np.datetime64(2**62, 'h'))
str(np.datetime64(-2**62, 'as'))
str(np.datetime64(-2**63+1, 'ns'))
str(np.datetime64(-2**63+1, 's'))
np.array2string(np.array([5, 'NaT'], 'M8[D]'), separator=', ')
np.array2string(np.array([5, 'NaT'], 'm8[D]'), separator=', ')
'''.strip().split('\n')

# Operands of the ufuncs, short names for which are the same in the test.
X0 = np.array([5, 'NaT', 0, -3], 'M8[D]')
X1 = np.array([1, 2, 'NaT', 0], 'M8[h]')
X2 = np.array([5, 'NaT', 0, -3], 'm8[D]')
X3 = np.array([2, 'NaT', 3, 0], 'm8[h]')
X4 = np.array([1, 2, 3, 4], 'm8[M]')
X5 = np.array([1, 2, 0, 4], 'm8')
X6 = np.array([2, 3, 0, -1], 'i8')
X7 = np.array([2, 3, 0, 1], 'u8')
X8 = np.array([2, 3, 0, 1], 'u1')
X9 = np.array([2.5, np.nan, 0, -np.inf], 'f4')
X10 = np.array([True, False, True, True])
OPERANDS = [f'X{k}' for k in range(11)] + ['3', '2.5', '-2']
BINARY = ['add', 'subtract', 'multiply', 'divide', 'floor_divide', 'remainder', 'divmod', 'maximum', 'minimum', 'fmax', 'fmin', 'equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal', 'logical_and', 'logical_or', 'logical_xor', 'power', 'fmod', 'bitwise_and', 'left_shift', 'arctan2', 'hypot', 'gcd', 'copysign', 'logaddexp', 'heaviside', 'nextafter', 'float_power', 'ldexp']
UNARY = ['negative', 'positive', 'absolute', 'fabs', 'sign', 'isfinite', 'isinf', 'isnan', 'isnat', 'logical_not', 'invert', 'square', 'sqrt', 'sin', 'floor', 'rint', 'conjugate', 'reciprocal', 'exp', 'signbit', 'spacing', 'modf', 'frexp', 'bitwise_count', 'cbrt', 'deg2rad']
TIMES = set(OPERANDS[:6])
PAIRS = [f'np.{f}({a}, {b})' for f in BINARY[:20] for a in OPERANDS for b in OPERANDS if a in TIMES or b in TIMES]
PAIRS += [f'np.{f}({a}, {b})' for f in BINARY[20:] for a, b in [(OPERANDS[0], OPERANDS[2]), (OPERANDS[2], OPERANDS[6]), (OPERANDS[2], '3')]]
PAIRS += [f'np.{f}({a})' for f in UNARY for a in OPERANDS[:6]]
PAIRS += [f"np.{f}.{meth}({a})" for f in BINARY[:20] for meth in ('reduce', 'accumulate') if f[:4] not in ('equa', 'not_', 'less', 'grea') for a in ("np.array([5, 2, 7], 'm8[s]')", "np.array([5, 2, 7], 'M8[s]')")]


def show(r):
    if isinstance(r, (bool, np.bool_)):
        return f'bool {bool(r)}'
    if isinstance(r, np.dtype):
        return 'dtype ' + r.str
    if isinstance(r, (np.generic, np.ndarray)) and r.ndim == 0:
        return f'num {r}' if r.dtype.kind in 'iuf' else f'{r.dtype.str} {r}'
    if isinstance(r, np.ndarray):
        return r.dtype.str + ' ' + re.sub(r',\s+dtype=int64\)$', ')', repr(r))
    if isinstance(r, (int, float)):
        return f'num {r}'
    if isinstance(r, (list, tuple)):
        return '[' + '; '.join(show(x) for x in r) + ']'
    return 'None' if r is None else f'{type(r).__name__} {r}'


def answer(python):
    try:
        return show(eval(python))
    except Exception as e:
        return f'{type(e).__name__}: {e}'


GROUPS = {'ufuncs': UFUNCS, 'functions': FUNCTIONS, 'business days and texts': BUSINESS, 'reading': PARSING, 'casting': CASTS, 'promotion and dtypes': RULES, 'printing': PRINTING}
folder = pathlib.Path(__file__).resolve().parent


def write(file, groups):
    out = {}
    for name, lines in groups.items():
        if isinstance(lines, str):
            lines = lines.strip().split('\n')
        out[name] = [[translate(text), answer(text)] for text in lines]
    # Equal answers are written once: many of these cases are refusals.
    answers = sorted({a for rows in out.values() for _, a in rows})
    place = {a: i for i, a in enumerate(answers)}
    data = {'answers': answers, 'groups': {k: [[js, place[a]] for js, a in v] for k, v in out.items()}}
    path = folder / file
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(',', ':')).replace('],[', '],\n[') + '\n')
    print(f'{file}: {sum(map(len, out.values()))} cases, {path.stat().st_size / 1024:.0f} KB')


write('times.json', GROUPS)
write('times-ufuncs.json', {'every ufunc with every operand': PAIRS})
