//go:build e2e && smoke

package e2e

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// Kinds of resource of a Windows program, as winuser.h numbers them.
const (
	resourceIcon     = 14 // RT_GROUP_ICON
	resourceVersion  = 16 // RT_VERSION
	resourceManifest = 24 // RT_MANIFEST
)

// Subsystems of a Windows program, as winnt.h numbers them.
const (
	subsystemWindow  = 2 // IMAGE_SUBSYSTEM_WINDOWS_GUI
	subsystemConsole = 3 // IMAGE_SUBSYSTEM_WINDOWS_CUI
)

// dressed looks whether a program has what Explorer shows of it: an icon, a
// version and a manifest, and whether it opens a console.
func dressed(t *testing.T, exe string, subsystem uint16, description string) {
	t.Helper()
	f, err := pe.Open(exe)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if h, ok := f.OptionalHeader.(*pe.OptionalHeader64); !ok || h.Subsystem != subsystem {
		t.Errorf("%s is not of subsystem %d", filepath.Base(exe), subsystem)
	}
	part := f.Section(".rsrc")
	if part == nil {
		t.Errorf("%s has no resources", filepath.Base(exe))
		return
	}
	b, err := part.Data()
	if err != nil {
		t.Fatal(err)
	}
	// The directory begins with counts of named and of numbered entries; an entry is a number and an offset.
	kinds := map[uint32]bool{}
	named, numbered := int(binary.LittleEndian.Uint16(b[12:])), int(binary.LittleEndian.Uint16(b[14:]))
	for i := named; i < named+numbered; i++ {
		kinds[binary.LittleEndian.Uint32(b[16+8*i:])] = true
	}
	for kind, name := range map[uint32]string{resourceIcon: "icon", resourceVersion: "version", resourceManifest: "manifest"} {
		if !kinds[kind] {
			t.Errorf("%s has no %s", filepath.Base(exe), name)
		}
	}
	for _, s := range []string{"FileVersion", "ProductVersion", description, filepath.Base(exe)} {
		var wide []byte
		for _, u := range utf16.Encode([]rune(s)) {
			wide = binary.LittleEndian.AppendUint16(wide, u)
		}
		if !bytes.Contains(b, wide) {
			t.Errorf("the resources of %s do not say %q", filepath.Base(exe), s)
		}
	}
}

// wine is the environment of programs for Windows: a system of their own in a
// folder that is thrown away. Versions before 9 lack a library that every Go
// program wants; a stand-in is built into that system (windows/prng.c).
func (s *screen) wine() []string {
	t := s.t
	t.Helper()
	need(t, "wine", "wineserver", "x86_64-w64-mingw32-gcc")
	// Debian's wine says on the error channel that 32-bit programs would need more.
	env := append(s.env(), "WINEPREFIX="+filepath.Join(s.data, "wine"), "WINEARCH=win64", "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=")
	t.Cleanup(func() {
		for _, arg := range []string{"-k", "-w"} { // ends this prefix's programs and waits for them
			c := exec.Command("wineserver", arg)
			c.Env = env
			_ = c.Run()
		}
	})
	version := strings.TrimPrefix(string(output(t, exec.Command("wine", "--version"))), "wine-")
	t.Logf("Wine %s", strings.TrimSpace(version))
	if major, _, _ := strings.Cut(version, "."); len(major) == 1 && major < "9" {
		boot := exec.Command("wineboot", "--init")
		boot.Env = env
		output(t, boot)
		system := filepath.Join(s.data, "wine/drive_c/windows/system32") // Go looks nowhere else
		output(t, exec.Command("x86_64-w64-mingw32-gcc", "-shared", "-o", filepath.Join(system, "bcryptprimitives.dll"), "../windows/prng.c", "-ladvapi32"))
	}
	return env
}

// onDrive is a path as programs under Wine say it, and offDrive the way back.
func onDrive(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

func offDrive(path string) string {
	return strings.ReplaceAll(strings.TrimPrefix(path, "Z:"), `\`, "/")
}

// TestPackageForWindows uses the folder as somebody on Windows does, under Wine:
// the programs have icon and version, the command line makes the demonstration
// place and comes to the same figures as on Linux, and the window shows it.
func TestPackageForWindows(t *testing.T) {
	root := unpacked(t)
	holds(t, root, "LICENSE", "README.md")
	window, command := filepath.Join(root, "flagstone.exe"), filepath.Join(root, "flagstonectl.exe")
	dressed(t, window, subsystemWindow, "Flagstone: estate planner")
	dressed(t, command, subsystemConsole, "Flagstone without a window")

	s := newScreen(t, 1280, 800)
	env := s.wine()
	dir := filepath.Join(s.data, "made")
	under := func(args ...string) []byte {
		c := exec.Command("wine", append([]string{command}, args...)...)
		c.Env = env
		return output(t, c)
	}
	under("demo", onDrive(dir))
	project := filepath.Join(dir, "trafford.flagstone")
	ctl(t, nil, "check", project)
	there := under("appraise", onDrive(project), "--json")
	here := output(t, exec.Command(bin(t, "flagstonectl"), "appraise", project, "--json"))
	same := func(b []byte) string { return strings.ReplaceAll(string(b), "\r\n", "\n") }
	if same(there) != same(here) || !bytes.Contains(here, []byte(`"npsv"`)) {
		t.Errorf("appraised on Windows:\n%.1500s\non Linux:\n%.1500s", there, here)
	}
	fresh := filepath.Join(s.data, "made here")
	ctl(t, nil, "demo", fresh)
	if b := output(t, exec.Command(bin(t, "flagstonectl"), "appraise", filepath.Join(fresh, "trafford.flagstone"), "--json")); same(b) != same(here) {
		t.Errorf("the place made on Linux is appraised\n%.1500s\nthe one made on Windows\n%.1500s", b, here)
	}

	w := s.begin(exec.Command("wine", window), onDrive, env, "--demonstration", "--theme", "light")
	st := w.ready()
	time.Sleep(2 * time.Second) // Wine hands what is painted on to the screen in its own time
	w.shot("package-windows")
	w.quit()
	ctl(t, nil, "check", offDrive(st.Path))
	t.Logf("%d buildings and sites, %q", st.Assets, st.Headline)
}
