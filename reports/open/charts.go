package open

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

const (
	width = 480 // points: the width of a page's text
	scale = 3   // pixels a point: 216 to the inch, enough for print
)

// Charts hands every chart and map of the business case to emit as three files: the SVG, the PNG, and a text with the title, the
// alternative text and the source, to put beside the picture in another report.
func Charts(cmp *appraisal.Comparison, opt businesscase.Options, emit func(name string, data []byte) error) error {
	list, err := businesscase.Pictures(cmp, opt)
	if err != nil {
		return err
	}
	for _, p := range list {
		size := chart.Size{W: width, H: p.Height}
		png, err := chart.PNG(p.Chart, size, scale, chart.Options{Theme: chart.Print})
		if err != nil {
			return fmt.Errorf("drawing %s: %w", p.Name, err)
		}
		words := p.Chart.Title + "\n\n" + p.Chart.AltText() + "\n"
		if s := p.Chart.SourceLine(); s != "" {
			words += "\n" + s + "\n"
		}
		for _, f := range []struct {
			ext  string
			data []byte
		}{{".svg", chart.SVG(p.Chart, size)}, {".png", png}, {".txt", []byte(words)}} {
			if err := emit(p.Name+f.ext, f.data); err != nil {
				return fmt.Errorf("saving %s%s: %w", p.Name, f.ext, err)
			}
		}
	}
	return nil
}
