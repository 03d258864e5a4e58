package importers_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
)

// again imports a file a few times more and tells whether it stays as it is: every row is known as the building it made.
func again(t *testing.T, p *model.Project, file, text string, want map[int]string) {
	t.Helper()
	for n := range 2 {
		res := readText(t, file, text, importers.Options{Existing: p})
		if res.Counts.Imported+res.Counts.Updated+res.Counts.Merged != 0 || res.Counts.Unchanged != len(want) || !res.Counts.Adds() {
			t.Errorf("%s again, time %d: %+v", file, n+1, res.Counts)
		}
		for _, c := range res.Changes.Assets {
			if want[c.Rows[0]] != string(c.Asset.ID) {
				t.Errorf("%s again: row %d is taken for %s, not for %s", file, c.Rows[0], c.Asset.ID, want[c.Rows[0]])
			}
			if c.Maybe != nil {
				t.Errorf("%s again: row %d may be %s", file, c.Rows[0], c.Maybe.Asset)
			}
		}
		res.Changes.Apply(p)
	}
	if list := importers.Duplicates(p); len(list) != 0 {
		t.Errorf("still proposed as one: %+v", list)
	}
}

func rowsOf(res *importers.Result) map[int]string {
	out := map[int]string{}
	for _, c := range res.Changes.Assets {
		for _, r := range c.Rows {
			out[r] = string(c.Asset.ID)
		}
	}
	return out
}

func TestTwoBuildingsStayTwoInTheNextImport(t *testing.T) {
	council := "UPRN,Site name,Post code,Floor area m2\n100012345678,Town Hall,M33 7ZF,4200\n100012345679,Library,M33 4NB,900\n"
	for name, partner := range map[string]string{
		"the same name but for a word": "UPRN,Building name,Postcode,GIA (m2)\n100012345678,The Town Hall,M33 7ZF,4300\n",
		"the very same name":           "UPRN,Building name,Postcode,GIA (m2)\n100012345678,Town Hall,M33 7ZF,4300\n",
		"the same in everything":       "UPRN,Building name,Postcode,GIA (m2)\n100012345678,Town Hall,M33 7ZF,4200\n",
		"somewhat another name":        "UPRN,Building name,Postcode,GIA (m2)\n100012345678,Town Hall annexe,M33 7ZF,300\n",
	} {
		t.Run(name, func(t *testing.T) {
			var p model.Project
			first := readText(t, "council.csv", council, importers.Options{Existing: &p})
			first.Changes.Apply(&p)
			res := readText(t, "partner.csv", partner, importers.Options{Existing: &p})
			if res.Counts.Imported != 0 {
				t.Fatalf("no match is proposed at all: %+v", res.Counts)
			}
			res = readText(t, "partner.csv", partner, importers.Options{Existing: &p, Same: map[importers.RowKey]model.AssetID{{File: "partner.csv", Row: 2}: ""}})
			if res.Counts.Imported != 1 {
				t.Fatalf("%+v", res.Counts)
			}
			want := rowsOf(res)
			res.Changes.Apply(&p)
			if name != "the same in everything" { // from which nothing but the user can tell whose row it is
				again(t, &p, "partner.csv", partner, want)
			}
			again(t, &p, "council.csv", council, rowsOf(first))
		})
	}
}

func TestTwoRowsOfOneFileStayTwo(t *testing.T) {
	for name, text := range map[string]string{
		"one UPRN and name":   "UPRN,Building name,Postcode,GIA (m2)\n100012345678,Town Hall,M33 7ZF,4300\n100012345678,Town Hall,M33 7ZF,300\n100012345679,Library,M33 4NB,900\n",
		"every cell the same": "UPRN,Building name,Postcode,GIA (m2)\n100012345678,Town Hall,M33 7ZF,4300\n100012345678,Town Hall,M33 7ZF,4300\n100012345679,Library,M33 4NB,900\n",
		"one reference":       "Organisation,Asset code,Building name,Postcode,GIA (m2)\nSale Council,T1,Town Hall,M33 7ZF,4300\nSale Council,T1,Town Hall,M33 7ZF,300\nSale Council,T2,Library,M33 4NB,900\n",
		"one address":         "Building name,Postcode,GIA (m2)\nTown Hall,M33 7ZF,4300\nTown Hall,M33 7ZF,300\nLibrary,M33 4NB,900\n",
	} {
		t.Run(name, func(t *testing.T) {
			var p model.Project
			if res := readText(t, "blocks.csv", text, importers.Options{Existing: &p}); res.Counts.Imported != 2 || res.Counts.Merged != 1 {
				t.Fatalf("%+v", res.Counts)
			}
			res := readText(t, "blocks.csv", text, importers.Options{Existing: &p, Same: map[importers.RowKey]model.AssetID{{File: "blocks.csv", Row: 3}: ""}})
			if res.Counts.Imported != 3 || !res.Counts.Adds() {
				t.Fatalf("%+v", res.Counts)
			}
			want := rowsOf(res)
			res.Changes.Apply(&p)
			again(t, &p, "blocks.csv", text, want)
		})
	}
}

func TestASplitIsRememberedAndAMergeForgetsIt(t *testing.T) {
	var p model.Project
	at := "Organisation,UPRN,Building name,Postcode,GIA (m2)\n"
	readText(t, "a.csv", at+"Sale Council,100012345678,Town Hall,M33 7ZF,4300\n", importers.Options{Existing: &p}).Changes.Apply(&p)
	p.Assets = append(p.Assets, p.Assets[0])
	p.Assets[1].ID, p.Assets[1].Name = "annexe", "Town Hall annexe"
	a, b := p.Assets[0].ID, p.Assets[1].ID
	if list := importers.Duplicates(&p); len(list) != 1 {
		t.Fatalf("%+v", list)
	}
	r, err := importers.Merge(&p, a, b)
	carry(t, &p, r, err)
	r, err = importers.Split(&p, a, b)
	carry(t, &p, r, err)
	if list := importers.Duplicates(&p); len(list) != 0 || !importers.Apart(p.Asset(a), p.Asset(b)) {
		t.Errorf("what was split is proposed as one: %+v", list)
	}
	again(t, &p, "a.csv", at+"Sale Council,100012345678,Town Hall,M33 7ZF,4300\nSale Council,100012345678,Town Hall annexe,M33 7ZF,4300\n", map[int]string{2: string(a), 3: string(b)})
	r, err = importers.Merge(&p, a, b)
	carry(t, &p, r, err)
	for k := range p.Asset(a).Extra {
		if importers.MergeRecord(k) && k != "merged record of annexe" {
			t.Errorf("the merged building keeps %q", k)
		}
	}
}
