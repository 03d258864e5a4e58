package pdf

// node is an element of the structure tree, or, without a role, a slot: the place among its parent's kids where marked content
// goes.
type node struct {
	role   string
	parent *node
	kids   []*node
	// alt, attrs and id go into the element; attrs is PDF syntax.
	alt, attrs, id string
	// marks are the marked-content sequences of a slot, in page order.
	marks []mark
	// annots are the link annotations of a Link element, as indices into layout.links.
	annots []int
	object int // number of its object, given when finishing
}

// mark is one marked-content sequence.
type mark struct{ page, mcid int }

// add makes a child element.
func (n *node) add(role string) *node {
	k := &node{role: role, parent: n}
	n.kids = append(n.kids, k)
	return k
}

// slot gives the place for content after the kids so far.
func (n *node) slot() *node {
	if k := len(n.kids); k > 0 && n.kids[k-1].role == "" {
		return n.kids[k-1]
	}
	return n.add("")
}
