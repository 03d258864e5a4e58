// Command flagstone is the window.
//
//	flagstone [flags] [PROJECT.flagstone | SPREADSHEET …]
//
// Flags:
//
//	--demonstration       open the demonstration place
//	--theme NAME          light, dark, "high contrast" or system, for this run and the next
//	--language TAG        language of the window in this run: en or cy (Welsh, a draft)
//	--size WxH            size of the window in this run, in pixels at normal scale
//	--place NAME          place to begin with: portfolio, map, challenge, space, scenarios, carbon, reports, assumptions, findings
//	--data FOLDER         where log, recent files and the demonstration project are kept
//	--state-file FILE     write what the window shows as JSON, for automation (package app/shell, type State)
//	--state-every TIME    how often to look for changes of that, for example 20ms
//	--log-level LEVEL     debug, info, warn or error
//	--pprof ADDRESS       serve run-time profiles there, for developers
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	_ "net/http/pprof"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"github.com/planting-the-flag/flagstone/app/crash"
	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/language"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/app/shell"
	"github.com/planting-the-flag/flagstone/app/workspace"
	"github.com/planting-the-flag/flagstone/model/optimise/highs"
)

// appID names the application to the system and its preferences.
const appID = "io.github.planting-the-flag.flagstone"

type flags struct {
	demonstration                      bool
	theme, language, size, place, data string
	stateFile, level, prof             string
	stateEvery                         time.Duration
	files                              []string
}

func parse() flags {
	var f flags
	flag.BoolVar(&f.demonstration, "demonstration", false, "open the demonstration place")
	flag.StringVar(&f.theme, "theme", "", "light, dark, high contrast or system")
	flag.StringVar(&f.language, "language", "", "language of the window in this run: en or cy")
	flag.StringVar(&f.size, "size", "", "size of the window, for example 1366x768")
	flag.StringVar(&f.place, "place", "", "place to begin with")
	flag.StringVar(&f.data, "data", "", "folder for log, recent files and the demonstration project")
	flag.StringVar(&f.stateFile, "state-file", "", "write what the window shows to this file as JSON")
	flag.DurationVar(&f.stateEvery, "state-every", 0, "how often to look for changes of that; 0 for a few times a second")
	flag.StringVar(&f.level, "log-level", "warn", "debug, info, warn or error")
	flag.StringVar(&f.prof, "pprof", "", "serve run-time profiles at this address")
	flag.Parse()
	f.files = flag.Args()
	return f
}

func main() {
	f := parse()
	if f.prof != "" {
		go func() { slog.Error("pprof", "error", http.ListenAndServe(f.prof, nil)) }()
	}
	for _, k := range []string{"LC_ALL", "LANG"} { // Fyne warns about a locale it cannot read
		if v := os.Getenv(k); k == "LANG" && v == "" || v == "C" || v == "C.UTF-8" || v == "POSIX" {
			_ = os.Setenv(k, "en_GB.UTF-8")
		}
	}
	a := fyneapp.NewWithID(appID)
	a.SetIcon(look.Icon("flag"))
	set := settings.New(a.Preferences())
	if f.theme != "" {
		set.SetTheme(f.theme)
	}
	speak(f.language, set.Language())
	if f.place != "" {
		set.SetPlace(f.place)
	}
	if v := set.Scale(); v != 1 && os.Getenv("FYNE_SCALE") == "" {
		_ = os.Setenv("FYNE_SCALE", strconv.FormatFloat(v, 'f', 2, 64)) // read when the window is made
	}
	data, given := f.data, f.data != ""
	if data == "" {
		data = a.Storage().RootURI().Path()
	}
	if data, err := filepath.Abs(data); err == nil {
		f.data = data
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.level)); err != nil {
		fmt.Fprintln(os.Stderr, "--log-level is debug, info, warn or error")
		os.Exit(2)
	}
	log, err := crash.Open(f.data, level, time.Now)
	if err != nil {
		fmt.Fprintln(os.Stderr, "No log can be kept:", err)
	} else {
		defer log.Close()
		defer log.Guard()
	}
	runner := jobs.New(time.Now)
	if log != nil {
		runner.Recovered = func(v any, stack []byte) { log.Report(v, stack) }
	}
	layouts := intake.LayoutsFolder() // shared with the command
	if given || layouts == "" {
		layouts = filepath.Join(f.data, "layouts")
	}
	w := shell.New(shell.Params{
		App: a, Library: &workspace.Library{Now: time.Now, Who: userName(), Layouts: layouts, HiGHS: highs.NewLoader(session.CompiledFolder())}, Runner: runner, Recent: session.OpenRecent(f.data),
		Log: log, Post: fyne.Do, EachFrame: eachFrame, Now: time.Now, DemoFile: filepath.Join(f.data, "trafford.flagstone"), StateFile: f.stateFile, StateEvery: f.stateEvery, Tour: f.stateFile == "",
	})
	var width, height float32
	if n, _ := fmt.Sscanf(f.size, "%fx%f", &width, &height); n == 2 {
		w.Fyne().Resize(fyne.NewSize(width, height))
	}
	a.Lifecycle().SetOnStarted(func() {
		switch {
		case len(f.files) > 0:
			w.Drop(f.files)
		case f.demonstration:
			w.Demonstration()
		}
	})
	w.Show()
	a.Run()
}

// speak puts the window into the language asked for in this run, or else the one that the user chose.
func speak(asked, chosen string) {
	if asked != "" && !language.Known(asked) {
		fmt.Fprintln(os.Stderr, "--language is en or cy")
		os.Exit(2)
	}
	if asked == "" {
		asked = chosen
	}
	if err := language.Speak(asked); err != nil { // English, then
		slog.Error("language", "tag", asked, "error", err)
	}
}

// eachFrame runs f before each frame that the toolkit may paint: a movement that
// never ends and moves nothing is asked for its next step then.
func eachFrame(f func()) {
	a := fyne.NewAnimation(time.Hour, func(float32) { f() })
	a.RepeatCount = fyne.AnimationRepeatForever
	a.Start()
}

// userName is who the audit names for a change.
func userName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	if u.Name != "" {
		return u.Name
	}
	return u.Username
}
