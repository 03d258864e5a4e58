package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/optimise/siting"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

// search is what the commands that search have in common.
type search struct {
	limit time.Duration
	work  int64
	seed  uint64
	start time.Time
	alone bool // without HiGHS

	picture  string
	progress bool
	trail    []planchart.Moment // £, costs
}

func (s *search) flags(c *cobra.Command) {
	c.Flags().DurationVar(&s.limit, "time", time.Minute, "longest time to search")
	c.Flags().Int64Var(&s.work, "work", 0, "stop after this much work instead, to repeat a run exactly; the answer then leaves the time out")
	c.Flags().Uint64Var(&s.seed, "seed", 1, "seed of the search")
	c.Flags().BoolVar(&s.alone, "no-highs", false, "leave HiGHS out, as on a machine that cannot run it")
}

// options turns the flags into the solver's options. A run limited by work alone
// has no clock, so nothing in its answer depends on one.
func (s *search) options(t *tool, c *cobra.Command) (optimise.Options, error) {
	if s.work > 0 && !c.Flags().Changed("time") {
		s.limit = 0
	}
	if s.limit < 0 || s.work < 0 || s.limit == 0 && s.work == 0 {
		return optimise.Options{}, usage{fmt.Errorf("--time must be longer than 0")}
	}
	if err := s.drawable(); err != nil {
		return optimise.Options{}, err
	}
	return s.again(t), nil
}

// again starts the clock anew.
func (s *search) again(t *tool) optimise.Options {
	s.start = t.now()
	o := optimise.Options{Time: s.limit, WorkLimit: s.work, Seed: s.seed}
	if !s.alone {
		o.HiGHS = t.highs
	}
	if s.limit > 0 {
		start := s.start
		o.Clock = func() time.Duration { return t.now().Sub(start) }
	}
	return o
}

// sites are the same options for choosing sites.
func (s *search) sites(t *tool, c *cobra.Command) (siting.Options, error) {
	o, err := s.options(t, c)
	return siting.Options{Time: o.Time, Clock: o.Clock, WorkLimit: o.WorkLimit, Seed: o.Seed}, err
}

// wall is the time a search took, or none when it must repeat exactly.
func (s *search) wall(seconds float64) float64 {
	if s.work > 0 {
		return 0
	}
	return seconds
}

// repeat says how to get the same answer again.
func (s *search) repeat(work int64) string {
	return fmt.Sprintf("--work %d --seed %d", work, s.seed)
}

// watch follows a search: on a terminal it shows how far it has come, with
// --progress it writes a JSON line for each step, with --picture it keeps the
// trail. Words puts a plan's cost and its bound, in £ thousand, into words. The
// function returned ends the line.
func (s *search) watch(t *tool, c *cobra.Command, o *optimise.Options, words func(cost, bound float64) string) (end func()) {
	w := c.ErrOrStderr()
	s.trail = nil
	shown, end := s.live(t, w, words)
	enc := json.NewEncoder(w)
	o.Progress = func(p optimise.Progress) {
		if shown != nil && !s.progress {
			shown(p)
		}
		at := p.Elapsed.Seconds()
		if s.work > 0 {
			at = float64(p.Work)
		}
		if p.HasPlan && s.picture != "" {
			s.trail = append(s.trail, planchart.Moment{At: at, Plan: p.Incumbent * 1000, Bound: p.Bound * 1000})
		}
		if s.progress {
			line := struct {
				Stage string   `json:"stage"`
				Plan  *float64 `json:"incumbent,omitempty"`
				Bound float64  `json:"bound"`
				Gap   *float64 `json:"gap,omitempty"`
				Work  int64    `json:"work"`
				At    float64  `json:"at_s,omitempty"`
			}{Stage: p.Stage, Bound: p.Bound, Work: p.Work, At: s.wall(at)}
			if p.HasPlan {
				line.Plan, line.Gap = &p.Incumbent, &p.Gap
			}
			if err := enc.Encode(line); err != nil { // the reader has gone
				s.progress = false
			}
		}
	}
	return end
}

// draw writes the picture asked for; value says whether the trail is of value
// rather than of cost.
func (s *search) draw(value bool) error {
	if s.picture == "" {
		return nil
	}
	trail := slices.Clone(s.trail)
	for i := range trail {
		if value {
			trail[i].Plan, trail[i].Bound = -trail[i].Plan, -trail[i].Bound
		}
	}
	c := planchart.Convergence(trail, s.work > 0, value)
	if c == nil { // no plan was found; the answer says so
		c = &chart.Chart{Title: "No plan was found that keeps the limits", Plot: chart.Lines{}}
	}
	return writePicture(s.picture, c)
}

// pictureFlags adds --picture.
func (s *search) pictureFlags(c *cobra.Command, what string) {
	c.Flags().StringVar(&s.picture, "picture", "", "draw "+what+" to this .svg or .png file")
}

func (s *search) progressFlags(c *cobra.Command) {
	c.Flags().BoolVar(&s.progress, "progress", false, "write a JSON line for each step of the search to the error output")
}

// drawable checks the name of the picture before a search begins.
func (s *search) drawable() error {
	if x := strings.ToLower(filepath.Ext(s.picture)); s.picture != "" && x != ".svg" && x != ".png" {
		return usage{fmt.Errorf("--picture %q: the name must end in .svg or .png", s.picture)}
	}
	return nil
}

// writePicture writes a chart by the ending of the name.
func writePicture(path string, c *chart.Chart) error {
	size := chart.Size{W: 560, H: 340}
	data := chart.SVG(c, size)
	if strings.EqualFold(filepath.Ext(path), ".png") {
		var err error
		if data, err = chart.PNG(c, size, 2, chart.Options{Theme: chart.Print}); err != nil {
			return err
		}
	}
	return os.WriteFile(path, data, 0o666)
}

// live shows on a terminal how far a search has come; there is nothing to call
// when nobody is looking.
func (s *search) live(t *tool, w io.Writer, words func(cost, bound float64) string) (shown func(optimise.Progress), end func()) {
	if !terminal(w) {
		return nil, func() {}
	}
	var last time.Time
	width := 0
	show := func(line string) {
		fmt.Fprintf(w, "\r%-*s", width, line)
		width = len([]rune(line))
	}
	return func(p optimise.Progress) {
			now := t.now()
			if now.Sub(last) < 200*time.Millisecond {
				return
			}
			last = now
			line := fmt.Sprintf("%4.0f s  %s", now.Sub(s.start).Seconds(), p.Stage)
			if p.HasPlan {
				line += fmt.Sprintf(": %s, gap %.2f %%. Ctrl-C keeps the plan.", words(p.Incumbent, p.Bound), 100*p.Gap)
			}
			show(line)
		}, func() {
			if width > 0 {
				show("")
				fmt.Fprint(w, "\r")
			}
		}
}

// terminal says whether somebody is looking.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}

// spec reads what may be decided and within which limits.
func readSpec(path string, into *rationalise.Spec) error {
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return model.Invalid("spec", fmt.Sprintf("%s cannot be read: %v", path, err))
	}
	return nil
}

// unusable is an error about a problem file.
type unusable struct {
	file string
	error
}

func (u unusable) Unwrap() error { return u.error }

// Sentence says it to whoever wrote the file.
func (u unusable) Sentence() string {
	return fmt.Sprintf("%s: %v. Correct the file and try again.", u.file, u.error)
}
