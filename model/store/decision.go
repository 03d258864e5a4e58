package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
)

var decisions = &list[model.Decision]{
	of:    KindDecision,
	kept:  tables{root: "decision"},
	key:   func(_ int64, d *model.Decision) string { return strconv.Itoa(d.Number) },
	name:  func(d *model.Decision) string { return quoted("decision", d.Name, strconv.Itoa(d.Number)) },
	items: func(p *model.Project) []model.Decision { return p.Decisions },
	set:   func(p *model.Project, items []model.Decision) { p.Decisions = items },
	clone: func(d *model.Decision) *model.Decision {
		c := *d
		c.Content = bytes.Clone(d.Content)
		return &c
	},
	tidy: func(d *model.Decision) error {
		t := &tidier{what: "Decision", name: d.Name, id: strconv.Itoa(d.Number)}
		texts(&d.Name, &d.When, &d.Who)
		d.Content = some(d.Content)
		if d.Number < 1 {
			t.refuse("number", "the number is %d; decisions are numbered from 1", d.Number)
		}
		switch hash := HashOf(d.Content); d.Hash {
		case hash:
		case "":
			d.Hash = hash
		default:
			t.refuse("hash", "its content does not have the hash %s", d.Hash)
		}
		return t.err
	},
	put: func(w *writer, rows []row[model.Decision]) error {
		in := w.into("decision", "no", "name", "at", "who", "hash", "content")
		for _, r := range rows {
			content := r.item.Content
			if content == nil {
				content = []byte{}
			}
			in.add(r.no, r.item.Name, r.item.When, r.item.Who, r.item.Hash, content)
			in.end()
		}
		return in.done()
	},
	get: func(r *loader) (order []int64, items []model.Decision, err error) {
		d, err := r.query(`SELECT no, name, at, who, hash, content FROM decision ORDER BY no`)
		if err != nil {
			return nil, nil, err
		}
		for d.step() {
			no := d.int()
			order = append(order, no)
			x := model.Decision{Number: int(no), Name: d.text(), When: d.text(), Who: d.text(), Hash: d.text()}
			content, _ := d.any().([]byte)
			x.Content = some(content)
			items = append(items, x)
		}
		return order, items, d.close()
	},
}

// HashOf is the SHA-256 of a decision's content, in hexadecimal.
func HashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Frozen writes the whole project, without its earlier decisions, as the
// content of a new one: JSON in which the same project gives the same bytes.
func Frozen(p *model.Project) ([]byte, error) {
	c := *p
	c.Decisions = nil
	return json.Marshal(&c)
}

// Thaw reads the project that a decision froze.
func Thaw(d *model.Decision) (*model.Project, error) {
	if HashOf(d.Content) != d.Hash {
		return nil, &Error{Op: "read", Reason: ErrDamaged,
			Sentence: fmt.Sprintf("Decision %d, %q, is not what was frozen: its content does not match its hash.", d.Number, d.Name),
			Next:     "Use an earlier copy of the project file to see what was decided."}
	}
	p := new(model.Project)
	if err := json.Unmarshal(d.Content, p); err != nil {
		return nil, &Error{Op: "read", Reason: model.ErrInvalid, Cause: err,
			Sentence: fmt.Sprintf("Decision %d, %q, does not hold a project.", d.Number, d.Name),
			Next:     "It was frozen from something else; open it with the program that made it."}
	}
	return p, nil
}
