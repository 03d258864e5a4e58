package store

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/planting-the-flag/flagstone/model"
)

// applicationID marks a Flagstone project: "FLGS".
const applicationID = 0x464c4753

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the scripts that make version 1, 2, … of the schema out of
// the one before.
var migrations = sync.OnceValue(func() []string {
	files, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err)
	}
	slices.Sort(files)
	scripts := make([]string, len(files))
	for i, f := range files {
		b, err := migrationFiles.ReadFile(f)
		if err != nil || !strings.HasPrefix(filepath.Base(f), fmt.Sprintf("%04d_", i+1)) {
			panic("store: migration " + f + " is out of order")
		}
		scripts[i] = string(b)
	}
	return scripts
})

// Version is the number of the schema that this version of Flagstone writes.
func Version() int { return len(migrations()) }

// migrate brings an open file from one version of the schema to another, each
// step in a transaction of its own.
func migrate(c *connection, from, to int) error {
	for v := from + 1; v <= to; v++ {
		err := c.transact(forWriting, func() error {
			if err := c.exec(migrations()[v-1]); err != nil {
				return err
			}
			if v == 1 {
				if err := c.exec(fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
					return err
				}
			}
			return c.exec(fmt.Sprintf("PRAGMA user_version = %d", v))
		})
		if err != nil {
			return fmt.Errorf("migration to version %d: %w", v, err)
		}
	}
	return nil
}

// identify says which version of the schema a file has, and refuses what is
// not ours or not yet known.
func identify(c *connection, path string) (version int, err error) {
	var app int
	if err := c.one(&app, "PRAGMA application_id"); err != nil {
		return 0, err
	}
	if err := c.one(&version, "PRAGMA user_version"); err != nil {
		return 0, err
	}
	name := filepath.Base(path)
	switch {
	case app != applicationID:
		return 0, &Error{Op: "open", Path: path, Reason: model.ErrNotAProject,
			Sentence: fmt.Sprintf("%s is not a Flagstone project.", name),
			Next:     "Choose a file whose name ends in .flagstone. To bring in a spreadsheet, create or open a project and import it."}
	case version > Version():
		return 0, &Error{Op: "open", Path: path, Reason: model.ErrNewer,
			Sentence: fmt.Sprintf("%s was made by a newer version of Flagstone (file version %d; this program reads up to %d).", name, version, Version()),
			Next:     "Install the newer version to open it. The file was not changed."}
	case version < 1:
		return 0, damaged(path, "its version is missing")
	}
	return version, nil
}

func damaged(path, detail string) error {
	return &Error{Op: "open", Path: path, Reason: ErrDamaged, Cause: errors.New(detail),
		Sentence: fmt.Sprintf("%s is damaged and cannot be read safely.", filepath.Base(path)),
		Next:     "Nothing was changed. Use a backup or an earlier copy of the file."}
}

// sound runs SQLite's own check of a file's structure.
func sound(c *connection, path, check string) error {
	var result string
	if err := c.one(&result, "PRAGMA "+check+"(1)"); err != nil {
		return err
	}
	if result != "ok" {
		return damaged(path, result)
	}
	return nil
}

// schema reads what defines a file's tables, by type and name.
func schema(c *connection) (map[string]string, error) {
	d, err := query(c.Conn, `SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for d.step() {
		k := d.text()
		out[k] = d.text()
	}
	return out, d.close()
}

// ours is the schema of a file just made.
var ours = sync.OnceValues(func() (map[string]string, error) {
	c, err := connect("ours", modeMemory)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := migrate(c, 0, Version()); err != nil {
		return nil, err
	}
	return schema(c)
})

// familiar refuses a file whose tables are not the ones its version has, or
// that would run SQL of somebody else's when it is written to. Tables, views
// and indexes that a user has added are left alone.
func familiar(c *connection, path string) error {
	want, err := ours()
	if err != nil {
		return err
	}
	got, err := schema(c)
	if err != nil {
		return err
	}
	for k, sql := range want {
		if got[k] != sql {
			return damaged(path, k+" is not as it should be")
		}
	}
	for k := range got {
		if _, known := want[k]; !known && strings.HasPrefix(k, "trigger ") {
			return damaged(path, k+" is foreign")
		}
	}
	return nil
}

// upgrade keeps a copy of an older file beside it and then brings the file up
// to date.
func upgrade(c *connection, path string, from int, o *Options) error {
	backup := fmt.Sprintf("%s.v%d-backup", path, from)
	for i := 2; exists(backup); i++ {
		backup = fmt.Sprintf("%s.v%d-backup-%d", path, from, i)
	}
	if err := copyInto(c, backup); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := migrate(c, from, Version()); err != nil {
		return err
	}
	if err := sound(c, path, "integrity_check"); err != nil {
		return err
	}
	const q = `INSERT INTO audit (at, who, deed, what, why, command) VALUES (?, ?, 'migrate', ?, '', '{}')`
	what := fmt.Sprintf("file version %d to %d; the earlier file is kept as %s", from, Version(), filepath.Base(backup))
	return c.exec(q, o.stamp(), o.Who, what)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
