package workspace

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model/store"
)

// Do makes a change that no command of the window makes.
func (w *Workspace) Do(t *testing.T, name string, commands ...store.Command) {
	t.Helper()
	if err := w.s.Do(name, commands...); err != nil {
		t.Fatal(err)
	}
}
