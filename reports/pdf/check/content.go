package check

import "fmt"

// content is what a page paints, by its marks.
type content struct {
	texts    map[int]string // by MCID
	mcids    []int          // in order
	roles    map[int]string // the tag written in the page
	artifact string         // text inside artifacts
	problems []string
	at       [2]float64
	places   []placed
}

// placed is a text and where it starts, in points from the bottom left.
type placed struct {
	at   [2]float64
	text string
}

// OffPage lists the texts that start outside their page.
func (d *Document) OffPage() []string {
	var out []string
	for i, c := range d.conts {
		p := d.dict(d.pages[i])
		box := d.array(p["MediaBox"])
		if box == nil {
			box = d.array(d.dict(p["Parent"])["MediaBox"])
		}
		if len(box) != 4 {
			continue
		}
		w, _ := box[2].(float64)
		h, _ := box[3].(float64)
		for _, t := range c.places {
			if t.at[0] < 0 || t.at[1] < 0 || t.at[0] > w || t.at[1] > h {
				out = append(out, fmt.Sprintf("page %d: %s", i+1, t.text))
			}
		}
	}
	return out
}

var painting = map[operator]bool{"Tj": true, "TJ": true, "'": true, "\"": true, "f": true, "F": true, "f*": true, "B": true, "B*": true,
	"b": true, "b*": true, "S": true, "s": true, "Do": true, "sh": true, "BI": true}

// readContent follows the marks of a content stream. Text is decoded as two-byte codes that are the characters themselves, which
// is how our fonts are written.
func readContent(b []byte) content {
	c := content{texts: map[int]string{}, roles: map[int]string{}}
	s := &scanner{b: b}
	var args []any
	depth, open := 0, -1 // −1 nothing, −2 artifact, else the MCID
	say := func(format string, a ...any) { c.problems = append(c.problems, fmt.Sprintf(format, a...)) }
	for {
		v, err := s.value()
		if err != nil {
			if err != errEnd {
				say("the page's content does not parse: %v", err)
			}
			break
		}
		op, ok := v.(operator)
		if !ok {
			args = append(args, v)
			continue
		}
		switch op {
		case "BDC", "BMC":
			if depth++; depth > 1 {
				say("marked content inside marked content")
			}
			open = -2
			if tag, _ := arg(args, 0).(name); tag != "Artifact" {
				d, _ := arg(args, 1).(dict)
				id, ok := d["MCID"].(float64)
				if !ok {
					say("marked content /%s without an MCID", tag)
					break
				}
				open = int(id)
				if _, twice := c.texts[open]; twice {
					say("MCID %d twice", open)
				}
				c.texts[open], c.roles[open] = "", string(tag)
				c.mcids = append(c.mcids, open)
			}
		case "EMC":
			if depth--; depth < 0 {
				say("EMC without BDC")
				depth = 0
			}
			open = -1
		default:
			if painting[op] && depth == 0 {
				say("%s paints outside every mark", op)
			}
			c.add(op, args, open)
		}
		args = args[:0]
	}
	if depth != 0 {
		say("%d marks left open", depth)
	}
	for i, id := range c.mcids {
		if i != id {
			say("MCIDs are not 0 to %d in order", len(c.mcids)-1)
			break
		}
	}
	return c
}

func arg(a []any, i int) any {
	if i < len(a) {
		return a[i]
	}
	return nil
}

func (c *content) add(op operator, args []any, open int) {
	if op == "Td" {
		x, _ := arg(args, 0).(float64)
		y, _ := arg(args, 1).(float64)
		c.at = [2]float64{x, y}
	}
	if op != "Tj" {
		return
	}
	t, _ := arg(args, 0).(str)
	c.places = append(c.places, placed{c.at, utf16BE(string(t))})
	if open == -2 {
		c.artifact += utf16BE(string(t)) + "\n"
		return
	}
	c.texts[open] += utf16BE(string(t))
}
