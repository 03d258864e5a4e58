package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/planting-the-flag/flagstone/model"
)

// File is an open project file.
type File struct {
	value atomic.Pointer[model.Project]

	mu      sync.Mutex // held while the file is read or written
	path    string
	options Options
	conn    *connection // nil once closed
	lock    *lock       // nil when the file is open for reading only
	access  Access
	state   *state
	seen    int64 // of the connection, when the state was read
}

// Access says whether an open project can be changed, and if not, why.
type Access struct {
	ReadOnly bool
	Holder   *Holder // who has it open for writing, when that is the reason
	Sentence string  // for the user; empty when it can be changed
}

// Create makes a project file that holds p and opens it. It refuses to replace
// a file unless the options allow it. A failure leaves no file behind.
func Create(path string, p *model.Project, o Options) (*File, error) {
	f, err := create(path, p, o)
	return f, explain("create", path, err)
}

func create(path string, p *model.Project, o Options) (*File, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	if err := free(path, &o); err != nil {
		return nil, err
	}
	l, err := acquire(path, &o)
	if err != nil {
		return nil, held("create", path, err)
	}
	err = beside(path, func(temp string) error { return build(temp, p, &o) })
	if err == nil {
		var f *File
		if f, err = open(path, o, l); err == nil {
			return f, nil
		}
	}
	l.release()
	return nil, err
}

// free refuses a name that is taken.
func free(path string, o *Options) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return conflict("create", fmt.Sprintf("%s is a folder.", path), "Give the project another name.")
	case !o.Replace:
		return conflict("create", fmt.Sprintf("%s is there already.", path), "Give the project another name, or open the one that is there.")
	}
	return nil
}

// build writes a whole project to an empty file.
func build(path string, p *model.Project, o *Options) error {
	c, err := connect(path, modeCreate)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := migrate(c, 0, Version()); err != nil {
		return err
	}
	pl := newPlan(newState(&model.Project{}), o)
	if err := whole(p).plan(pl); err != nil {
		return err
	}
	changes := pl.net()
	next, _ := pl.state.after(changes)
	if err := pl.check(changes, next); err != nil {
		return err
	}
	return c.transact(forWriting, func() error {
		if err := c.apply(changes, pl.find); err != nil {
			return err
		}
		return c.audit(o, deedCreate, "creation of the project", "", changes)
	})
}

// whole is the command that makes an empty project p. Things of one identifier
// are refused rather than merged.
func whole(p *model.Project) Command {
	b := Batch{Commands: []Command{SetProject{SettingsOf(p)}, PutOrganisations{p.Organisations}, PutAssets{p.Assets},
		PutServices{p.Services}, PutOccupations{p.Occupations}, PutPopulation{p.Population}, PutBoundaries{p.Boundaries}}}
	for i := range p.Scenarios {
		b.Commands = append(b.Commands, PutScenario{p.Scenarios[i]})
	}
	for i := range p.Assumptions {
		b.Commands = append(b.Commands, PutAssumption{p.Assumptions[i]})
	}
	for i := range p.Papers {
		b.Commands = append(b.Commands, PutPaper{p.Papers[i]})
	}
	b.Commands = append(b.Commands, PutFindings{Findings: p.Findings})
	return made{b, p}
}

// made is a batch that makes a project, with its decisions as they were frozen.
type made struct {
	Batch
	project *model.Project
}

func (m made) plan(p *plan) error {
	if err := m.Batch.plan(p); err != nil {
		return err
	}
	for i := range m.project.Decisions {
		if err := p.keep(&m.project.Decisions[i]); err != nil {
			return err
		}
	}
	for _, c := range collections {
		n := 0
		for _, x := range p.changes[c.kind()] {
			if x.after != nil {
				n++
			}
		}
		if want := c.len(m.project); n != want {
			return conflict("create", fmt.Sprintf("The project has %d things of the kind %q but only %d different identifiers.", want, c.kind(), n),
				"Give each its own identifier.")
		}
	}
	return nil
}

// Open opens a project file: for writing when that is possible, and otherwise
// for reading only, with the reason in [File.Access].
func Open(path string, o Options) (*File, error) {
	f, err := openShared(path, o)
	return f, explain("open", path, err)
}

func openShared(path string, o Options) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &Error{Op: "open", Path: path, Reason: model.ErrNotAProject,
			Sentence: fmt.Sprintf("%s is a folder or a device, not a Flagstone project.", path), Next: "Choose a file whose name ends in .flagstone."}
	}
	var l *lock
	var access Access
	if o.ReadOnly {
		access = Access{ReadOnly: true, Sentence: "The project is open for reading only."}
	} else if err := o.complete(); err != nil {
		return nil, err
	} else if l, err = acquire(path, &o); err != nil {
		access = shut(path, err)
	}
	f, err := open(path, o, l)
	if o.ReadOnly && unfinished(err) {
		f, err = recovered(path, o, err)
	}
	if err != nil {
		l.release()
		return nil, err
	}
	if l == nil {
		f.access = access
	}
	return f, nil
}

// recovered opens a file for reading only that a crash left in the middle of a
// change: SQLite has to write to it once.
func recovered(path string, o Options, cause error) (*File, error) {
	c, err := connect(path, modeWrite)
	if err != nil {
		return nil, cause
	}
	var version int
	err = c.one(&version, "PRAGMA user_version")
	if e := c.Close(); err != nil || e != nil {
		return nil, cause
	}
	return open(path, o, nil)
}

// open reads the file. The lock, which may be nil, is the file's once it
// succeeds.
func open(path string, o Options, l *lock) (_ *File, err error) {
	m := modeRead
	if l != nil {
		m = modeWrite
	}
	c, err := connect(path, m)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			c.Close()
		}
	}()
	f := &File{path: path, options: o, conn: c, lock: l}
	version, err := identify(c, path)
	if err != nil {
		return nil, err
	}
	if err := sound(c, path, "quick_check"); err != nil {
		return nil, err
	}
	if l != nil {
		// A file that a tool of somebody else's left in another journal mode goes
		// back to being one file.
		if err := c.exec("PRAGMA journal_mode = DELETE"); err != nil {
			return nil, err
		}
		switch err := c.probe(); code(err) {
		case 0:
			if err != nil {
				return nil, err
			}
		case codeReadOnly, codePerm, codeCantOpen, codeFull:
			l.release()
			f.lock, l = nil, nil
			f.access = shut(path, err)
		default:
			return nil, err
		}
	}
	if version < Version() {
		if l == nil {
			return nil, &Error{Op: "open", Path: path, Reason: errors.Join(model.ErrOlder, model.ErrReadOnly),
				Sentence: fmt.Sprintf("%s was made by an older version of Flagstone and has to be brought up to date, which is not possible while it cannot be written to.", filepath.Base(path)),
				Next:     "Open a copy in a folder of your own, or ask who has it open to open it with this version first."}
		}
		if err := upgrade(c, path, version, &o); err != nil {
			return nil, err
		}
	}
	if err := familiar(c, path); err != nil {
		return nil, err
	}
	if f.seen, err = c.seen(); err != nil {
		return nil, err
	}
	if f.state, err = c.load(path); err != nil {
		return nil, err
	}
	f.value.Store(f.state.project)
	return f, nil
}

// load reads the whole project as it stands at one moment.
func (c *connection) load(path string) (*state, error) {
	s := newState(&model.Project{})
	r := &loader{conn: c.Conn, project: s.project, ids: map[Kind]map[int64]string{}}
	err := c.transact(forReading, func() error {
		for _, of := range collections {
			order, err := of.load(r)
			if err != nil {
				return err
			}
			k := of.kind()
			s.order[k] = order
			byNo := make(map[int64]string, len(order))
			byKey := make(map[string]int64, len(order))
			for i, no := range order {
				key := of.keyOf(no, of.at(s.project, i))
				byNo[no], byKey[key] = key, no
			}
			if len(byKey) != len(order) {
				return damaged(path, "two things of the kind "+string(k)+" have one identifier")
			}
			if k == KindOrganisation {
				for id, no := range outsiders {
					byNo[no] = string(id)
				}
			}
			r.ids[k], s.numbers[k] = byNo, byKey
		}
		// Numbers of decisions are never used twice, also not those that were taken back.
		return c.one(&s.decided, `SELECT coalesce(max(no), 0) FROM (SELECT no FROM decision UNION ALL
			SELECT CAST(json_extract(t.value, '$.key') AS INTEGER) FROM audit, json_each(command, '$.things') t
			WHERE json_extract(t.value, '$.kind') = 'decision')`)
	})
	switch {
	case err != nil && code(err) == 0 && errors.Is(err, ErrDamaged):
		var own *Error
		if !errors.As(err, &own) {
			err = damaged(path, err.Error())
		}
		return nil, err
	case err != nil:
		return nil, err
	case len(s.order[KindSettings]) != 1:
		return nil, damaged(path, "its settings are missing")
	}
	return s, nil
}

// Project is the project as it now is. It never changes: every command makes
// a new one, so ask again after a change. Do not change it.
func (f *File) Project() *model.Project { return f.value.Load() }

// Path is where the file is.
func (f *File) Path() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.path
}

// Access says whether the project can be changed, and if not, why.
func (f *File) Access() Access {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.access
}

// Close gives the file up. Every change was saved when it was made.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == nil {
		return nil
	}
	err := f.conn.Close()
	f.conn = nil
	f.lock.release()
	f.lock = nil
	return explain("close", f.path, err)
}

// usable refuses a closed file.
func (f *File) usable(op string) error {
	if f.conn == nil {
		return &Error{Op: op, Path: f.path, Reason: ErrClosed, Sentence: "The project is closed.", Next: "Open it again."}
	}
	return nil
}

// writable refuses a closed file and one that is open for reading only.
func (f *File) writable(op string) error {
	if err := f.usable(op); err != nil {
		return err
	}
	if f.access.ReadOnly {
		return &Error{Op: op, Path: f.path, Reason: model.ErrReadOnly, Sentence: f.access.Sentence,
			Next: "Save a copy under another name to make changes. The project is as it was."}
	}
	return nil
}
