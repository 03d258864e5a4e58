package crash_test

import (
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app/crash"
)

func TestAReportIsWrittenWhereTheUserCanFindIt(t *testing.T) {
	old := slog.Default()
	defer slog.SetDefault(old)
	l, err := crash.Open(t.TempDir(), slog.LevelError, func() time.Time { return time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	path := l.Report("index out of range", []byte("goroutine 1"))
	b, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(b), "index out of range") || !strings.Contains(string(b), "saved in the project file") {
		t.Errorf("report %s: %q, %v", path, b, err)
	}
	if log, _ := os.ReadFile(l.Path()); !strings.Contains(string(log), "crash") {
		t.Error("the log does not mention it")
	}
}
