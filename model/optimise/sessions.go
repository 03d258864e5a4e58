package optimise

import "slices"

// unlimited is the room in a session that is not limited.
const unlimited = 1 << 60

// compileSessions fills the tables of sessions. The bound leaves sessions out,
// which keeps it a bound; plans and the leaves of the tree keep them.
func (c *core) compileSessions(p *Problem) {
	for s := range p.Services {
		c.nK = max(c.nK, len(p.Services[s].Sessions))
	}
	for s := range p.Services {
		for k := range c.nK {
			c.sess = append(c.sess, session(p.Services[s].Sessions, k))
		}
	}
	for _, list := range p.Actions {
		for j := range list {
			for k := range c.nK {
				v := int64(unlimited)
				if list[j].Sessions != nil {
					v = session(list[j].Sessions, k)
				}
				c.room = append(c.room, v)
			}
		}
	}
}

// surrogate gives services without a demand of their own the sum over sessions,
// and actions the sum of what they offer. Every plan that keeps the sessions
// keeps the sum, and the bound gains a knapsack to work with.
func (c *core) surrogate() {
	var total int64
	for _, d := range c.demand {
		total += d
	}
	if c.nK == 0 || total > 0 {
		return
	}
	for s := range c.nS {
		for _, v := range c.needs(int32(s)) {
			c.demand[s] += v
			total += v
		}
	}
	for a := range c.nA {
		var sum int64
		for _, v := range c.offers(int32(a)) {
			sum = min(sum+v, total)
		}
		c.actCap[a] = sum
	}
}

// needs is the space service s needs in each session.
func (c *core) needs(s int32) []int64 { return c.sess[int(s)*c.nK : (int(s)+1)*c.nK] }

// offers is the space action a offers in each session.
func (c *core) offers(a int32) []int64 { return c.room[int(a)*c.nK : (int(a)+1)*c.nK] }

// holds says whether a service could sit in a building under an action, by
// class and by size alone.
func holds(a *Action, s *Service) bool {
	if whole(a.Cap, spaceScale) < whole(s.Demand, spaceScale) || !slices.Contains(a.Tags, s.Class) {
		return false
	}
	for k := range s.Sessions {
		if a.Sessions != nil && session(s.Sessions, k) > session(a.Sessions, k) {
			return false
		}
	}
	return true
}

// session is one entry of a list of sessions in whole units.
func session(v []float64, k int) int64 {
	if k >= len(v) {
		return 0
	}
	return whole(v[k], spaceScale)
}
