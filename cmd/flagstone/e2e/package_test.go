//go:build e2e && smoke

package e2e

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// unpacked is the archive named by FLAGSTONE_PACKAGE in a clean folder: the one
// folder it holds. What people run is that and nothing of the source.
func unpacked(t *testing.T) string {
	t.Helper()
	archive := os.Getenv("FLAGSTONE_PACKAGE")
	if archive == "" {
		t.Fatal("FLAGSTONE_PACKAGE is not set: run make smoke-linux or make smoke-windows")
	}
	dir := t.TempDir()
	args := []string{"tar", "-C", dir, "-xJf", archive}
	if filepath.Ext(archive) == ".zip" {
		args = []string{"unzip", "-q", archive, "-d", dir}
	}
	output(t, exec.Command(args[0], args[1:]...))
	in, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(in) != 1 || !in[0].IsDir() {
		t.Fatalf("the archive holds %v, not one folder", in)
	}
	info, err := os.Stat(archive)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %.1f MB", filepath.Base(archive), float64(info.Size())/(1<<20))
	return filepath.Join(dir, in[0].Name())
}

// output runs a program that must end well and returns what it printed.
func output(t *testing.T, c *exec.Cmd) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%.2000s%.2000s", strings.Join(c.Args, " "), err, out.Bytes(), errs.Bytes())
	}
	return out.Bytes()
}

// holds looks whether files are there and not empty.
func holds(t *testing.T, root string, names ...string) {
	t.Helper()
	for _, n := range names {
		if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(n))); err != nil || info.Size() == 0 {
			t.Errorf("the package has no %s: %v", n, err)
		}
	}
}

// TestPackageForLinux uses the archive as somebody does who was sent it: the
// desktop finds what it needs, no library is missing, the window shows the
// demonstration with its results, and the command line finds the file whole.
func TestPackageForLinux(t *testing.T) {
	const id = "io.github.planting-the-flag.flagstone"
	need(t, "tar", "xz", "ldd", "desktop-file-validate")
	root := unpacked(t)
	entry := filepath.Join(root, "share/applications", id+".desktop")
	holds(t, root, "share/doc/flagstone/LICENSE", "share/doc/flagstone/README.md", "share/applications/"+id+".desktop")
	if said := output(t, exec.Command("desktop-file-validate", entry)); len(said) > 0 {
		t.Errorf("desktop-file-validate: %s", said)
	}
	lines := map[string]string{}
	b, err := os.ReadFile(entry)
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(b)) {
		if k, v, ok := strings.Cut(strings.TrimSpace(l), "="); ok {
			lines[k] = v
		}
	}
	program, _, _ := strings.Cut(lines["Exec"], " ")
	holds(t, root, "bin/"+program, "bin/flagstonectl")
	icon, err := os.Open(filepath.Join(root, "share/icons/hicolor/512x512/apps", lines["Icon"]+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer icon.Close()
	if c, err := png.DecodeConfig(icon); err != nil || c.Width != 512 || c.Height != 512 {
		t.Errorf("the icon is %d×%d: %v", c.Width, c.Height, err)
	}
	libraries := output(t, exec.Command("ldd", filepath.Join(root, "bin", program)))
	if bytes.Contains(libraries, []byte("not found")) {
		t.Errorf("libraries are missing:\n%s", libraries)
	}
	t.Setenv("FLAGSTONE_BIN", filepath.Join(root, "bin"))
	s := newScreen(t, 1280, 800)
	w := s.open("--demonstration", "--theme", "light")
	st := w.ready()
	w.shot("package-linux")
	w.quit()
	ctl(t, nil, "check", st.Path)
	t.Logf("%d buildings and sites, %q", st.Assets, st.Headline)
}
