package shell

import "github.com/planting-the-flag/flagstone/app"

// frames says when what is on display had been painted, for automation.
type frames struct {
	post    func(func()) // the toolkit's own
	told    bool         // of each frame, by the toolkit
	within  bool         // what is done now comes into the next frame painted
	waiting []*once      // for the next frame to begin
	begun   []*once      // for the frame that is being painted to be over
}

// once is done once, though it is asked for twice.
type once struct{ do func() }

func (o *once) run() {
	if do := o.do; do != nil {
		o.do = nil
		do()
	}
}

// before is called before each frame; work comes into it.
func (f *frames) before(work func()) {
	f.told = true
	for _, o := range f.begun {
		o.run()
	}
	f.begun, f.waiting = f.waiting, nil
	for _, o := range f.begun {
		f.post(o.run)
	}
	f.within = true
	work()
	f.within = false
}

// after does something once a frame with what is on display has been painted.
func (f *frames) after(do func()) {
	o := &once{do}
	switch {
	case !f.told:
		f.post(o.run)
	case f.within:
		f.begun = append(f.begun, o)
		f.post(o.run)
	default:
		f.waiting = append(f.waiting, o)
	}
}

// timeTotals notes when new totals had been painted.
func (w *Window) timeTotals() {
	w.desk.OnAny(func() {
		if !w.desk.Computing() && w.desk.Comparison() != nil {
			w.frames.after(func() { w.totals = w.p.Now() })
		}
	}, app.ProjectChanged, app.ScenarioChanged, app.ResultsChanged)
}

// framesOf asks to be told before each frame.
func framesOf(p *Params, work func()) *frames {
	f := &frames{post: p.Post}
	if p.EachFrame != nil {
		p.EachFrame(func() { f.before(work) })
	}
	return f
}
