package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

type coverage struct {
	Hubs   int               `json:"hubs"`
	Share  float64           `json:"share"`
	Bound  float64           `json:"bound"`
	People float64           `json:"people"`
	Proven bool              `json:"proven"`
	Open   []model.AssetID   `json:"open"`
	Ties   [][]model.AssetID `json:"ties,omitempty"` // other choices exactly as good
	Every  bool              `json:"ties_complete"`
}

func coverageOf(c rationalise.Coverage) coverage {
	return coverage{c.Hubs, c.Share, c.Bound, c.People, c.Proven, c.Open, c.Ties, c.Every}
}

func (t *tool) hubsCommand() *cobra.Command {
	var s search
	var spec rationalise.HubSpec
	var mode string
	var required, excluded []string
	c := &cobra.Command{
		Use:   "hubs FILE",
		Short: "Where hubs should be, and how many bring how many residents within so many minutes",
		Long: `Chooses hubs among the buildings that residents may enter, and proves the choice.

  --objective coverage   for one hub, two, …: the most residents within the minutes, up to the target (the default)
  --objective cover      the fewest hubs that bring everybody within the minutes who can be
  --objective median     with --hubs N: the least travel for all residents
  --objective centre     with --hubs N: the least travel for those who live farthest`,
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.sites(t, cmd)
			if err != nil {
				return err
			}
			m, ok := rationalise.ModeNamed(mode)
			if !ok {
				return usage{fmt.Errorf("--mode is foot, bus or car, not %q", mode)}
			}
			spec.Mode = m
			switch {
			case !slices.Contains([]string{rationalise.HubsCoverage, rationalise.HubsCover, rationalise.HubsMedian, rationalise.HubsCentre}, spec.Objective):
				return usage{fmt.Errorf("--objective is coverage, cover, median or centre, not %q", spec.Objective)}
			case !(spec.Minutes > 0 && spec.Minutes <= 600):
				return usage{fmt.Errorf("--minutes %v: between 0 and 600 are possible", spec.Minutes)}
			case !(spec.Target > 0 && spec.Target <= 1):
				return usage{fmt.Errorf("--target %v: a share between 0 and 1 is possible", spec.Target)}
			case spec.Capacity < 0 || spec.Hubs < 0 || spec.MinArea <= 0:
				return usage{errors.New("--residents-per-hub, --hubs and --min-area cannot be negative")}
			case spec.Hubs == 0 && (spec.Objective == rationalise.HubsMedian || spec.Objective == rationalise.HubsCentre):
				return usage{fmt.Errorf("--objective %s needs --hubs, the number of hubs", spec.Objective)}
			}
			f, err := t.read(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			p := f.Project()
			for _, list := range []struct {
				flag  string
				names []string
				into  *[]model.AssetID
			}{{"require", required, &spec.Required}, {"exclude", excluded, &spec.Excluded}} {
				for _, name := range list.names {
					id, err := assetNamed(p, name)
					if err != nil {
						return usage{fmt.Errorf("--%s %q: there is no such building", list.flag, name)}
					}
					*list.into = append(*list.into, id)
				}
			}
			if spec.Objective != rationalise.HubsCoverage {
				r, err := rationalise.Site(cmd.Context(), p, spec, o)
				if err != nil {
					return err
				}
				return t.sited(p, spec, r)
			}
			cs, err := rationalise.Hubs(cmd.Context(), p, spec, o)
			if err != nil {
				return err
			}
			return t.covered(p, &s, spec, cs)
		},
	}
	s.flags(c)
	s.pictureFlags(c, "hubs against the residents they reach")
	f := c.Flags()
	f.StringVar(&spec.Objective, "objective", rationalise.HubsCoverage, "coverage, cover, median or centre")
	f.IntVar(&spec.Hubs, "hubs", 0, "number of hubs, for median and centre")
	f.Float64Var(&spec.Minutes, "minutes", 20, "travel time that counts as near")
	f.Float64Var(&spec.Target, "target", 0.95, "share of residents at which to stop")
	f.Float64Var(&spec.MinArea, "min-area", 200, "m² that a hub needs")
	f.Float64Var(&spec.Capacity, "residents-per-hub", 0, "residents that one hub can serve; 0 for no limit")
	f.StringVar(&mode, "mode", "foot", "foot, bus or car")
	f.StringArrayVar(&required, "require", nil, "building that must be a hub, by name or identifier; may be repeated")
	f.StringArrayVar(&excluded, "exclude", nil, "building that must not be a hub; may be repeated")
	return c
}

// names joins the names of buildings.
func names(p *model.Project, ids []model.AssetID) string {
	var out []string
	for _, id := range ids {
		if a := p.Asset(id); a != nil {
			out = append(out, a.Name)
		}
	}
	return strings.Join(out, "; ")
}

// covered answers how many hubs bring how many residents within reach.
func (t *tool) covered(p *model.Project, s *search, spec rationalise.HubSpec, cs []rationalise.Coverage) error {
	var out []coverage
	var rows [][]string
	var picture []planchart.Cover
	for _, c := range cs {
		out = append(out, coverageOf(c))
		picture = append(picture, planchart.Cover{Hubs: c.Hubs, Share: c.Share, Bound: c.Bound})
		proof := "proven best"
		if !c.Proven {
			proof = fmt.Sprintf("at most %.1f%%", 100*c.Bound)
		} else if n := len(c.Ties); n > 0 {
			proof += fmt.Sprintf(", %s as good", counted(n, "other choice", "other choices"))
			if !c.Every {
				proof = strings.Replace(proof, ", ", ", at least ", 1)
			}
		}
		rows = append(rows, []string{fmt.Sprint(c.Hubs), fmt.Sprintf("%.1f%%", 100*c.Share), fmt.Sprintf("%.0f", c.People), proof, names(p, c.Open)})
	}
	if s.picture != "" && len(picture) > 0 {
		within := fmt.Sprintf("within %.0f minutes %s", spec.Minutes, spec.Mode.Name)
		if err := writePicture(s.picture, planchart.Hubs(picture, spec.Target, within)); err != nil {
			return err
		}
	}
	if err := t.listing("coverage", []string{"Hubs", "Within reach", "Residents", "Proof", "Where"}, rows, out); err != nil || t.json || len(cs) == 0 {
		return err
	}
	last, few := cs[len(cs)-1], 0
	for _, c := range cs {
		if c.Bound < spec.Target {
			few = c.Hubs
		}
	}
	switch {
	case last.Share >= spec.Target && few == last.Hubs-1:
		fmt.Fprintf(t.out, "%s are enough for %.4g%% of residents; it is proven that fewer are not.\n", counted(last.Hubs, "hub", "hubs"), 100*spec.Target)
	case last.Share >= spec.Target:
		fmt.Fprintf(t.out, "%s are enough for %.4g%% of residents; it is proven that %d are not.\n", counted(last.Hubs, "hub", "hubs"), 100*spec.Target, few)
	default:
		fmt.Fprintf(t.out, "%.4g%% of residents is not reached with %s; it is proven that %d are not enough.\n", 100*spec.Target, counted(last.Hubs, "hub", "hubs"), few)
	}
	return nil
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// sited answers one question of siting.
func (t *tool) sited(p *model.Project, spec rationalise.HubSpec, r *rationalise.Siting) error {
	if t.json {
		return t.answer(struct {
			Objective string `json:"objective"`
			coverage
			Minutes    float64  `json:"minutes,omitempty"`
			Least      float64  `json:"least"`
			Unreached  []string `json:"unreached,omitempty"`
			Lost       float64  `json:"residents_unreached,omitempty"`
			Impossible bool     `json:"impossible,omitempty"`
		}{spec.Objective, coverageOf(r.Coverage), r.Minutes, r.Least, r.Unreached, r.People, r.Impossible})
	}
	if r.Impossible {
		fmt.Fprintln(t.out, "No choice of hubs serves all residents within the capacity of each hub. Allow more hubs, or more residents for each.")
		return nil
	}
	proof := "proven best"
	switch spec.Objective {
	case rationalise.HubsCover:
		if !r.Proven {
			proof = fmt.Sprintf("no choice can do with fewer than %.0f", r.Least)
		}
		fmt.Fprintf(t.out, "%s bring every resident within %.0f minutes %s who can be (%s): %s.\n", counted(r.Hubs, "hub", "hubs"), spec.Minutes, spec.Mode.Name, proof, names(p, r.Open))
	default:
		if !r.Proven {
			proof = fmt.Sprintf("no choice can do with less than %.1f minutes", r.Least)
		}
		who := "residents are %.1f minutes away on average"
		if spec.Objective == rationalise.HubsCentre {
			who = "nobody is more than %.1f minutes away"
		}
		fmt.Fprintf(t.out, "With %s, "+who+", %s (%s): %s.\n", counted(r.Hubs, "hub", "hubs"), r.Minutes, spec.Mode.Name, proof, names(p, r.Open))
	}
	fmt.Fprintf(t.out, "%.1f%% of residents are within %.0f minutes.\n", 100*r.Share, spec.Minutes)
	for i, tie := range r.Ties {
		if i == 5 {
			fmt.Fprintf(t.out, "And %s.\n", counted(len(r.Ties)-i, "other choice", "other choices"))
			break
		}
		fmt.Fprintf(t.out, "Exactly as good: %s.\n", names(p, tie))
	}
	if len(r.Ties) > 0 && !r.Every {
		fmt.Fprintln(t.out, "There may be more choices as good.")
	}
	if len(r.Unreached) > 0 {
		fmt.Fprintf(t.out, "No hub can be within reach of %.0f residents of %s.\n", r.People, strings.Join(r.Unreached, ", "))
	}
	return nil
}
