package app

import (
	"context"

	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/words"
)

// Undo takes back the last step; Redo does it again.
func (d *Desk) Undo() {
	if d.ws != nil && d.ws.UndoName() != "" {
		name := d.ws.UndoName()
		d.Change(words.F("Undoing %s", name), func(ctx context.Context, ws Workspace, _ *jobs.Progress) error { return ws.Undo(ctx) },
			func() { d.Tell(Message{Text: words.F("Undone: %s.", name)}) })
	}
}

// Redo does the step that was undone last again.
func (d *Desk) Redo() {
	if d.ws != nil && d.ws.RedoName() != "" {
		name := d.ws.RedoName()
		d.Change(words.F("Doing again %s", name), func(ctx context.Context, ws Workspace, _ *jobs.Progress) error { return ws.Redo(ctx) },
			func() { d.Tell(Message{Text: words.F("Done again: %s.", name)}) })
	}
}
