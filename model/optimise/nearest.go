package optimise

// nearest fills a result for which no plan is known.
func (s *solver) nearest(res *Result) {
	res.Status = StatusInfeasible
	res.ProvenInfeasible = s.impossible
}
