package importers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
)

// messy is a register of many rows in which nearly everything is odd somewhere.
func messy(rows int) []byte {
	rnd := rand.New(rand.NewPCG(3, 3))
	any := func(list ...string) string { return list[rnd.IntN(len(list))] }
	var lines []string
	for i := range rows {
		lines = append(lines, strings.Join([]string{
			any(fmt.Sprint(100011000000+i), fmt.Sprint(100011000000+i/3), "", "1.00011E+11", "bad"),
			any(fmt.Sprintf("A%05d", i), fmt.Sprintf("A%05d", i/3), ""),
			any(fmt.Sprintf("Building %d", i), "Library", "", `"Hall, the old"`),
			any("M33 7ZF", "m337zf", "M3O 7ZF", "", "nonsense"),
			any("-2.31", "53.4", "", "x"), any("53.42", "-2.3", ""),
			any("1200", `"1,250 sq ft"`, "TBC", "-5", "12x"), any("500", "£1.2m", "(20)", "per lot", ""),
			any("2021", "2022", ""), any("Sale Council", "Urmston Trust", ""), any("01/02/2031", "soon", "")}, ","))
		if rnd.IntN(20) == 0 {
			lines = append(lines, lines[rnd.IntN(len(lines))])
		}
	}
	return []byte("UPRN,Ref,Property name,Postcode,Longitude,Latitude,Floor area,Rent,Year,Owner,Lease expiry\n" + strings.Join(lines, "\n") + "\n")
}

// However many processors read a file, what comes of it is the same.
func TestTheOutcomeDoesNotDependOnTheProcessors(t *testing.T) {
	path := write(t, "messy.csv", messy(6000))
	read := func(processors int) []byte {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		res, err := importers.Read(context.Background(), path, importers.Options{Organisation: "Trafford Council"})
		if err != nil {
			t.Fatal(err)
		}
		if c := res.Counts; !c.Adds() || c.Merged == 0 || c.Rejected == 0 || len(res.Findings) < 100 {
			t.Fatalf("the register is not messy enough: %+v, %d findings", c, len(res.Findings))
		}
		all := struct {
			Report  *importers.Result
			Changes importers.ChangeSet
		}{res, res.Changes}
		b, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := read(1)
	for _, n := range []int{2, 7} {
		if got := read(n); !bytes.Equal(got, want) {
			t.Errorf("with %d processors the outcome differs from that with one", n)
		}
	}
}

// A row repeated word for word belongs to the asset that the first of them became part of, also when that was made by yet another row.
func TestARepeatedRowFollowsTheFirst(t *testing.T) {
	text := "Ref,Property name,Postcode,Rent\nA1,Town Hall,M33 7ZF,\nA2,Depot,M32 0AA,5\nA1,Town Hall,M33 7ZF,7\nA3,Library,M41 5AA,9\nA1,Town Hall,M33 7ZF,7\n"
	res, err := importers.Read(context.Background(), write(t, "again.csv", []byte(text)), importers.Options{Organisation: "Sale Council"})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Changes.Assets) != 3 || fmt.Sprint(res.Changes.Assets[0].Rows) != "[2 4 6]" {
		t.Errorf("%d assets, the first of rows %v", len(res.Changes.Assets), res.Changes.Assets[0].Rows)
	}
	if n := len(res.Duplicates); n != 2 || res.Duplicates[1].Into != "Town Hall" {
		t.Errorf("%+v", res.Duplicates)
	}
}
