package store

// Reload reads the project again when somebody else has changed it since it
// was read, and reports whether that was so. It is for those who have it open
// for reading only: nobody changes a project under one who can change it.
func (f *File) Reload() (changed bool, err error) {
	ch, changed, err := f.reload()
	if changed && f.options.OnChange != nil {
		f.options.OnChange(ch)
	}
	return changed, err
}

func (f *File) reload() (ch Change, changed bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("read"); err != nil {
		return ch, false, err
	}
	if !f.access.ReadOnly {
		return ch, false, nil
	}
	seen, err := f.conn.seen()
	if err != nil || seen == f.seen {
		return ch, false, explain("read", f.path, err)
	}
	if _, err := identify(f.conn, f.path); err != nil {
		return ch, false, explain("read", f.path, err)
	}
	next, err := f.conn.load(f.path)
	if err != nil {
		return ch, false, explain("read", f.path, err)
	}
	ch = Change{Name: "changes of somebody else's", Deed: Reread, Kinds: difference(f.state, next)}
	f.state, f.seen = next, seen
	f.value.Store(next.project)
	return ch, true, nil
}

// seen is a number that differs once another program has changed the file.
func (c *connection) seen() (n int64, err error) {
	return n, c.one(&n, "PRAGMA data_version")
}

// difference names the things that are not the same in two states.
func difference(a, b *state) map[Kind][]string {
	out := map[Kind][]string{}
	for _, c := range collections {
		k := c.kind()
		for key := range a.numbers[k] {
			_, x := a.thing(c, key)
			if _, y := b.thing(c, key); y == nil || !c.equal(x, y) {
				out[k] = append(out[k], key)
			}
		}
		for key := range b.numbers[k] {
			if _, there := a.numbers[k][key]; !there {
				out[k] = append(out[k], key)
			}
		}
	}
	return out
}
