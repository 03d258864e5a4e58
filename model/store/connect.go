package store

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// longest is the size above which no text or blob is read from a file.
const longest = 1 << 28

// connection is the one connection to a file. Transactions are begun and ended
// by hand on it: database/sql hands a connection whose COMMIT failed back to
// its pool with the transaction still open.
type connection struct {
	db *sql.DB
	*sql.Conn
}

type mode string

const (
	modeRead   mode = "ro"
	modeWrite  mode = "rw"
	modeCreate mode = "rwc"
	modeMemory mode = "memory"
)

// connect opens a file with everything that protects against a hostile one.
func connect(path string, m mode) (*connection, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // a Windows drive
	}
	q := url.Values{}
	q.Set("mode", string(m))
	q.Set("_busy_timeout", "5000")
	q.Set("_txlock", "immediate")
	q.Set("_defensive", "1")
	q.Set("_dqs", "0")
	for _, p := range []string{"foreign_keys(1)", "trusted_schema(0)", "cell_size_check(1)", "cache_size(-262144)"} {
		q.Add("_pragma", p)
	}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(background)
	if err != nil {
		db.Close()
		return nil, err
	}
	if _, err := sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_LENGTH, longest); err != nil {
		conn.Close()
		db.Close()
		return nil, err
	}
	return &connection{db, conn}, nil
}

// Close closes the connection and its pool.
func (c *connection) Close() error {
	err := c.Conn.Close()
	if e := c.db.Close(); err == nil {
		err = e
	}
	return err
}

func (c *connection) exec(q string, args ...any) error {
	_, err := c.ExecContext(background, q, args...)
	return err
}

// one reads a single value.
func (c *connection) one(dest any, q string, args ...any) error {
	return c.QueryRowContext(background, q, args...).Scan(dest)
}

// transact runs do in a transaction that ends whole or not at all.
func (c *connection) transact(begin string, do func() error) (err error) {
	if err := c.exec(begin); err != nil {
		return err
	}
	done := false
	defer func() { // also when do panics
		if !done {
			// SQLite has rolled back by itself after some errors; then this fails, which is as good.
			_ = c.exec("ROLLBACK")
		}
	}()
	if err := do(); err != nil {
		return err
	}
	if err := c.exec("COMMIT"); err != nil {
		return err
	}
	done = true
	return nil
}

const (
	forWriting = "BEGIN IMMEDIATE"
	forReading = "BEGIN"
)

// probe finds out whether the file can be written to, by writing nothing.
func (c *connection) probe() error {
	var version int
	if err := c.one(&version, "PRAGMA user_version"); err != nil {
		return err
	}
	if err := c.exec(forWriting); err != nil {
		return err
	}
	err := c.exec(fmt.Sprintf("PRAGMA user_version = %d", version))
	if e := c.exec("ROLLBACK"); err == nil {
		err = e
	}
	return err
}
