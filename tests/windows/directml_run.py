"""Runs a module with the application's source and one of the runtimes before everything that is installed.

python directml_run.py SOURCE RUNTIME MODULE ARGUMENT...
"""

from __future__ import annotations

import runpy
import sys

if __name__ == "__main__":
    source, runtime, module, *arguments = sys.argv[1:]
    sys.path[:0] = [runtime, source]
    sys.argv[:] = [module, *arguments]
    runpy.run_module(module, run_name="__main__")
