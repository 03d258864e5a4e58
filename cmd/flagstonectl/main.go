// Command flagstonectl does the work of Flagstone without a window: it makes
// and reads project files, imports spreadsheets, appraises scenarios and writes
// workbooks and papers. Exit code 0 means done, 1 that the work failed, 2 that
// the command was used wrongly.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise/highs"
	"github.com/planting-the-flag/flagstone/model/store"
)

// version is set by the build.
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// usage marks an error in how the command was called.
type usage struct{ error }

// tool is what every command shares.
type tool struct {
	out  io.Writer
	json bool
	now  func() time.Time
	// highs is loaded by the first search that wants it
	highs *highs.Loader
	// copies are folders to be removed when the command is done
	copies []string
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	defer func() { // a fault of ours must not look like a fault of the user's
		if r := recover(); r != nil {
			fmt.Fprintf(stderr, "Flagstone has a fault and stopped: %v. Your project is as it was before this command.\n", r)
			if os.Getenv("FLAGSTONE_DEBUG") != "" {
				fmt.Fprintf(stderr, "%s\n", debug.Stack())
			} else {
				fmt.Fprintln(stderr, "To report it, run the command again with FLAGSTONE_DEBUG=1 and send what it prints.")
			}
			code = 1
		}
	}()
	t := &tool{out: stdout, now: time.Now, highs: highs.NewLoader(session.CompiledFolder())}
	defer func() {
		for _, dir := range t.copies {
			_ = os.RemoveAll(dir)
		}
	}()
	root := &cobra.Command{
		Use:           "flagstonectl",
		Short:         "Plan what to do with public buildings, without a window",
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage{fmt.Errorf("there is no command %q", args[0])}
			}
			return c.Help()
		},
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.PersistentFlags().BoolVar(&t.json, "json", false, "answer in JSON")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.AddCommand(t.newCommand(), t.importCommand(), t.showCommand(), t.scenarioCommand(), t.appraiseCommand(), t.exportCommand(), t.optimiseCommand(), t.importWorkbookCommand(), t.siteCommand(), t.hubsCommand(), t.frontierCommand(),
		t.freezeCommand(), t.copyForCommand(), t.checkCommand(), t.gapsCommand(), t.mergeCommand(), t.splitCommand(), t.layoutsCommand(), t.templateCommand(), t.checkPDFCommand(), t.demoCommand(), t.travelCommand(), t.solveCommand(), t.riskCommand())
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var wrong usage
	switch {
	case err == nil:
		return 0
	case strings.HasPrefix(err.Error(), "unknown command"): // the library's own words
		fmt.Fprintf(stderr, "flagstonectl: %v\nSee flagstonectl --help.\n", err)
		return 2
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "flagstonectl: %v\nSee flagstonectl --help.\n", wrong.error)
		return 2
	}
	fmt.Fprintln(stderr, session.Sentence(err))
	return 1
}

// exactly checks the number of arguments, as a usage error.
func exactly(n int) cobra.PositionalArgs { return between(n, n) }

func between(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < least || (most >= 0 && len(args) > most) {
			return usage{fmt.Errorf("%s takes %s", c.CommandPath(), c.Use)}
		}
		return nil
	}
}

func (t *tool) options() store.Options {
	who := "unknown"
	if u, err := user.Current(); err == nil {
		who = u.Username
	}
	return store.Options{Now: t.now, Who: who}
}

// read opens a project that the command will not change.
func (t *tool) read(path string) (*store.File, error) {
	o := t.options()
	o.ReadOnly = true
	f, err := store.Open(path, o)
	if errors.Is(err, model.ErrOlder) { // to be brought up to date first, which a command that only reads does to a copy
		return t.readCopy(path)
	}
	return f, err
}

func (t *tool) readCopy(path string) (*store.File, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "flagstone-")
	if err != nil {
		return nil, err
	}
	t.copies = append(t.copies, dir)
	c := filepath.Join(dir, filepath.Base(path))
	if err := os.WriteFile(c, data, 0o600); err != nil {
		return nil, err
	}
	return store.Open(c, t.options())
}

func (t *tool) write(path string) (*store.File, error) { return store.Open(path, t.options()) }
