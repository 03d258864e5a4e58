package store

import (
	"encoding/json"

	"github.com/planting-the-flag/flagstone/model"
)

// Past is a row of the audit about one asset. Before and After are nil where
// the asset was not there, and where the audit names it without its content, as
// it does when many things were changed at once.
type Past struct {
	Record
	Before, After *model.Asset
	Removed       bool
	Last          bool // nothing was done to the project since
}

// PastOf lists what was ever done to an asset, oldest first. Command is left
// empty. Steps of more than a thousand things do not name them and are missing.
func (f *File) PastOf(id model.AssetID) ([]Past, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.usable("read"); err != nil {
		return nil, err
	}
	d, err := query(f.conn.Conn, `SELECT a.no, a.at, a.who, a.deed, a.what, a.why, a.no = (SELECT max(no) FROM audit),
		coalesce(json_extract(t.value, '$.op'), ''), coalesce(json_extract(t.value, '$.before'), ''), coalesce(json_extract(t.value, '$.item'), '')
		FROM audit a, json_each(a.command, '$.things') t
		WHERE json_extract(t.value, '$.kind') = ? AND json_extract(t.value, '$.key') = ? ORDER BY a.no`, string(KindAsset), string(id))
	if err != nil {
		return nil, explain("read", f.path, err)
	}
	var out []Past
	var last *model.Asset
	for d.step() {
		p := Past{Record: Record{No: d.int(), When: d.text(), Who: d.text(), Deed: Deed(d.text()), What: d.text(), Why: d.text()}, Last: d.int() == 1, Removed: d.text() == "remove"}
		if p.Before = assetOf(d.text()); p.Before == nil {
			p.Before = last
		}
		p.After = assetOf(d.text())
		last = p.After
		out = append(out, p)
	}
	return out, explain("read", f.path, d.close())
}

// assetOf reads an asset as the audit wrote it; nil when it did not, or wrote
// one of a version that knew other things.
func assetOf(item string) *model.Asset {
	if item == "" {
		return nil
	}
	a, err := collectionOf(KindAsset).decode(json.RawMessage(item))
	if err != nil {
		return nil
	}
	return a.(*model.Asset)
}
