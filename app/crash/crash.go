// Package crash keeps a log that the user can find and writes a report when
// something breaks, so that nothing is lost without a trace. It imports no
// Fyne.
package crash

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// logLimit is the size in bytes at which the log begins anew; the old one is
// kept beside.
const logLimit = 2 << 20

// Log is a log file in a folder.
type Log struct {
	folder string
	now    func() time.Time
	file   *os.File
}

// Open starts the log in a folder and makes it the default of package slog,
// beside standard error.
func Open(folder string, level slog.Level, now func() time.Time) (*Log, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	l := &Log{folder: folder, now: now}
	path := l.Path()
	if st, err := os.Stat(path); err == nil && st.Size() > logLimit {
		_ = os.Rename(path, path+".old")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	l.file = f
	slog.SetDefault(slog.New(slog.NewTextHandler(io.MultiWriter(f, os.Stderr), &slog.HandlerOptions{Level: level})))
	return l, nil
}

// Path is the log file.
func (l *Log) Path() string { return filepath.Join(l.folder, "flagstone.log") }

// Folder is where log and crash reports are.
func (l *Log) Folder() string { return l.folder }

// Report writes a crash report and returns its path.
func (l *Log) Report(value any, stack []byte) string {
	at := l.now()
	path := filepath.Join(l.folder, "crash-"+at.Format("2006-01-02-150405")+".txt")
	text := fmt.Sprintf("Flagstone stopped unexpectedly at %s.\nEvery change up to then is saved in the project file.\n\n%v\n\n%s\n%s %s/%s\n",
		at.Format(time.RFC3339), value, stack, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		slog.Error("crash report could not be written", "error", err)
	}
	slog.Error("crash", "value", fmt.Sprint(value), "report", path)
	return path
}

// Latest is the name of the newest report of a crash; empty when there is none.
func (l *Log) Latest() string {
	names, err := filepath.Glob(filepath.Join(l.folder, "crash-*.txt"))
	if err != nil || len(names) == 0 {
		return ""
	}
	return filepath.Base(slices.Max(names)) // the name begins with the time
}

// Guard is deferred in main: it reports a panic and then lets it happen, so
// that the process ends with the usual trace.
func (l *Log) Guard() {
	if v := recover(); v != nil {
		path := l.Report(v, debug.Stack())
		fmt.Fprintln(os.Stderr, "Flagstone stopped unexpectedly. A report is in "+path)
		panic(v)
	}
}

// Close ends the log.
func (l *Log) Close() error { return l.file.Close() }
