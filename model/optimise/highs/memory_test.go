package highs

import "testing"

// Memory set apart keeps its place and its content as it grows, and refuses to
// grow beyond what was set apart.
func TestReserved(t *testing.T) {
	const page = 1 << 16
	all, err := reserve(64 * page)
	if err != nil {
		t.Skip("the system gives no memory of its own: ", err)
	}
	m := &reserved{all: all}
	defer m.Free()
	b := m.Reallocate(page)
	b[page-1] = 7
	more := m.Reallocate(64 * page)
	if &more[0] != &b[0] || more[page-1] != 7 || more[64*page-1] != 0 {
		t.Error("growing moved or changed what was there")
	}
	more[64*page-1] = 1
	if m.Reallocate(65*page) != nil {
		t.Error("it grew beyond what was set apart")
	}
}

func TestFromHeap(t *testing.T) {
	m := &fromHeap{}
	defer m.Free()
	m.Reallocate(10)[9] = 7
	if b := m.Reallocate(20); len(b) != 20 || b[9] != 7 || b[19] != 0 {
		t.Errorf("%d bytes, %v", len(b), b)
	}
}
