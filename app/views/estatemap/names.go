package estatemap

import (
	"image"
	"slices"
)

// mostNames is how many names a picture shows at most.
const mostNames = 40

// names writes the names of marks beside them where they cover neither each
// other nor what lies on the map: of those that a plan touches first, then of the largest.
func (p *painter) names(after *Compared) {
	var order []int
	if after != nil {
		for i, f := range after.Fates {
			if f > stays {
				order = append(order, i)
			}
		}
	}
	inSight := 0
	for i := range p.sn.Dots {
		if x, y := p.place(p.sn.Dots[i].At); x > 0 && y > 0 && x < float64(p.w) && y < float64(p.h) {
			inSight++
		}
	}
	if inSight <= 3*mostNames {
		for i := range p.sn.Dots {
			if after == nil || after.fate(i) <= stays {
				order = append(order, i)
			}
		}
	}
	taken := slices.Clone(p.st.Covered)
	most := len(taken) + mostNames
	free := func(r image.Rectangle) bool {
		for _, t := range taken {
			if r.Overlaps(t) {
				return false
			}
		}
		return true
	}
	for _, i := range order {
		d := &p.sn.Dots[i]
		x, y := p.place(d.At)
		if !image.Pt(int(x), int(y)).In(p.clip) || p.st.HiddenClasses[d.Class] {
			continue
		}
		if p.st.Grouped && inSight > mostNames && (after == nil || after.fate(i) <= stays) {
			continue
		}
		name := d.Name
		if r := []rune(name); len(r) > 34 {
			name = string(r[:33]) + "…"
		}
		s := p.letters.word(name, 11*p.st.Scale, after != nil && after.fate(i) > stays, p.st.Ink, p.st.Halo)
		w := s.img.Rect.Dx()
		gap := (d.Size + 5) * p.st.Scale
		if after != nil && after.fate(i) > stays {
			gap += 6 * p.st.Scale
		}
		for _, cx := range []float64{x + gap + float64(w)/2, x - gap - float64(w)/2} {
			r := s.img.Rect.Add(image.Pt(int(cx)-s.halfX, int(y)-s.halfY))
			if r.In(p.clip) && free(r) {
				taken = append(taken, r)
				p.stamp(s, cx, y)
				break
			}
		}
		if len(taken) >= most {
			return
		}
	}
}
