//go:build unix

package highs

import "golang.org/x/sys/unix"

// reserve sets memory apart; the system gives it only where it is touched.
func reserve(size uint64) ([]byte, error) {
	return unix.Mmap(-1, 0, int(size), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
}

func use([]byte) error { return nil }

func release(b []byte) { _ = unix.Munmap(b) }
