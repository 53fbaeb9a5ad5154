/**
 * x^(2¹²⁸) modulo the characteristic polynomial of MT19937: bit i of byte j is the coefficient of x^(8j + i). The characteristic polynomial is found from
 * 2 · 19937 bits of the sequence (Berlekamp, Massey), the power by squaring 128 times.
 */
export const JUMP = (): Uint8Array =>
  Uint8Array.from(
    atob(
      'YznecsSecLW2myeI5fgjqFk+2CZZIh8EFbv953cXUotW57VI1RIov7mtsOSqSUgLg4uSPs45benTMWGv6PLqCVaEVDN7TIHBg3w6ibwHvf5ngr0Bv9xHUeZ9puJ09f6aCU0zuMre0/BY' +
        '/WFVO3CE2DuAXO9Cj5uzYbffINP+HNZbPl/Pd2FBR+lChI6rz6mOwA5dWI333WAohZssDtb38Pw7u7J94z7KWebJgWnZDofeoHOVUUhSzpQ7aHftpc1zvPy8VmyVO/QU3pEfALQEv4HE' +
        'OJQxmIUdouBqytWul50YQkaeGZVc54ZUPCVcRUPN2My1c9SCgn9EzcrImd8tGUaFvtaJtYhSp2zytH9VGZjrcAUgKD3nAwTMSibJFKF4e/vwlZfo7kLCgMyr6FHnZ4XMMBPvhw4Ulpo7' +
        'kV5S+NMF0uM+jxWhG4nbTCx9qGofOppemyMyi4ftw5ikeHeMpGbASpdV8AgdQoKgyOmA3tZAC8+hTM6SKMcxJ4SuaEFgbe4j3bL4z76HcqzfUZc2pJ3Ii7rZQFhKgoWlp+3bO/WXSbrP' +
        'HJ0UpMNvxtUFKcfyOa1ozpaOTa61qRPylvOIxbsWYZ1OjWEs0SBEs/Nh++vXLnA78qbcy2aBt3yVMyi+akOiA5bQwCBvqpDhFbhJv8ON10kDuUWbyMSkCuOQ62fwEyvzsepcf5SCxMzb' +
        'rh5ktq9qbVhTtYAyWLVymnf68XSvYDv9rpKJ8gmmT3KUNSjxqudhqcF9UoeAToM/aa289jvKyZYXF5VKFkGfdWfTtzvPIM97Z3dcAVt29J/W30cVbg3ZfyQI1xNR6V8olnmt8vknxuIM' +
        '+/zOQSQPgDMASwARFnILePpQGrFyH7eoHLf9Qqv/zrp1VDmLwpF47241w8lBFG0IgNyRdMSWyQ7DtS3kVKLdGjKpEjY6llvuC8PHdVxjIxMU31iPMDiP4yaJkpW2cdhUd4le3t08dGHA' +
        'WwQJUq2ngLu+1ITCXDNdHdlIp2uMQQ4JESmZuzO8/yxGjlAqxAWGxu8UOipg2WwOI/T5xiYx67hJjzW9UaTnSXzLkrVHObsQGVtq7TwYpQytyx1Gk3mljNmOlCaVZcvF7BtDGv19yN0L' +
        'JEBpXawgmH04Vev/4RpscS/7zxOG7fgEOfB315frMhtfqcGH7qQ9iWzxNcLUGFGWupR56OIjkPlFRYy7pWgSibRGz+dhOBZNgVYsCw6MaMpfLnA2tUZjuLsR41U3AaZyXNwvFBMO0UfL' +
        '4EyjMIwIrP4DlY/oonlNx3B2k5XAtALg9fggwDMFCDKP/oElDB2rbXePBCi7AbZHSgCWbuG4+HuvYmhCoJ9KYva2sNRKOFTuwFCjVwpngcEdBiYgKCw6mfh1tWeWdLkq/I1zODiFqkLE' +
        'zACkkjqlPlqvz6LPyL1lQogJne6fUk/416SecGyWQryATNRlQtHz5+v17So8svEjRYBCfNS3qQrLp2gFN3PFCtkGHooVZq3HBZiMiaPE3q2QeJA2xX8gm8OFCH5CxfhkyMDtBbovegFl' +
        'w7/SCiHqlfuPA6CcYHJPbI7EY+aEYgURPKgcPHUjtwCH/CpkSCyVrBQ+EvHOPJeE7bi4dfDJxeoMWiUK8HxIzd/a4Hd+DHXli5fLcQD+JwhWbzjEKPBJQK/WOmu/3aoRqdEGMC50u7Ve' +
        '+YmELj24b8NkgSeERyswgr7m4GEOJiIEVpy1EZwM8uSq7NWc2uJm+CMlx5tnFsRSPFNvgV4jo0ee/9ugVqdiDKOlnOqmYQfe6WcSxfYq7T5miIvyH9BeaWOWdv1Or2WQ3/xHvFliyt+c' +
        'OE5CGyxsFl4zA7uhoXMq3TO+xFjQkObCa3RFBzS0lH+N0wezT4Vg5FG4dMIqPdsH9Z3ZOzLThkwlbF0irL+CMjDdtDsCfrJfGia3eYH+NL9h80BYeJ5sDlAW5wY7h2UL7sY152Qo+/zU' +
        'xeTGARkohOKOhc2j/OVlOoBE9vdQ+EEe9Pk5VetlyfPLh3SAL74SZAWuVblcPG+R/tjficKuXsuM0b+B7w7yV2FESjaQRnUhmN6gflnBG1mU0Bc+7bF6bmd5weuVxPa9g6JwNYxkXLIG' +
        'aoAFizmME+sN7QgR5WoJPU4WdNodKwHerxcDL3KSGADL91yHI9JW14LeFJHJRM6RILRXR9L5TpSKWhSUhSvx+O3/SoyZ6QwM86AB5pxYemW63VGoNo3s5pQ4uUbtcKSthn1Qm0C5FMdG' +
        'qGLIBT4EKLaIocR6jDp2jbYY3AqXp1t/mTUHaWu8tF3TWU1EIn4IPYlOwOlRb0Zh5qSKVAXUHxWJU1WRYVaQYBlWjV5hhTw+HLjGOWwVkSSm1C/8LNS0F/m8yYLPBNcr7Ggle0AyQAXZ' +
        'aCJda3sDfnrsa9jnEB8jMGgBugGFT5YfMrejIcNzmN3CCjXhUKKlhYNXJkfSOMfKQSUBPIczzRl/kMUsyM3QClQrXKTMVlbRfYgfuIfZo0j+54N4hKIG24JWlPgtX0bhTEmbvP/I+s05' +
        'j1klyCqxGyOZ+n4hXD6iiy07uv1Q5QYAUY4zZ2qElDFXPiapSO69Ns1cyJTDQSCWpxDyZ5uhptI/iwZcKIrZlxc6CgU3NgfK32N+ZJVyujt7egF2jr5JBWbqGlEePBqTocclDMQGcM+W' +
        'N2SGGH04+tnMMQD3uXUsHmA1l/6HsGjN+NZdZO8jswV9OHFdU3/0AlwmejKQstPsYyXq1aslQ2IBQRYsMJPr+9u8pt8cohllhu2HWbHxljIRhOwxDLI1KiOQIBO0xcPQkuNyUVPL/F8J' +
        'qaAk/I4DLJNuMkYlR17BzFT8uhs4qPI8MGZIqCXgVxCutAWEjXM22nNM7B6QD7OIBPGfT4Cn7oWofatuvv3ZQD1Z6W88DYU8DGxgZTGieLA0ijBwvflaY758mm0y7nPtGQVmY43dARdf' +
        'lWIO6bANGBNqtpw+zcLTqoj7eEi+/YVSnIWi+Ph5lUH9L5B7anxLigReH4ktJo6VJG1weNi760J/bYHx+82IisVsPqtkSnX9+n2qAgqN6ffSPLZcyMg4f7XFcgorf7k02nnk9zM+VSoj' +
        'hnz4yFyzbSbG7f7nZ8qI9rcUe5ktB2/W07NCaoxSuQUQEiK28g05H9OH1F/OEjfbru30wt5JJf9TjlpDnueqQUB2cO6jKV69WbNHsKJaBM06MActKrjClVcWM7dKpsGqD5UfhqLfA14Z' +
        '/2Xo1ozsYLNeY7CcY02n4RkoJcF+1iBcd99NTKR/LXIIMi3JsLxF0YPoByI75GDacykJPaG5EyiWC0KPc9ZyZevKUhoV76CkgFfk7iMA',
    ),
    (c) => c.charCodeAt(0),
  );
