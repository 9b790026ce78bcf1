"""FDX, the XML of Final Draft: a screenplay written for it, and read back from it.

`read_fdx` of `write_fdx` gives `in_fdx` of a screenplay: what of it the format holds.
"""

from __future__ import annotations

from scriptgen.exports.fdx.holding import in_fdx
from scriptgen.exports.fdx.reading import FdxReading, read_fdx, read_fdx_with_findings
from scriptgen.exports.fdx.writing import write_fdx

__all__ = ["FdxReading", "in_fdx", "read_fdx", "read_fdx_with_findings", "write_fdx"]
