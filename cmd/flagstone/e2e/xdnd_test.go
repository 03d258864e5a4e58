//go:build e2e

package e2e

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// xclient speaks as much of the X protocol as it takes to drag files onto a
// window as a file manager does (XDND version 5, freedesktop.org).
type xclient struct {
	c        net.Conn
	seq      uint16
	root, me uint32
	atoms    map[string]uint32
	events   [][]byte // read while a reply was waited for
}

var le = binary.LittleEndian

// drop drags files onto the window and lets go at a point of the screen.
func (w *window) drop(x, y int, paths ...string) {
	w.s.t.Helper()
	if err := dropFiles(w.s.display, x, y, paths); err != nil {
		w.s.t.Fatalf("dragging %v: %v", paths, err)
	}
}

func dropFiles(display string, x, y int, paths []string) error {
	c, err := dialX(display)
	if err != nil {
		return err
	}
	defer c.c.Close()
	if err := c.c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return err
	}
	for _, a := range []string{"XdndAware", "XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndSelection", "XdndActionCopy", "text/uri-list"} {
		if err := c.intern(a); err != nil {
			return err
		}
	}
	target, err := c.aware(c.root)
	if err != nil {
		return err
	}
	if target == 0 {
		return fmt.Errorf("no window takes dropped files")
	}
	var list strings.Builder
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return err
		}
		u := url.URL{Scheme: "file", Path: abs}
		list.WriteString(u.String() + "\r\n")
	}
	if err := c.source(); err != nil {
		return err
	}
	if err := c.message(target, "XdndEnter", 5<<24, c.atoms["text/uri-list"], 0, 0); err != nil {
		return err
	}
	for i := range 3 { // the hand moves before it lets go
		if err := c.message(target, "XdndPosition", 0, uint32(x-8+4*i)<<16|uint32(y-8+4*i), 0, c.atoms["XdndActionCopy"]); err != nil {
			return err
		}
		if _, err := c.await("XdndStatus", ""); err != nil {
			return err
		}
	}
	if err := c.message(target, "XdndDrop", 0, 0, 0, 0); err != nil {
		return err
	}
	_, err = c.await("XdndFinished", list.String())
	return err
}

// dialX connects to a display of this machine.
func dialX(display string) (*xclient, error) {
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		return nil, err
	}
	c := &xclient{c: conn, atoms: map[string]uint32{}}
	if _, err := conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return nil, err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(conn, head); err != nil {
		return nil, err
	}
	body := make([]byte, 4*int(le.Uint16(head[6:])))
	if _, err := io.ReadFull(conn, body); err != nil {
		return nil, err
	}
	if head[0] != 1 {
		return nil, fmt.Errorf("the display refused: %s", body)
	}
	c.me = le.Uint32(body[4:]) // the first identifier that is ours to give
	vendor, formats := int(le.Uint16(body[16:])), int(body[21])
	c.root = le.Uint32(body[32+(vendor+3)/4*4+8*formats:])
	return c, nil
}

// request sends one request; its length is filled in.
func (c *xclient) request(b []byte) error {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	le.PutUint16(b[2:], uint16(len(b)/4))
	c.seq++
	_, err := c.c.Write(b)
	return err
}

// reply reads until the reply to the last request.
func (c *xclient) reply() ([]byte, error) {
	for {
		b, err := c.read()
		switch {
		case err != nil:
			return nil, err
		case b[0] == 0 && le.Uint16(b[2:]) == c.seq:
			return nil, fmt.Errorf("the display answered with error %d", b[1])
		case b[0] == 1:
			return b, nil
		case b[0] > 1:
			c.events = append(c.events, b)
		}
	}
}

func (c *xclient) read() ([]byte, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(c.c, b); err != nil {
		return nil, err
	}
	if b[0] == 1 {
		if n := 4 * int(le.Uint32(b[4:])); n > 0 {
			more := make([]byte, n)
			if _, err := io.ReadFull(c.c, more); err != nil {
				return nil, err
			}
			b = append(b, more...)
		}
	}
	return b, nil
}

func words(op, detail byte, w ...uint32) []byte {
	b := []byte{op, detail, 0, 0}
	for _, x := range w {
		b = le.AppendUint32(b, x)
	}
	return b
}

func (c *xclient) intern(name string) error {
	b := append(words(16, 0, uint32(len(name))), name...)
	if err := c.request(b); err != nil {
		return err
	}
	r, err := c.reply()
	if err == nil {
		c.atoms[name] = le.Uint32(r[8:])
	}
	return err
}

// aware is the first window below another that takes dropped files, or 0.
func (c *xclient) aware(win uint32) (uint32, error) {
	if err := c.request(words(20, 0, win, c.atoms["XdndAware"], 0, 0, 1)); err != nil { // GetProperty
		return 0, err
	}
	r, err := c.reply()
	if err != nil {
		return 0, err
	}
	if le.Uint32(r[8:]) != 0 {
		return win, nil
	}
	if err := c.request(words(15, 0, win)); err != nil { // QueryTree
		return 0, err
	}
	if r, err = c.reply(); err != nil {
		return 0, err
	}
	for i := range int(le.Uint16(r[16:])) {
		if found, err := c.aware(le.Uint32(r[32+4*i:])); err != nil || found != 0 {
			return found, err
		}
	}
	return 0, nil
}

// source makes the window that the files are dragged from, and owns the
// selection they are read through.
func (c *xclient) source() error {
	if err := c.request(words(1, 0, c.me, c.root, 0, 1|1<<16, 2<<16, 0, 0)); err != nil { // CreateWindow, input only, 1×1
		return err
	}
	return c.request(words(22, 0, c.me, c.atoms["XdndSelection"], 0)) // SetSelectionOwner
}

// message sends a client message about us to a window.
func (c *xclient) message(to uint32, name string, data ...uint32) error {
	e := append(words(33, 32, to, c.atoms[name], c.me), words(0, 0, data...)[4:]...)
	for len(e) < 32 {
		e = append(e, 0)
	}
	return c.request(append(words(25, 0, to, 0), e[:32]...)) // SendEvent
}

// await reads events until the named message comes, giving the list of files to
// whoever asks for it.
func (c *xclient) await(name, list string) ([]byte, error) {
	for {
		var b []byte
		if len(c.events) > 0 {
			b, c.events = c.events[0], c.events[1:]
		} else {
			var err error
			if b, err = c.read(); err != nil {
				return nil, err
			}
		}
		switch b[0] & 0x7f {
		case 30: // SelectionRequest
			requestor, sel, target, prop := le.Uint32(b[12:]), le.Uint32(b[16:]), le.Uint32(b[20:]), le.Uint32(b[24:])
			if err := c.request(append(words(18, 0, requestor, prop, target, 8, uint32(len(list))), list...)); err != nil { // ChangeProperty
				return nil, err
			}
			note := append(words(31, 0, le.Uint32(b[4:]), requestor, sel, target, prop), make([]byte, 8)...)
			if err := c.request(append(words(25, 0, requestor, 0), note...)); err != nil {
				return nil, err
			}
		case 33:
			if le.Uint32(b[8:]) == c.atoms[name] {
				return b, nil
			}
		}
	}
}
