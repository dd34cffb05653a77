#!/usr/bin/env bash
# directml.sh LAB: compares graphs made for DirectML with the processor, on a DirectML that computes in software.
# LAB holds w10, which runs a Windows program in LAB as Z:\w, winpy/python.exe, and dl/ with onnxruntime-directml.
# Its d3d12.dll must give one device for an adapter, as Windows does, or sessions cannot share tensors.
set -euo pipefail
lab=${1:+$(realpath -m "$1")}
cd "$(dirname "$0")/../.."

if [[ -z $lab || ! -x $lab/w10 || ! -d $lab/wp10 ]] || ! compgen -G "$lab/dl/onnxruntime_directml-*.whl" >/dev/null; then
  echo "Left out: no DirectML under Wine in '${lab:-(no folder named)}' (w10, wp10, dl/onnxruntime_directml-*.whl)."
  exit 0
fi
[[ -d $lab/rt-directml/onnxruntime ]] || unzip -q -o "$lab"/dl/onnxruntime_directml-*.whl -d "$lab/rt-directml"
uv run --no-sync python -m tests.windows.directml_models "$lab/directml/models"
rm -rf "$lab/directml/source" && mkdir -p "$lab/directml/source/tests/windows"
cp -r app "$lab/directml/source/app"
cp tests/windows/directml_*.py "$lab/directml/source/tests/windows"

# The exit code of a program does not reach us from there; its last line does.
run() {
  local output
  output=$(T=900 "$lab/w10" 'Z:\w\winpy\python.exe' 'Z:\w\directml\source\tests\windows\directml_run.py' \
    'Z:\w\directml\source' 'Z:\w\rt-directml' "tests.windows.$1" 'Z:\w\directml\models' | tr -d '\r' | tee >(cat >&2))
  grep -q "^$1: passed$" <<<"$output"
}
run directml_parity
uv run --no-sync python -m tests.windows.directml_compare "$lab/directml/models"
run directml_pieces
run directml_answers
