// ProcessPrng for versions of Wine older than 9, which lack the library that Go programs draw random numbers from.
// Only `make smoke-windows` uses it; on Windows the system has its own.
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); // RtlGenRandom

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
	return SystemFunction036(data, (ULONG)size);
}
