/* Libraries of Windows that Wine 8 lacks, as little of each as lets programs that link with it start. */
#include <windows.h>

#define EXPORTED __declspec(dllexport)

#ifdef bcryptprimitives
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size);
EXPORTED BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T size) { return SystemFunction036(buffer, (ULONG)size) ? TRUE : FALSE; }
#endif

#ifdef mscms /* no colour profiles */
EXPORTED void *WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD mode) { SetLastError(ERROR_FILE_NOT_FOUND); return 0; }
EXPORTED BOOL WINAPI CloseColorProfile(void *profile) { return TRUE; }
EXPORTED void *WINAPI WcsCreateIccProfile(void *profile, DWORD options) { return 0; }
EXPORTED BOOL WINAPI GetColorProfileFromHandle(void *profile, BYTE *buffer, DWORD *size) { return FALSE; }
#endif

#ifdef icuuc /* no converter can be opened, so none of the others is called */
#define NOTHING(name) EXPORTED long long name(void) { return 0; }
EXPORTED void *ucnv_open(const char *name, int *error) { if (error) *error = 4; return 0; }
NOTHING(ucnv_close) NOTHING(ucnv_reset) NOTHING(ucnv_getMaxCharSize) NOTHING(ucnv_getName)
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE) NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NOTHING(ucnv_getToUCallBack) NOTHING(ucnv_getFromUCallBack) NOTHING(ucnv_setToUCallBack) NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_cbToUWriteUChars) NOTHING(ucnv_cbFromUWriteUChars) NOTHING(ucnv_toUnicode) NOTHING(ucnv_fromUnicode)
NOTHING(ucnv_toUCountPending) NOTHING(ucnv_fromUCountPending)
NOTHING(ucnv_getStandardName) NOTHING(ucnv_getAvailableName) NOTHING(ucnv_countAvailable)
#endif
