package pdf

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// epoch dates a paper that has no date, because the clock would make two runs differ.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// update is an incremental update being written after a finished file.
type update struct {
	out     bytes.Buffer
	offsets map[int]int
	order   []int
	next    int // number of the next new object
	old     []int
	raw     []byte
}

var (
	reStart = regexp.MustCompile(`startxref\s+(\d+)\s+%%EOF\s*$`)
	reKids  = regexp.MustCompile(`/Kids \[([0-9 R]+)\]`)
	reRoot  = regexp.MustCompile(`/Root (\d+) 0 R`)
	reInfo  = regexp.MustCompile(`/Info (\d+) 0 R`)
)

// finish appends structure, links, bookmarks and metadata to gofpdf's output, of which no byte changes. claim puts the PDF/UA
// identifier into the metadata.
func finish(raw []byte, l *layout, claim bool) ([]byte, error) {
	u, root, info, pages, err := open(raw)
	if err != nil {
		return nil, err
	}
	if len(pages) != len(l.pages) {
		return nil, fmt.Errorf("%d pages written, %d laid out", len(pages), len(l.pages))
	}
	structRoot := u.number()
	annots := make([]int, len(l.links))
	for i := range annots {
		annots[i] = u.number()
	}
	number(u, l.root)
	u.structure(l, structRoot, pages, annots)
	u.annotations(l, pages, annots)
	u.pages(l, pages, annots)
	outlines := u.outlines(l, pages)
	meta := u.number()
	xmp := xmpPacket(l, claim)
	u.begin(meta)
	fmt.Fprintf(&u.out, "<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream\nendobj\n", len(xmp), xmp)

	u.begin(root)
	fmt.Fprintf(&u.out, "<</Type /Catalog /Pages 1 0 R /Version /1.7 /Lang %s /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /Metadata %d 0 R", text(l.doc.Language), structRoot, meta)
	u.out.WriteString(" /ViewerPreferences <</DisplayDocTitle true>> /PageLabels <</Nums [0 <</S /D>>]>>")
	if outlines > 0 {
		fmt.Fprintf(&u.out, " /Outlines %d 0 R /PageMode /UseOutlines", outlines)
	}
	u.out.WriteString(">>\nendobj\n")
	u.trailer(root, info)
	return u.out.Bytes(), nil
}

func open(raw []byte) (*update, int, int, []int, error) {
	m := reStart.FindSubmatch(raw)
	kids, root, info := reKids.FindSubmatch(raw), lastSubmatch(reRoot, raw), lastSubmatch(reInfo, raw)
	if m == nil || kids == nil || root == 0 || info == 0 {
		return nil, 0, 0, nil, errors.New("gofpdf's output is not as expected")
	}
	if bytes.Contains(raw, []byte("/Encrypt ")) {
		return nil, 0, 0, nil, errors.New("an encrypted file cannot be tagged")
	}
	u := &update{offsets: map[int]int{}, raw: raw}
	xref, _ := strconv.Atoi(string(m[1]))
	lines := bytes.Split(raw[xref:], []byte("\n"))
	var n int
	if len(lines) < 3 {
		return nil, 0, 0, nil, errors.New("no cross-reference table")
	}
	if _, err := fmt.Sscanf(string(lines[1]), "0 %d", &n); err != nil || len(lines) < n+2 {
		return nil, 0, 0, nil, errors.New("no cross-reference table")
	}
	u.old = make([]int, n)
	for i := 1; i < n; i++ {
		u.old[i], _ = strconv.Atoi(string(lines[2+i][:10]))
	}
	u.next = n
	u.old[0] = xref
	var pages []int
	for _, f := range bytes.Fields(bytes.ReplaceAll(kids[1], []byte("0 R"), nil)) {
		k, _ := strconv.Atoi(string(f))
		pages = append(pages, k)
	}
	u.out.Write(raw)
	return u, root, info, pages, nil
}

func lastSubmatch(re *regexp.Regexp, raw []byte) int {
	all := re.FindAllSubmatch(raw, -1)
	if len(all) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(string(all[len(all)-1][1]))
	return n
}

func (u *update) number() int { u.next++; return u.next - 1 }

func (u *update) begin(n int) {
	u.offsets[n] = u.out.Len()
	u.order = append(u.order, n)
	fmt.Fprintf(&u.out, "%d 0 obj\n", n)
}

func (u *update) object(n int, format string, args ...any) {
	u.begin(n)
	fmt.Fprintf(&u.out, format, args...)
	u.out.WriteString("\nendobj\n")
}

// number gives every element an object, parents first.
func number(u *update, n *node) {
	if n.role != "" {
		n.object = u.number()
	}
	for _, k := range n.kids {
		number(u, k)
	}
}

// structure writes the elements, the parent tree and the root.
func (u *update) structure(l *layout, root int, pages, annots []int) {
	parents := make([]map[int]int, len(pages)) // by page: MCID → element
	for i := range parents {
		parents[i] = map[int]int{}
	}
	ids := [][2]string{}
	var write func(n *node)
	write = func(n *node) {
		pg := firstPage(n)
		var kids []string
		for _, k := range n.kids {
			if k.role != "" {
				if !empty(k) {
					kids = append(kids, fmt.Sprintf("%d 0 R", k.object))
				}
				continue
			}
			for _, m := range k.marks {
				parents[m.page][m.mcid] = n.object
				if m.page == pg {
					kids = append(kids, strconv.Itoa(m.mcid))
				} else {
					kids = append(kids, fmt.Sprintf("<</Type /MCR /Pg %d 0 R /MCID %d>>", pages[m.page], m.mcid))
				}
			}
		}
		for _, a := range n.annots {
			kids = append(kids, fmt.Sprintf("<</Type /OBJR /Obj %d 0 R /Pg %d 0 R>>", annots[a], pages[l.links[a].page]))
		}
		parent := root
		if n.parent != nil {
			parent = n.parent.object
		}
		u.begin(n.object)
		fmt.Fprintf(&u.out, "<</Type /StructElem /S /%s /P %d 0 R", n.role, parent)
		if pg >= 0 {
			fmt.Fprintf(&u.out, " /Pg %d 0 R", pages[pg])
		}
		if n.alt != "" {
			u.out.WriteString(" /Alt " + text(n.alt))
		}
		if n.id != "" {
			u.out.WriteString(" /ID " + text(n.id))
			ids = append(ids, [2]string{n.id, fmt.Sprintf("%d 0 R", n.object)})
		}
		if n.attrs != "" {
			u.out.WriteString(" /A " + n.attrs)
		}
		if len(kids) > 0 {
			u.out.WriteString(" /K [" + strings.Join(kids, " ") + "]")
		}
		u.out.WriteString(">>\nendobj\n")
		for _, k := range n.kids {
			if k.role != "" && !empty(k) {
				write(k)
			}
		}
	}
	write(l.root)

	tree := u.number()
	u.begin(tree)
	u.out.WriteString("<</Nums [")
	for i, m := range parents {
		fmt.Fprintf(&u.out, "%d [", i)
		for k := range len(m) {
			fmt.Fprintf(&u.out, "%d 0 R ", m[k])
		}
		u.out.WriteString("]\n")
	}
	for i, k := range l.links {
		fmt.Fprintf(&u.out, "%d %d 0 R\n", len(pages)+i, k.node.object)
	}
	u.out.WriteString("]>>\nendobj\n")
	u.begin(root)
	fmt.Fprintf(&u.out, "<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d /RoleMap <</Title /P /Subtitle /P>>", l.root.object, tree, len(pages)+len(l.links))
	if len(ids) > 0 {
		u.out.WriteString(" /IDTree <<" + idTree(ids) + ">>")
	}
	u.out.WriteString(">>\nendobj\n")
}

// firstPage is the page that an element names; content on others names its own.
func firstPage(n *node) int {
	for _, k := range n.kids {
		if k.role == "" && len(k.marks) > 0 {
			return k.marks[0].page
		}
	}
	return -1
}

// empty elements are left out, except cells, which a table needs.
func empty(n *node) bool {
	if n.role == "TD" || n.role == "TH" || len(n.annots) > 0 || len(n.marks) > 0 {
		return false
	}
	for _, k := range n.kids {
		if !empty(k) {
			return false
		}
	}
	return true
}

// annotations writes the links.
func (u *update) annotations(l *layout, pages, annots []int) {
	for i, k := range l.links {
		h := l.pages[k.page].h
		u.begin(annots[i])
		fmt.Fprintf(&u.out, "<</Type /Annot /Subtype /Link /Rect [%.2f %.2f %.2f %.2f] /Border [0 0 0] /F 4 /P %d 0 R /StructParent %d /Contents %s",
			k.x0, h-k.y1, k.x1, h-k.y0, pages[k.page], len(pages)+i, text(linkWords(k)))
		if id, inside := strings.CutPrefix(k.url, "#"); inside {
			t := l.targets[id]
			fmt.Fprintf(&u.out, " /Dest [%d 0 R /XYZ null %.2f null]", pages[t.page], l.pages[t.page].h-t.y)
		} else if k.url != "" {
			fmt.Fprintf(&u.out, " /A <</S /URI /URI %s>>", text(asciiURL(k.url)))
		}
		u.out.WriteString(">>\nendobj\n")
	}
}

func linkWords(k link) string {
	switch {
	case strings.HasPrefix(k.url, "#"):
		return "Go to " + k.words
	case k.url == "" || k.url == k.words:
		return k.words
	}
	return k.words + " (" + k.url + ")"
}

// asciiURL percent-encodes what an address may not hold.
func asciiURL(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7F || c == '(' || c == ')' || c == '\\' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// pages writes each page again with its place in the structure, its tab order and its links.
func (u *update) pages(l *layout, pages, annots []int) {
	for i, n := range pages {
		from := u.old[n]
		end := from + bytes.Index(u.raw[from:], []byte("endobj"))
		body := string(u.raw[from:end])
		body = body[strings.Index(body, "<<"):strings.LastIndex(body, ">>")]
		u.begin(n)
		fmt.Fprintf(&u.out, "%s /StructParents %d /Tabs /S", strings.TrimSpace(body), i)
		var on []string
		for k, a := range annots {
			if l.links[k].page == i {
				on = append(on, fmt.Sprintf("%d 0 R", a))
			}
		}
		if len(on) > 0 {
			u.out.WriteString(" /Annots [" + strings.Join(on, " ") + "]")
		}
		u.out.WriteString(">>\nendobj\n")
	}
}

// trailer closes the update: a cross-reference section for its objects, and a trailer that points back.
func (u *update) trailer(root, info int) {
	at := u.out.Len()
	u.out.WriteString("xref\n")
	for n := 0; n < u.next; {
		if _, ok := u.offsets[n]; !ok {
			n++
			continue
		}
		m := n
		for _, ok := u.offsets[m]; ok; _, ok = u.offsets[m] {
			m++
		}
		fmt.Fprintf(&u.out, "%d %d\n", n, m-n)
		for ; n < m; n++ {
			fmt.Fprintf(&u.out, "%010d 00000 n \n", u.offsets[n])
		}
	}
	id := sha256.Sum256(u.out.Bytes())
	fmt.Fprintf(&u.out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /Prev %d /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n", u.next, root, info, u.old[0], id[:16], id[:16], at)
}

// text is a PDF string: plain when ASCII, else UTF-16 with a mark.
func text(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] >= ' ' && s[i] < 0x7F
	}
	if ascii {
		return "(" + strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(s) + ")"
	}
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, c := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", c)
	}
	b.WriteString(">")
	return b.String()
}
