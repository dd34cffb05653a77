#!/usr/bin/env bash
# run.sh LAB [TEST...]: runs the tests that do not need a window with a Windows Python under Wine. Where no test is named
# it also drives the window, as a Windows program, by its keys, and compares DirectML with the processor (directml.sh).
# LAB is what setup.sh makes: winpy/python.exe, with the project's and the tests' dependencies, and the Wine prefix wp.
set -uo pipefail
lab=${1:+$(realpath -m "$1")}
cd "$(dirname "$0")/../.."

python=$lab/winpy/python.exe
if [[ -z $lab || ! -f $python || ! -d $lab/wp ]] || ! command -v wine >/dev/null; then
  echo "Left out: no Windows Python under Wine in '${lab:-(no folder named)}' (winpy/python.exe, wp, and the command wine)."
  exit 0
fi
# Wine has no graphics adapter without a display.
if [[ -z ${DISPLAY:-} ]] && command -v xvfb-run >/dev/null; then
  exec xvfb-run -a tests/windows/run.sh "$lab" "${@:2}"
fi
shift
tests=("$@") named=${1:-}
[[ -n $named ]] || tests=(tests/unit/[a-z]*/ tests/unit/test_*.py tests/e2e/test_*.py)
export WINEPREFIX=$lab/wp WINEDEBUG=-all
# Microsoft's own C++ runtime, which lies beside the Windows Python: Wine's crashes inside onnxruntime.
export WINEDLLOVERRIDES="msvcp140,msvcp140_1,msvcp140_2,vcruntime140,vcruntime140_1=n,b"
unset PYTHONDONTWRITEBYTECODE

# Wine's services inherit the output of whoever starts them and would hold our pipe open:
# a program that waits for its input starts them first, and keeps them until we end.
coproc KEEPER { exec wine cmd.exe >/dev/null 2>&1; }
keeper_input=${KEEPER[1]}
trap 'eval "exec $keeper_input>&-"' EXIT
wine cmd.exe /c exit </dev/null >/dev/null 2>&1

# Python under Wine writes only to pipes. The pipe's end is not waited for: Wine's desktop may keep it open.
code=0 summary="" said=$(mktemp)
for test in "${tests[@]}"; do
  wine "$python" -m pytest -q -p no:cacheprovider --tb=short --timeout=600 "$test" </dev/null \
    > >(sed -u 's/\r$//' | tee "$said") 2>&1 || code=1
  sleep 1
  summary+="$test: $(tail -n 1 "$said")"$'\n'
done
rm -f "$said"
if [[ -z ${named:-} ]]; then
  INDOORS_WINDOW_LAB=$lab uv run --no-sync pytest -q -m slow --timeout=600 tests/e2e/test_window.py || code=1
  tests/windows/directml.sh "$lab" || code=1
fi
printf '\nUnder Windows:\n%s' "$summary"
exit $code
