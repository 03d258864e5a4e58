package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ctlDo runs the command and fails the test when it fails.
func ctlDo(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, code := ctlTry(args...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, errs)
	}
	return out
}

func ctlTry(args ...string) (out, errs string, code int) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, &o, &e)
	return o.String(), e.String(), code
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestASavedMappingIsUsedAgain(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	file := filepath.Join(dir, "p.flagstone")
	ctlDo(t, "new", file)
	list := write(t, filepath.Join(dir, "odd.csv"), "K1,K2,K3,K4\nA1,Town Hall,M33 7ZF,1200\nA2,Depot,M32 0AA,900\n")
	short := write(t, filepath.Join(dir, "m.json"), `{"kind":"assets","reference":"K1","name":"K2","postcode":"K3","floor_area":"K4"}`)
	used := filepath.Join(dir, "used.json")
	if out := ctlDo(t, "import", file, list, "--mapping", short, "--save-mapping", used, "--save-profile", "Odd list"); !strings.Contains(out, "2 new") {
		t.Fatal(out)
	}
	if out := ctlDo(t, "import", file, list); !strings.Contains(out, "2 unchanged") || !strings.Contains(out, `saved mapping "Odd list"`) {
		t.Errorf("the layout was not known again: %s", out)
	}
	if out := ctlDo(t, "import", file, list, "--mapping", used, "--profile", dir+"/none"); !strings.Contains(out, "2 unchanged") {
		t.Errorf("the mapping that was used: %s", out)
	}
	if out := ctlDo(t, "import", file, list, "--profile", dir+"/none"); !strings.Contains(out, "Passed over") {
		t.Errorf("without a profile: %s", out)
	}
	bad := write(t, filepath.Join(dir, "bad.json"), `{"name":"K2","colour":"K3"}`)
	if _, errs, code := ctlTry("import", file, list, "--mapping", bad); code != 1 || !strings.Contains(errs, "colour") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func TestGapsAreShownThenFilledThenGone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "p.flagstone")
	ctlDo(t, "new", file)
	lines := "Reference,Name,Use,Postcode,GIA (m2),Electricity (kWh)\n"
	for i := range 6 {
		lines += fmt.Sprintf("L%d,Branch %d,Library,M33 7ZF,%d,%d\n", i, i, 100*(i+1), 5000*(i+1))
	}
	ctlDo(t, "import", file, write(t, filepath.Join(dir, "r.csv"), lines+"L9,New Branch,Library,M33 7ZF,200,\n"))
	var got struct {
		Filled    bool
		Proposals []struct {
			Asset, Field, Grade, Why string
			Value                    float64
			Peers                    []string
		}
		Quality, After struct{ Score float64 }
		Assets         []struct{ Score float64 }
	}
	ask := func(args ...string) {
		got.Proposals = nil
		if err := json.Unmarshal([]byte(ctlDo(t, append([]string{"gaps", file, "--json"}, args...)...)), &got); err != nil {
			t.Fatal(err)
		}
	}
	ask()
	found := false
	for _, p := range got.Proposals {
		if p.Field == "electricity" {
			found = p.Value == 10000 && p.Grade == "estimated" && len(p.Peers) == 6 && strings.Contains(p.Why, "median of 6 library")
		}
	}
	n := len(got.Proposals)
	if !found || got.Filled || len(got.Assets) != 7 || got.Quality.Score <= 0 {
		t.Errorf("%+v", got)
	}
	if out := ctlDo(t, "gaps", file); !strings.Contains(out, "nothing was changed") {
		t.Error(out)
	}
	if ask(); len(got.Proposals) != n {
		t.Errorf("showing changed something: %d → %d", n, len(got.Proposals))
	}
	if out := ctlDo(t, "gaps", file, "--fill"); !strings.Contains(out, "marked as modelled") {
		t.Error(out)
	}
	if ask(); len(got.Proposals) != 0 {
		t.Errorf("left after filling: %+v", got.Proposals)
	}
}

// A command that only reads answers of an older project too, and leaves it as it is.
func TestAnOlderProjectIsRead(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("..", "..", "model", "store", "testdata", "v1.flagstone"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", filepath.Join(dir, "tmp"))
	if err := os.Mkdir(filepath.Join(dir, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := write(t, filepath.Join(dir, "old.flagstone"), string(old))
	if out := ctlDo(t, "show", file, "assets", "--json"); !strings.Contains(out, `"name"`) {
		t.Error(out)
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, old) {
		t.Error("the project was changed", err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, "tmp")); err != nil || len(left) != 0 {
		t.Error("the copy was left behind", left, err)
	}
}
