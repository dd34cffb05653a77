/* python.exe, and with ENTRY the entry of python3.dll, which is nothing but names of another library. */
#include <wchar.h>

#ifdef ENTRY
int __stdcall entry(void *library, unsigned reason, void *reserved) { return 1; }
#else
int Py_Main(int count, wchar_t **words);
int wmain(int count, wchar_t **words) { return Py_Main(count, words); }
#endif
