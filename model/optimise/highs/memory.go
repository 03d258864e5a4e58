package highs

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// outside keeps the memory of instances out of the Go heap: all of it is set
// apart at once and used as it grows, so nothing is copied, and the collector,
// which must wait for HiGHS to look at its clock, is not called for its sake.
// Where the system refuses, memory comes from the heap.
func outside(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(_, most uint64) experimental.LinearMemory {
		if all, err := reserve(most); err == nil {
			return &reserved{all: all}
		}
		return &fromHeap{}
	}))
}

// reserved is memory of which only the first part is in use.
type reserved struct {
	all  []byte
	used uint64
}

// Reallocate takes more of it into use; nil when there is no more.
func (m *reserved) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) || size > m.used && use(m.all[m.used:size]) != nil {
		return nil
	}
	m.used = max(m.used, size)
	return m.all[:size:size]
}

// Free gives it back. Nothing may use it any more.
func (m *reserved) Free() {
	release(m.all)
	m.all = nil
}

type fromHeap struct{ b []byte }

// Reallocate makes the memory larger.
func (m *fromHeap) Reallocate(size uint64) []byte {
	if more := int(size) - len(m.b); more > 0 {
		m.b = append(m.b, make([]byte, more)...)
	}
	return m.b[:size]
}

// Free leaves it to the collector.
func (m *fromHeap) Free() { m.b = nil }
