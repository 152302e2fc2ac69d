/* Test only, never shipped: wine 8 lacks the icuuc.dll of Windows 10, without which Qt6Core.dll is not loaded. */
#define EXPORTED __declspec(dllexport)
#define NOTHING(name) EXPORTED long long name(void) { return 0; }
EXPORTED void *ucnv_open(const char *name, int *status) { (void)name; *status = 4; return 0; }
NOTHING(ucnv_close) NOTHING(ucnv_reset) NOTHING(ucnv_getMaxCharSize) NOTHING(ucnv_getName)
NOTHING(ucnv_getToUCallBack) NOTHING(ucnv_getFromUCallBack) NOTHING(ucnv_setToUCallBack)
NOTHING(ucnv_setFromUCallBack) NOTHING(ucnv_cbToUWriteUChars) NOTHING(ucnv_toUnicode)
NOTHING(ucnv_cbFromUWriteUChars) NOTHING(ucnv_toUCountPending) NOTHING(ucnv_fromUCountPending)
NOTHING(ucnv_getStandardName) NOTHING(ucnv_getAvailableName) NOTHING(ucnv_countAvailable)
NOTHING(ucnv_fromUnicode)
