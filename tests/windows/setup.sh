#!/usr/bin/env bash
# setup.sh LAB: makes the lab that run.sh wants, on Debian 12, out of Python packages and Debian's own:
#   apt-get install --no-install-recommends wine wine64 xvfb xauth gcc-mingw-w64-x86-64-win32 mingw-w64-tools \
#     rsync unzip python3.11 fonts-dejavu-core
# What is there already stays: LAB/winpy (a Windows Python 3.11; an installed one's folder does as well) and
# LAB/wp (the Wine prefix). The packages for Windows are always made what uv.lock says.
set -euo pipefail
lab=$(realpath -m "${1:?name the folder of the lab}")
cd "$(dirname "$0")/../.."
here=$PWD/tests/windows compiler=x86_64-w64-mingw32-gcc-win32 python=$lab/winpy work=$lab/setup
mkdir -p "$work"

fetch() { # fetch NAME==VERSION: a wheel for Windows, of which we want single files
  python3 -m pip download -q --no-deps --platform win_amd64 --python-version 3.11 --only-binary :all: -d "$work" "$1"
}

# A Windows Python: panda3d carries its library and modules for programs that are frozen with it; the rest of the
# standard library is the same on every system; python.exe is one call.
make_python() {
  fetch panda3d==1.10.16
  mkdir -p "$python"/{DLLs,Lib/site-packages}
  unzip -q -j -o "$work"/panda3d-*.whl 'deploy_libs/*.pyd' 'deploy_libs/lib*-*.dll' 'deploy_libs/sqlite3.dll' -d "$python/DLLs"
  unzip -q -j -o "$work"/panda3d-*.whl deploy_libs/python311.dll -d "$python"
  rsync -a --exclude={site-packages,__pycache__,test,lib-dynload,'config-3*','_sysconfigdata*',idlelib,tkinter,turtledemo} \
    "$(python3.11 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')/" "$python/Lib/"
  (
    cd "$work"
    gendef "$python/python311.dll" >/dev/null 2>&1
    x86_64-w64-mingw32-dlltool -d python311.def -l libpython311.a -D python311.dll
    "$compiler" -O2 -municode "$here/python.c" -o "$python/python.exe" -L. -lpython311
    # python3.dll hands every name on to python311.dll.
    awk 'BEGIN { print "LIBRARY \"python3.dll\"\nEXPORTS" } /^EXPORTS/ { on = 1; next }
      on && NF && $1 !~ /^;/ { print $1 "=python311." $1 ($2 == "DATA" ? " DATA" : "") }' python311.def >python3.def
    "$compiler" -shared -nostdlib -Wl,-eentry -DENTRY "$here/python.c" python3.def -o "$python/python3.dll"
  )
}

fill_python() {
  uv export -q --frozen --no-emit-project --no-hashes --group dev |
    uv pip install -q --python-platform x86_64-pc-windows-msvc --python-version 3.11 --only-binary :all: \
      --target "$python/Lib/site-packages" -r -
  # Microsoft's C++ runtime, as run.sh wants it.
  cp "$python"/Lib/site-packages/shiboken6/{vcruntime140,vcruntime140_1,msvcp140,msvcp140_1,msvcp140_2}.dll "$python"
}

# Wine 8 lacks some libraries that every Windows has; programs here only load them.
make_prefix() {
  local system=$lab/wp/drive_c/windows/system32 name
  fetch pynsist==2.8
  xvfb-run -a wine wineboot --init </dev/null 2>&1 | cat >/dev/null
  wine winecfg -v win10 </dev/null 2>&1 | cat >/dev/null
  for name in ucrtbase bcryptprimitives mscms icuuc; do
    wine reg add 'HKCU\Software\Wine\DllOverrides' /v "$name" /d native,builtin /f </dev/null 2>&1 | cat >/dev/null
  done
  wineserver -w 2>/dev/null || /usr/lib/wine/wineserver -w || true
  for name in bcryptprimitives mscms icuuc; do
    rm -f "$system/$name.dll"
    "$compiler" -shared -O2 "-D$name" "$here/libraries.c" -o "$system/$name.dll" -ladvapi32
  done
  rm -f "$system/ucrtbase.dll"
  unzip -q -j -o "$work"/pynsist-*.whl nsist/msvcrt/x64/ucrtbase.dll -d "$system"
}

export WINEPREFIX=$lab/wp WINEDEBUG=-all WINEARCH=win64
[[ -f $python/python.exe ]] || make_python
fill_python
[[ -d $lab/wp ]] || make_prefix
wine "$python/python.exe" -c 'import onnxruntime, PySide6.QtWidgets, sys; print("ready: Python", sys.version)' </dev/null 2>&1 | cat
