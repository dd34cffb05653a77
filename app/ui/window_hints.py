"""The hints that name an option of the command line, as the window says them: by its own controls."""

from __future__ import annotations

from collections.abc import Mapping

IN_THE_WINDOW: Mapping[str, str] = {
    "Change the permissions, or choose another folder with --home or INDOORS_HOME.": (
        "Change the permissions of that folder and try again."
    ),
    "List them: indoors models downloads.": "The pane Models lists them.",
    "Shorten it, start a new conversation, or load the model with a larger --context.": (
        "Shorten it, start a new conversation, or choose a larger context in the settings."
    ),
    "Measure fewer tokens or use a larger --context.": "Choose a larger context in the settings.",
    "Use --context {most} or less.": "Choose a context of {most} or less in the settings.",
    "Use --context {possible} or less, or close other programs.": (
        "Choose a context of {possible} or less in the settings, or close other programs."
    ),
    "Use --device cpu, or another export of this model.": (
        "Choose the processor (CPU) as device in the settings, or another export of this model."
    ),
    "Install it (Windows only): indoors runtimes install directml.": (
        "Choose the processor (CPU) as device in the settings."
    ),
    "Use --device {devices}.": "Choose another device in the settings: {devices}.",
    "Update the graphics driver (on Linux also: libvulkan1), or use --device cpu.": (
        "Update the graphics driver (on Linux also: libvulkan1), or choose the processor (CPU) as "
        "device in the settings."
    ),
    "Use --device webgpu: 0 is the adapter for speed, 1 the one that saves power.": (
        "Choose another device in the settings: WebGPU 0 is the adapter for speed, 1 the one that "
        "saves power."
    ),
    "Install it: indoors runtimes install webgpu.": ("Choose the processor (CPU) as device in the settings."),
    "Close other programs, use a smaller --context, or choose a smaller model.": (
        "Close other programs, choose a smaller context in the settings, or a smaller model."
    ),
    "Try again; if it stays, use --device cpu.": (
        "Try again; if it stays, choose the processor (CPU) as device in the settings."
    ),
    "Use --device cpu, or a variant of the model with other number types.": (
        "Choose the processor (CPU) as device in the settings, or a variant of the model with other "
        "number types."
    ),
    "Update the graphics driver, or use --device cpu.": (
        "Update the graphics driver, or choose the processor (CPU) as device in the settings."
    ),
    "Try --exact, which computes with full precision, or verify the model's files.": (
        "Check the model's files in the pane Models, or choose another device in the settings."
    ),
    "Leave --quant out, or import the checkpoint it was made from.": (
        "Import it as it is, or import the checkpoint it was made from."
    ),
    "Check the path: indoors models list.": "The pane Models lists the models there are.",
    "Use --quant int8, int4 or fp32.": "Choose int8, int4 or fp32.",
    "Leave --move and --link out; delete the source afterwards if you do not need it.": (
        "Let it be copied; delete the source afterwards if you do not need it."
    ),
    "Free some space, or choose another folder with --home or INDOORS_HOME.": (
        "Free some space and try again."
    ),
    "It has: {known}. Look further: indoors models search.": (
        "It has: {known}. Look further in the pane Models."
    ),
    "Look for its ONNX form: indoors models search.": "Look for its ONNX form in the pane Models.",
    "Choose one with --variant: {known}.": "Choose one: {known}.",
    "Choose another --variant, or add --anyway.": "Choose another variant, or get it anyway.",
    "Read it, then add --accept-licence.": "Read and accept it in the pane Models.",
    (
        "Give an id of the catalogue (indoors models search), PUBLISHER/NAME of a repository, an "
        "https address, pip:PACKAGE or a folder."
    ): (
        "Give an id of the catalogue, PUBLISHER/NAME of a repository, an https address, pip:PACKAGE "
        "or a folder."
    ),
    "Installed: {names}. Add one: indoors models get, or indoors models import PATH.": (
        "Installed: {names}. Get or import another in the pane Models."
    ),
    "Connect its disk, or choose another folder: indoors models move FOLDER.": (
        "Connect its disk, or choose another folder in the pane Models."
    ),
    "Remove it first, or choose another --id.": "Remove it first, or choose another name for this one.",
    "Delete it for good: indoors models remove ID --for-good.": "Delete it for good in the pane Models.",
    "Import it: indoors models import PATH.": "Import it in the pane Models.",
    "Try again; if it stays, run with --debug and report what it prints.": (
        "Try again; if it stays, save the diagnostics (menu Help) and report it."
    ),
    "This processor lacks an instruction that the runtime needs; try another device (--device).": (
        "This processor lacks an instruction that the runtime needs; choose another device in the settings."
    ),
    "Ask again; if it crashes again, use the processor (--device cpu) or another model.": (
        "Ask again; if it crashes again, choose the processor (CPU) as device in the settings, or "
        "another model."
    ),
    "Run: indoors {process} --debug, to see why.": (
        "Try again; if it stays, save the diagnostics (menu Help) and report it."
    ),
    "Give it a prompt as it is (--raw), or choose a model made for chat.": "Choose a model made for chat.",
    "Install it: indoors runtimes install {name}.": "Choose another device in the settings.",
    "Use another device: --device cpu.": "Choose another device in the settings.",
    "Let it be unpacked and checked: indoors models get {path}.": (
        "Let it be unpacked and checked in the pane Models."
    ),
    "Choose another --id, or cancel that one.": "Choose another name for this one, or cancel that one.",
    "Use --device cpu.": "Choose the processor (CPU) as device in the settings.",
    "See: indoors runtimes list.": "Choose another device in the settings.",
    "Use another one: indoors runtimes list.": "Choose another device in the settings.",
}
"""For each hint of the parts below, what the window says in its place; with the same values."""
