import { doubles, singles } from '../encoded.js';

/**
 * The tables of the ziggurat method for the normal distribution (Marsaglia & Tsang, The Ziggurat Method for Generating Random
 * Variables, J. Statistical Software 5(8), 2000), with 256 layers: a layer's width per unit of the random integer, the integer
 * below which a point lies under the density for certain, and the density at the layer's edge. They are NumPy's to the bit (which
 * are not the correctly rounded values), because every draw of the stream depends on them.
 */

/** Edge of layer i, over 2^52. */
export const WIDTH: Float64Array = /*@__PURE__*/ doubles(
  'edkVeDtJzzzG9v3jC42LPLRbLDyvUJI8YTtEOLl8lTwMpy/o/AGYPLzQTC4MI5o892E4L00AnDx0cnRaL6ydPMPVTC1IMp88rbuOJzJNoDxDXQI7' +
    'BfWgPHc2QZemkqE89Rp6j6InojyA2GM4LrWiPPWRV8A/PKM8L7GiwZ69ozxVm/+N7zmkPKf+PTa7saQ8dNMaYnUlpTyWzgengJWlPOp+2c8xAqY8' +
    'PXyjYdJrpjxwBQCSotKmPKb4RtPaNqc8dyqzEK2YpzxD9UatRfinPHcKQ1PMVag8mnZ7nmSxqDyYz06pLgupPOoeLIJHY6k8RsU4jsm5qTwsp6Tc' +
    'zA6qPFnNd21nYqo8MBYQbq20qjycbBNtsQWrPCl6QoeEVas8Op9Sjjakqzwygr8q1vGrPPNOWflwPqw8YTsypROKrDyLJnL+ydSsPEi3gA6fHq08' +
    'EB/kKZ1nrTzDuCMAzq+tPFN28ak69608/u3Stes9rjwAb3oz6YOuPM6C+b06ya48JmLwhOcNrzyI9thU9lGvPK7Xh55tla88rC76fVPYrzzsNELg' +
    'Vg2wPJqPOfVALrA8/KUWnupOsDwQoHJbVm+wPAv0cZCGj7A8E2G8hH2vsDx/zEtmPc+wPGsIFkvI7rA87hWVMiAOsTy+DzEHRy2xPEGRjp8+TLE8' +
    'HiDEvwhrsTw02ngap4mxPIht7lEbqLE8yyr4+GbGsTwu1OCTi+SxPJ+gQJmKArI86cbEcmUgsjwfw+l9HT6yPPtrqQy0W7I8f9MdZip5sjwb1xnH' +
    'gZayPNouuGK7s7I8U7jhYtjQsjyOqcvo2e2yPNdIbg3BCrM8MLn04Y4nszyhXiZwRESzPNVSyrriYLM8algFvmp9szxksrJv3ZmzPAM9uL87trM8' +
    '4B1WmIbSszyDWnLevu6zPHSe4HHlCrQ8XXSmLfsmtDykMDzoAEO0PF3HynP3XrQ8NsNmnt96tDwvj0gyupa0PF1BAvaHsrQ83BGzrEnOtDwFpjgW' +
    'AOq0PGJVXu+rBbU8WosK8k0htTxPZmrV5jy1PMiyG053WLU8eF9VDgB0tTwUhQ7GgY+1PFkbJCP9qrU8PXN90XLGtTzTjC974+G1PDhen8hP/bU8' +
    'wx+jYLgYtjyisKLoHTS2PAsmtwSBT7Y8cpbJV+Jqtjw3MbGDQoa2PLGyUCmiobY8u0Oz6AG9tjxS0yhhYti2PFT4YTHE87Y862iL9ycPtzzGFGlR' +
    'jiq3PNzucNz3Rbc8H3PlNWVhtzxJ9O/61ny3PJO9ushNmLc8CRSLPMqztzz7ItvzTM+3POfec4zW6rc8H+qGpGcGuDx2hsjaACK4PBWfic6iPbg8' +
    'vfXRH05ZuDzFfnpvA3W4PC33R1/DkLg8Q8AFko6suDycDKGrZci4PCdqRFFJ5Lg8j7VzKToAuTxHgyjcOBy5PPwK7xJGOLk8iqIDeWJUuTzu1XC7' +
    'jnC5PDEqLonLjLk8v5k/kxmpuTws2dWMecW5PBF0byvs4bk8StL6JnL+uTySNvk5DBu6PFvIoiG7N7o8iLsLnn9UujykqUpyWnG6PD0xoGRMjro8' +
    'CPGfPlarujzO9VrNeMi6PDazi+G05bo8GqHDTwsDuzxbmJrwfCC7PAAM4KAKPrs8Az3OQbVbuzwniT+5fXm7PDz35fFkl7s8biWF22u1uzyiwC5r' +
    'k9O7PIOugZvc8bs8oBbsbEgQvDwtevDl1y68PBwNbhOMTbw8BYfsCGZsvDwXpuvgZou8PKuiNr2Pqrw8kNY7x+HJvDw34GgwXum8PG6PizIGCb08' +
    'IO83ENsovTxHxjMV3ki9PCPx55YQab08pfvX9HOJvTxwbiCZCaq9PA5J/PjSyr08Ny5SldHrvTwc0kn7Bg2+PPZG6sR0Lr48iNHBmRxQvjwl/pcv' +
    'AHK+PAq/KkshlL48CG/3wIG2vjw6pxB2I9m+PKnsAWEI/L48IVPCijIfvzxtTbcPpEK/PGgBySBfZr88gpeJBGaKvzy/InEYu66/PIXnL9Jg0788' +
    'C/YYwVn4vzx1oNNH1A7APEfJjwKoIcA8qwKpg6k0wDzH9T5O2kfAPH6zrfY7W8A8aCanI9BuwDwXLmOPmILAPFSi6AiXlsA8xMBxdc2qwDxI1O7R' +
    'Pb/APDA9qjTq08A8k2URz9TowDy2n6bv//3APEFwIARuE8E8NV27myEpwTxtCcRpHT/BPDsuYEhkVcE88+6dO/lrwTxhEtJ034LBPKzrTlYamsE8' +
    'ji9/d62xwTyUpnGpnMnBPDmu5Pvr4cE8Adniwp/6wTyBzASdvBPCPO7Tb3pHLcI8JJyspEVHwjzgWHbHvGHCPC5ZqPqyfMI8eA53zS6YwjxSCipT' +
    'N7TCPJfbljHU0MI89XipsQ3uwjzurlbS7AvDPKOkaF57KsM8oxKuBcRJwzxAqDN60mnDPApBVpKzisM8+oiucHWswzymBBezJ8/DPHX0YKrb8sM8' +
    '2uW5nKQXxDyUXlQVmD3EPBU6p0TOZMQ8vEOcdWKNxDwnWmudc7fEPAKJzQ0l48Q8QazpU58QxTxCfjpSEUDFPBvkSqmxccU82Y1xi8ClxTz+0Dok' +
    'itzFPEwehs9pFsY86moAe85TxjzD5Z++QJXGPDLiCY1r28Y8NHpf8CgnxzxzBglWlXnHPIzO1vQt1Mc8NPIpBQM5yDwUfKq/D6vIPJZEb5TgLsk8' +
    'q1dAAe7LyTxad5R43I/KPLH9eDgfmMs8M60JgrQ7zTw=',
);

/** Integers below this one are inside the density. */
export const INSIDE: Float64Array = /*@__PURE__*/ doubles(
  '1N5LAHvmLUMAAAAAAAAAAFCN9zF9EShDhAJ79alGK0PU3YP97KMsQ/zup9OrZC1DcpX9ApfeLUNUifQVjjIuQzCW/8Paby5DuErCKo2eLkMsRzfI' +
    'S8MuQ0gtp+r04C5DNIlQ2GX5LkOmr8YY4g0vQ7xLBq9MHy9DtKGbjkkuL0MS6rcPUjsvQ+j0A+vBRi9D8Je2vN9QL0O4qabB4lkvQx5yMc72YS9D' +
    'jOmmGj9pL0Pu/M1G2G8vQxzKQ9PZdS9D2hcIOld7L0Ou2P7BYIAvQ5BEbyAEhS9DorfE9UyJL0Ni3PUuRY0vQ0gtUVL1kC9DCr2XvGSUL0M0RgTS' +
    'mZcvQ4hz8CWami9DMtkfm2qdL0Ngkjt+D6AvQ8yJrZuMoi9DoOjFUeWkL0M8kuGfHKcvQ/BoITM1qS9Dph4kcTGrL0PYMx2BE60vQ2TQkVPdri9D' +
    '0BH2qJCwL0MYWVoXL7IvQ6RbTw+6sy9DGL0g4DK1L0NAXIC7mrYvQ6D5t7jyty9D+jRz1zu5L0M65TACd7ovQyBfaBCluy9DyD5tyMa8L0Ocohrh' +
    '3L0vQ1xoTQPovi9DgNozy+i/L0PkSXjJ38AvQ7BES4TNwS9DmHBReLLCL0Myf3gZj8MvQ1Q5ttNjxC9DIje0CzHFL0MMg2of98UvQ5Qaq2a2xi9D' +
    'VACgM2/HL0P+Wj3TIcgvQ2juqI3OyC9DuBKYpnXJL0NIKqVdF8ovQ/B4ne6zyi9DJCTIkUvLL0MSDSd83ssvQ/Agst9szC9D8KqN6/bML0NUIzzM' +
    'fM0vQ+Tpy6v+zS9DBE4BsnzOL0NyPH0E984vQ0Th4MZtzy9DhoTuGuHPL0MY4acgUdAvQ3Quava90C9DyBAIuSfRL0N4neGDjtEvQ+yd+nDy0S9D' +
    'OjYPmVPSL0PUEacTstIvQ0Q1J/cN0y9DzJDiWGfTL0OqbSlNvtMvQ/jMV+cS1C9DSM3iOWXUL0NYKmVWtdQvQzToqk0D1S9D4Dm8L0/VL0NAsucL' +
    'mdUvQ3jMy/Dg1S9DJthf7CbWL0OUVPwLa9YvQ2jFYlyt1i9D9AnF6e3WL0MoQMy/LNcvQ/g6n+lp1y9DoJPocaXXL0N8XNxi39cvQ9B7PcYX2C9D' +
    'KrRipU7YL0OmXzsJhNgvQyzjU/q32C9D6N3ZgOrYL0NoGaCkG9kvQyQ+Im1L2S9D/E+I4XnZL0Mq9qkIp9kvQ2aREenS2S9DbiP/iP3ZL0NQCmvu' +
    'JtovQwaSCB9P2i9DmF5IIHbaL0PcsFr3m9ovQ7qHManA2i9D0J+COuTaL0MEU8mvBtsvQ5BZSA0o2y9DCG4LV0jbL0No1eiQZ9svQ6TMgr6F2y9D' +
    'pNxI46LbL0OmFXkCv9svQwAzIR/a2y9DKKgfPPTbL0OIlyRcDdwvQwy0soEl3C9DwA0grzzcL0NIypbmUtwvQ3jJFSpo3C9DeDZxe3zcL0PoBVPc' +
    'j9wvQwxhO06i3C9Dgv6A0rPcL0NcaFFqxNwvQ+IvsRbU3C9D9A582OLcL0ME92Sw8NwvQ3QN9p793C9DZJWQpAndL0OGxmzBFN0vQ6KQmfUe3S9D' +
    'tEv8QCjdL0PUU1CjMN0vQ7iQJhw43S9D6Ofkqj7dL0NcmcVORN0vQ1iF1gZJ3S9D4lr40UzdL0P0rd2uT90vQxT0CZxR3S9DdmbQl1LdL0MgyFKg' +
    'Ut0vQ7wOgLNR3S9DqOwSz0/dL0NIOpDwTN0vQwY9RRVJ3S9DtMlFOkTdL0NIQGpcPt0vQ1xeTXg33S9DyOVJii/dL0N0FHiOJt0vQyzqqoAc3S9D' +
    '9DhtXBHdL0P6e/4cBd0vQxBxT7333C9D/m/+N+ncL0O8elOH2dwvQ/wAPKXI3C9DEFFGi7bcL0Nsr5wyo9wvQ54NAJSO3C9DoFjCp3jcL0OwVcBl' +
    'YdwvQwoEW8VI3C9DtHhwvS7cL0OOKFREE9wvQ5iTxk/22y9D2ELs1NfbL0P8CETIt9svQ6ZznB2W2y9D6FkIyHLbL0OScdK5TdsvQxrTb+Qm2y9D' +
    'bFBxOP7aL0NWgHOl09ovQwBcDRqn2i9DREi9g3jaL0OwX9TOR9ovQ4jMX+YU2i9DaPwPtN/ZL0Nwbx0gqNkvQ2jdKhFu2S9DgmEkbDHZL0PwUhsU' +
    '8tgvQ/xjHuqv2C9DxJINzWrYL0NqZmmZItgvQ6DfHCnX1y9DJG1BU4jXL0O4GdzrNdcvQ4QKk8Pf1i9DPD9ap4XWL0OWWhZgJ9YvQ9IFNLLE1S9D' +
    'rkQyXV3VL0NMxh0b8dQvQ8rn+p9/1C9D7LMbmQjUL0N2rF6si9MvQ0iPUncI0y9DUI46jn7SL0Osi+167dEvQ8zRibtU0S9D1GP1wLPQL0OAUiHt' +
    'CdAvQ4BnBJFWzy9DStU+6pjOL0MERFUg0M0vQ7BXbUH7zC9D/GBwPhnML0OE7nHmKMsvQwDlLuEoyi9DsOhtqBfJL0NuPPp/88cvQzhj3Wu6xi9D' +
    '/MlfJGrFL0OuqjIHAMQvQygG8QR5wi9DYM/cidHAL0NU41ZgBb8vQ1T9/YoPvS9D+neME+q6L0MmflPKjbgvQwQFXPDxtS9D6nRlwwuzL0MInpHe' +
    'za8vQxbKelsnrC9DJODFkwKoL0NYj2lPQ6MvQzw/7AjEnS9DZCO8sFGXL0NEWprdpI8vQ9pFPF5Whi9DdHCBA8t6L0NoqACIDWwvQ+hQVLCAWC9D' +
    'MIsCPC49L0P4O0iR9BMvQ1hg4O+LzS5DlDhmlrQ0LkM=',
);

/** exp(-x^2 / 2) at the edge. */
export const DENSITY: Float64Array = /*@__PURE__*/ doubles(
  'AAAAAAAA8D+H8HnJakTvPxWpbFtUt+4/d/An4BE/7j+V3gSnb9PtP/K8VwaScO0/3BmheEkU7T/rLaeoM73sP394qc5eauw/6rru2Rwb7D+C3OFO' +
    '687rP1L1jzplhes/EN00gjo+6z+i6Gw/KvnqPwQlevH+teo/4clQ1Yt06j8Pr/X9qjTqP9gfZe479uk/gQYkjSK56T/BemFXRn3pP0d6G8KRQuk/' +
    'T3ExvfEI6T+oCuZPVdDoPwLfukitmOg/rLw3/Oth6D9uz1YPBSzoP8viIEvt9uc/WGicd5rC5z/VsKA8A4/nP1bYcAcfXOc/Em0/9OUp5z/ueuq6' +
    'UPjmP4laY55Yx+Y/KjtRXveW5j8j45IqJ2fmPxgMVZjiN+Y/ZSaAmCQJ5j9q/0pv6NrlP4lcyKwpreU/j41MJuR/5T9Gno3wE1PlP9VsZVq1JuU/' +
    'Z7Yg6MT65D/ATklPP8/kP3hS3HIhpOQ/ElDfX2h55D95NklKEU/kP+NfNYoZJeQ/gltYmX774z+jMa8QPtLjPw7NYqZVqeM/1QDaK8OA4z/pUPWL' +
    'hFjjPzU6cMmXMOM/7zhk/foI4z/uO+pVrOHiP0qV1xSquuI/Fc2TjvKT4j/tBAUphG3iP4TbkFpdR+I/8vcvqXwh4j8glpKp4PvhP2mZVP6H1uE/' +
    'EdE/V3Gx4T9QPJtwm4zhP9o5hhIFaOE/nKleEK1D4T84HzFIkh/hPxNZMqKz++A/oEJBEBDY4D+u2XCNprTgP4FdmR12keA/NjzwzH1u4D8uP6av' +
    'vEvgPyqCi+ExKeA/xMq4hdwG4D+hvXuMd8nfP8oAqaedhd8/83ovyylC3z+Vj35xGv/eP1QfvSBuvN4/xcNOaiN63j+Fm1/qODjePwk6dket9t0/' +
    'sVYLMn+13T8z3iZkrXTdP4AQAqE2NN0/bVuutBn03D9IqMBzVbTcP8fXALvodNw/uCwdb9I13D8XamF8EffbP5FtcdakuNs/GxMHeIt62z/KMbNi' +
    'xDzbP1KFoZ5O/9o/nlpfOinC2j+A2KRKU4XaP03AIOrLSNo/PoRGOZIM2j/fkx5epdDZP8bAGIQEldk/k5/g265Z2T8XyzObox7ZPxXxufzh49g/' +
    'iJHeP2mp2D+2WqyoOG/YP9kNqn9PNdg/Edm4Ea371z+wFPSvUMLXP+tSkq85idc/7bHHaWdQ1z9MYak72RfXP6pMEoaO39Y/Id6IrYan1j/iyyUa' +
    'wW/WPxXlezc9ONY/yNKAdPoA1j9EwnZD+MnVP77u1hk2k9U/AAE9cLNc1T/tO1PCbybVP5Jtv45q8NQ/opwQV6O61D/Uaq2fGYXUP/4kw+/MT9Q/' +
    'GXo10bwa1D/b0o7Q6OXTP65D8XxQsdM/eRMIaPN80z+e0fkl0UjTPy/2Wk3pFNM/Zgchdzvh0j/dP5Y+x63SPx6xTUGMetI/id4XH4pH0j+ezPd5' +
    'wBTSPxaBGPYu4tE/UPDCOdWv0T/oVFTtsn3RP2fuNLvHS9E/IyTPTxMa0T/ECYdZlejQP9pCsohNt9A/NkOQjzuG0D/Z6UIiX1XQP350x/a3JNA/' +
    'xZPfiYvozz81MriMEIjPP9KY6Wz+J88/RJzJpFTIzj/dPCiyEmnOP4RxRRY4Cs4/CpDHVcSrzT9PUbL4tk3NP8xvXooP8Mw/U99xmc2SzD9Hndi3' +
    '8DXMP6EYvnp42cs/qjGHemR9yz860cxStCHLPwcYV6Jnxso/fiYZC35ryj89fi0y9xDKP1r+0r/Stsk/J3xqXxBdyT9p+nS/rwPJP1uBkpGwqsg/' +
    'OJqBihJSyD91cR9i1fnHPyOjaNP4occ/prV6nHxKxz8WR5Z+YPPGP1zyIT6knMY/nPGtokdGxj/5g/h2SvDFP2wd84ismsU/NWjIqW1FxT/BH+Ot' +
    'jfDEPy3O9WwMnMQ/1XUDwulHxD+uMWmLJfTDP+7X6Kq/oMM/iKu0BbhNwz9lKnyEDvvCPxoHehPDqMI/t16DotVWwj80PBglRgXCP0J9dZIUtME/' +
    'Yy2o5UBjwT+5bqIdyxLBP7oJUj2zwsA/hb+4S/lywD8qfQZUnSPAPywia8s+qb8/HA5SKf8Lvz9LpZrye2++P4/odmG1070/5ZG9uas4vT8KdDtJ' +
    'X568PxUQC2jQBLw/M+LyeP9ruz8z9srp7NO6P4Zi6jOZPLo/GVud3ASmuT+roKR1MBC5P1Iov50ce7g/1u8+Acrmtz92EapaOVO3P0xKaXNrwLY/' +
    'GE2FJGEutj+kZnRXG521P64r+gabDLU/EyIbQOF8tD+GmiYj7+2zP3A+2eTFX7M/ETGbz2bSsj+RDd1E00WyP32Jl74MurE/nRfy0BQvsT8llhUs' +
    '7aSwP5fkMJ6XG7A/NW5sKywmrz+BUbJH1RauP2Lxrf4uCa0/LCooDz79qz9wXziQB/OqP2NVKfmQ6qk/q7VoKuDjqD8eJ693+96nP2TQmLPp26Y/' +
    '1K3yPLLapT9dJxEOXdukP8vumM7y3aM/l/Q96Hzioj+8ah+fBemhPxGAli6Y8aA/xKUY14H4nz91jILbGhKePxoJzYMZMJw/+OsiTp9Smj8KwQC2' +
    '0XmYP4K/C/TapZY/ZLD78urWlD8TXquNOA2TPxIwYDQDSZE/Sd1yTyoVjz+sj08njaSLP3ikjQ0EQYg/4M8aQpbrhD+SL5UpkqWBPzdo7Phg4Xw/' +
    'XbgM2aiedj/9sbADH4pwP2ewwUOfX2U/D/e5tgWmVD8=',
);

/** Edge of layer i, over 2^23. */
export const WIDTH_SINGLE: Float32Array = /*@__PURE__*/ singles(
  '3En6NF9o3DJ6hRIzyuUrM+cPQDNhGFEzaQJgM3thbTNBknkzkWmCMyqohzM1lYwzFD2RM3KplTP+4Zkz9uydM3zPoTPajaUzqyupMwWsrDOOEbAz' +
    'k16zMxWVtjPXtrkzacW8My3CvzNjrsIzJYvFM3VZyDM8GsszTM7NM2d20DM7E9Mza6XVM4st2DMkrNoztCHdM7GO3zOI8+EznVDkM1Cm5jP49Ogz' +
    '6TzrM3B+7TPVue8zXu/xM0of9DPWSfYzPG/4M7OP+jNtq/wznML+M7dqADQIcgE0VXcCNLN6AzQ1fAQ07HsFNOt5BjRCdgc0AnEINDhqCTT1YQo0' +
    'RlgLNDlNDDTbQA00ODMONF0kDzRVFBA0LAMRNOzwETSg3RI0U8kTNA60FDTbnRU0w4YWNM9uFzQIVhg0dzwZNCQiGjQWBxs0VusbNOvOHDTesR00' +
    'NZQeNPd1HzQsVyA02TchNAcYIjS89yI0/dYjNNK1JDRAlCU0TXImNAFQJzRfLSg0cAopNDfnKTS6wyo0AKArNA58LDTpVy00lzMuNBwPLzR+6i80' +
    'w8UwNO+gMTQIfDI0E1czNBQyNDQRDTU0D+g1NBPDNjQinjc0QHk4NHNUOTS/Lzo0Kgs7NLjmOzRuwjw0Up49NGh6PjS0Vj80PTNANAcQQTQW7UE0' +
    'ccpCNBuoQzQbhkQ0dWRFNC1DRjRLIkc00QFINMfhSDQxwkk0FKNKNHaESzRcZkw0zUhNNMwrTjRhD080kfNPNGLYUDTZvVE0/aNSNNSKUzRjclQ0' +
    'slpVNMZDVjSnLVc0WhhYNOgDWTRV8Fk0qt1aNO7LWzQou1w0X6tdNJucXjTljl80Q4JgNL92YTRhbGI0MGNjNDdbZDR+VGU0Dk9mNPJKZzQySGg0' +
    '2UZpNPFGajSFSGs0oEtsNE1QbTSYVm40jV5vNDhocDSmc3E05YByNAGQczQKoXQ0DrR1NBzJdjRD4Hc0lPl4NCAVejT5Mns0MFN8NNl1fTQHm340' +
    'zsJ/NKJ2gDRADYE0TKWBNNI+gjTg2YI0gXaDNMQUhDS4tIQ0bFaFNO/5hTRSn4Y0pkaHNP/vhzRwm4g0DUmJNOv4iTQiq4o0yl+LNPwWjDTT0Iw0' +
    'bI2NNOVMjjRgD480/tSPNOWdkDQ8apE0LTqSNOYNkzSY5ZM0dsGUNLuhlTSihpY0bnCXNGdfmDTbU5k0IE6aNJROmzSdVZw0rGOdND55njTdlp80' +
    'Jb2gNMHsoTRyJqM0FGukNJ27pTQoGac0+4SoNIsAqjSNjas0BC6tNFHkrjROs7A0dJ6yNAaqtDRc27Y0SDm5NKvMuzRwob40GMjBNH5YxTQFd8k0' +
    'cF/ONOR+1DT6wNw0pN3pNA==',
);

/** The same bound for 23 bits. */
export const INSIDE_SINGLE: Float32Array = /*@__PURE__*/ singles(
  '2DPvSgAAAADqi8BKUDXaSmgf5UpeJetKuPTuSnCU8UrWfvNKavT0Sl4a9kqoB/dKLsv3ShBv+Epm+vhKTHL5SpDa+UoQNvpK/ob6ShbP+kq2D/tK' +
    '+En7SsJ++0rOrvtKutr7SgYD/EoiKPxKaEr8Sipq/Eqqh/xKJqP8Ss68/ErS1PxKVOv8SnwA/UpkFP1KKif9SuQ4/UqqSf1KjFn9Spxo/Urqdv1K' +
    'hoT9SniR/UrQnf1KmKn9Sta0/UqWv/1K3sn9SrjT/Uoo3f1KNub9Suju/UpA9/1KRv/9Sv4G/kpsDv5KlBX+Sngc/koeI/5KiCn+Srgv/kq0Nf5K' +
    'ejv+Sg5B/kp0Rv5Krkv+SrpQ/kqgVf5KXFr+SvRe/kpmY/5KuGf+SuZr/kr2b/5K5nP+Srh3/kpue/5KCH/+SoqC/krwhf5KPon+SnSM/kqUj/5K' +
    'nJL+SpCV/kpwmP5KOpv+SvKd/kqYoP5KKqP+Sqql/koaqP5Keqr+Ssis/koIr/5KOLH+Sliz/kpqtf5KcLf+Sma5/kpQu/5KLL3+Svy+/kq+wP5K' +
    'dsL+SiDE/krAxf5KVMf+St7I/kpcyv5K0Mv+SjjN/kqYzv5K7M/+SjjR/kp40v5KstP+SuDU/koG1v5KItf+SjbY/kpA2f5KQtr+Sjzb/kou3P5K' +
    'GN3+Svjd/krQ3v5Kot/+Smrg/kos4f5K5uH+Spji/kpC4/5K5OP+Sn7k/koS5f5KnuX+SiTm/kqg5v5KFuf+Sobn/krs5/5KTuj+Sqbo/kr46P5K' +
    'Qun+Sobp/krA6f5K9un+SiLq/kpI6v5KZur+Sn7q/kqM6v5KlOr+Spbq/kqO6v5Kfur+Smjq/kpI6v5KIur+SvLp/kq86f5KfOn+SjTp/krk6P5K' +
    'iuj+Sijo/kq+5/5KSuf+Sszm/kpG5v5KtOX+Shrl/kp05P5KxuP+Sgzj/kpG4v5KduH+Sprg/kqy3/5Kvt7+Sr7d/kqw3P5Kltv+Sm7a/ko42f5K' +
    '8tf+Sp7W/ko41f5KxNP+Sj7S/kqo0P5K/s7+SkLN/kpwy/5KjMn+SpDH/kqAxf5KVsP+ShTB/kq6vv5KQrz+SrC5/kr+tv5KLrT+Sjyx/komrv5K' +
    '6qr+Soin/kr8o/5KRKD+Sl6c/kpEmP5K9JP+SmyP/kqmiv5KnoX+SlCA/kq0ev5KyHT+SoJu/kraZ/5KymD+SkhZ/kpIUf5Kvkj+Spw//krUNf5K' +
    'Uiv+SgAg/krIE/5KjAb+Siz4/Up86P1KUNf9Sm7E/UqQr/1KXpj9Sm5+/Uo6Yf1KFED9Shoa/Uog7vxKjrr8SiZ9/EqyMvxKWNb7Smxg+0oGxPpK' +
    'cun5SqSf+EpgbPZKpKXxSg==',
);

/** The density in single precision. */
export const DENSITY_SINGLE: Float32Array = /*@__PURE__*/ singles(
  'AACAP1Yjej+junU/j/hxP32bbj+QhGs/TKJoP53pZT/2UmM/59hgP1p3Xj8qK1w/1PFZP1LJVz/4r1U/X6RTP1ilUT/fsU8/FMlNPzPqSz+OFEo/' +
    'jkdIP6qCRj9qxUQ/YA9DPyhgQT9qtz8/1BQ+Pxp4PD/44Do/ME85P4bCNz/FOjY/u7c0Pzk5Mz8VvzE/JUkwP0PXLj9NaS0/If8rP6CYKj+rNSk/' +
    'J9YnP/p5Jj8MISU/Q8sjP4p4Ij/MKCE/9dsfP/GRHj+tSh0/GQYcPyTEGj++hBk/2EcYP2MNFz9R1RU/lJ8UPyFsEz/rOhI/5QsRPwXfDz9AtA4/' +
    'i4sNP9xkDD8pQAs/aR0KP5L8CD+d3Qc/gcAGPzSlBT+xiwQ/7nMDP+VdAj+PSQE/5DYAP7xL/j7tLPw+ThH6PtT49z5x4/U+G9HzPsfB8T5qte8+' +
    '+qvtPmul6z61oek+zqDnPqyi5T5Gp+M+k67hPoy43z4nxd0+XNTbPiPm2T51+tc+ShHWPpoq1D5fRtI+kmTQPiuFzj4kqMw+d83KPh31yD4QH8c+' +
    'SkvFPsV5wz58qsE+ad2/PoUSvj7NSbw+O4O6Psq+uD50/LY+NTy1Pgl+sz7qwbE+1AewPsJPrj6xmaw+nOWqPn4zqT5Ug6c+G9WlPs0opD5nfqI+' +
    '59WgPkcvnz6Eip0+m+ebPolGmj5Kp5g+3AmXPjpulT5i1JM+UTySPgSmkD54EY8+qn6NPpftiz4+Xoo+mtCIPqtEhz5suoU+3DGEPvmqgj7AJYE+' +
    'XER/PoRAfD7zP3k+pUJ2PpZIcz7BUXA+I15tPrhtaj58gGc+bZZkPoavYT7Ey14+JOtbPqMNWT49M1Y+8FtTPrqHUD6Wtk0+g+hKPn4dSD6FVUU+' +
    'lJBCPqvOPz7HDz0+5VM6PgSbNz4i5TQ+PTIyPlSCLz5k1Sw+bSsqPm2EJz5j4CQ+Tj8iPiyhHz79BR0+wG0aPnTYFz4ZRhU+rbYSPjEqED6loA0+' +
    'BxoLPlmWCD6aFQY+ypcDPuscAT72Sf09+V/4PeB78z2rne49XsXpPfry5D2DJuA9/F/bPWef1j3K5NE9JzDNPYSByD3l2MM9UDa/PcuZuj1cA7Y9' +
    'CXOxPdvorD3YZKg9CuejPXlvnz0v/po9NpOWPZoukj1m0I09p3iJPWknhT293IA9YTF5Paq2cD14SWg98OlfPT2YVz2IVE89AR9HPdz3Pj1O3zY9' +
    'ktUuPejaJj2W7x495xMXPS1IDz3BjAc9D8T/PNeQ8DzMgOE8+pTSPI7OwzzYLrU8WLemPMRpmDwaSIo8Uql4PGkkXTwgCEI8slwnPJEsDTwIC+c7' +
    'R/W0O/hQhDv6/Co7LjClOg==',
);
