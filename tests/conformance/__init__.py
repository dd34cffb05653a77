"""The local API held against other people's suites.

`python -m tests.conformance` runs them against `indoors serve` with the guide and writes docs/conformance.md.
It needs uv and npm, which fetch the suites; nothing of them is among the project's dependencies.
"""
