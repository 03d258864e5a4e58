package store

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
)

// image is one thing as it was: what taking a command back puts in place of
// what is there. A thing that was not there has no item.
type image struct {
	Kind Kind
	Key  string
	No   int64
	Item json.RawMessage `json:",omitempty"`
}

// packAbove is the size in bytes from which images are compressed.
const packAbove = 4 << 10

// journal keeps a certain number of entries and bytes; the oldest go first.
var (
	journalEntries = 1000
	journalBytes   = 64 << 20
)

// pack writes images one JSON object a line.
func pack(images func(yield func(image) error) error) (packed bool, data []byte, err error) {
	var out bytes.Buffer
	var z *flate.Writer
	err = images(func(i image) error {
		line, err := json.Marshal(i)
		if err != nil {
			return err
		}
		line = append(line, '\n')
		if z == nil && out.Len()+len(line) > packAbove {
			plain := bytes.Clone(out.Bytes())
			out.Reset()
			if z, err = flate.NewWriter(&out, flate.BestSpeed); err != nil {
				return err
			}
			if _, err := z.Write(plain); err != nil {
				return err
			}
		}
		if z != nil {
			_, err = z.Write(line)
		} else {
			_, err = out.Write(line)
		}
		return err
	})
	if err == nil && z != nil {
		err = z.Close()
	}
	return z != nil, out.Bytes(), err
}

func unpack(packed bool, data []byte) ([]image, error) {
	var in io.Reader = bytes.NewReader(data)
	if packed {
		in = flate.NewReader(in)
	}
	d := json.NewDecoder(io.LimitReader(in, 4*longest))
	var out []image
	for {
		var i image
		switch err := d.Decode(&i); err {
		case nil:
			out = append(out, i)
		case io.EOF:
			return out, nil
		default:
			return nil, err
		}
	}
}

// befores packs what changes replace, in the order in which they are written.
func befores(changes map[Kind][]*change) (packed bool, data []byte, err error) {
	return pack(func(yield func(image) error) error {
		for _, c := range collections {
			for _, x := range changes[c.kind()] {
				i := image{Kind: c.kind(), Key: x.key, No: x.no}
				if x.before != nil {
					if i.Item, err = json.Marshal(x.before); err != nil {
						return err
					}
				}
				if err := yield(i); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// swap makes the changes that put images in place of what is there.
func (s *state) swap(images []image) (map[Kind][]*change, error) {
	out := map[Kind][]*change{}
	for _, i := range images {
		c := collectionOf(i.Kind)
		if c == nil {
			return nil, fmt.Errorf("image of unknown kind %q: %w", i.Kind, ErrDamaged)
		}
		x := &change{of: c, key: i.Key, no: i.No}
		_, x.before = s.thing(c, i.Key)
		if i.Item != nil {
			item, err := c.decode(i.Item)
			if err != nil {
				return nil, fmt.Errorf("image of %s %q: %w: %w", i.Kind, i.Key, ErrDamaged, err)
			}
			x.after = item
		}
		if x.before != nil || x.after != nil {
			out[i.Kind] = append(out[i.Kind], x)
		}
	}
	return out, nil
}

// Sizes of what the audit keeps of a command.
const (
	auditWhole = 50   // things written whole
	auditKeys  = 1000 // things named
)

// account writes a command for the audit: every thing whole when they are few,
// their identifiers when they are not, and counts when they are many.
func account(changes map[Kind][]*change) (string, error) {
	type thing struct {
		Kind   Kind   `json:"kind"`
		Key    string `json:"key"`
		Op     string `json:"op"`
		Item   any    `json:"item,omitempty"`
		Before any    `json:"before,omitempty"`
	}
	var a struct {
		Put     map[Kind]int `json:"put,omitempty"`
		Removed map[Kind]int `json:"removed,omitempty"`
		Things  []thing      `json:"things,omitempty"`
	}
	n := 0
	for _, xs := range changes {
		n += len(xs)
	}
	a.Put, a.Removed = map[Kind]int{}, map[Kind]int{}
	for _, c := range collections {
		for _, x := range changes[c.kind()] {
			t := thing{Kind: c.kind(), Key: x.key, Op: "put"}
			if n <= auditWhole && c.kind() == KindAsset && x.before != nil { // PastOf says what it was
				t.Before = x.before
			}
			if x.after == nil {
				t.Op = "remove"
				a.Removed[c.kind()]++
			} else {
				a.Put[c.kind()]++
				if n <= auditWhole && c.kind() != KindDecision { // a decision is kept whole already
					t.Item = x.after
				}
			}
			if n <= auditKeys || c.kind() == KindDecision { // decided relies on these
				a.Things = append(a.Things, t)
			}
		}
	}
	b, err := json.Marshal(a)
	return string(b), err
}
