package optimise
import ("testing";"time";"fmt";"os";"strings";"strconv";"context")
func envf(k string, def float64) float64 { if v,err:=strconv.ParseFloat(os.Getenv(k),64); err==nil {return v}; return def }
func TestScratchSolve(t *testing.T) {
	names := os.Getenv("SOL"); if names=="" {t.Skip()}
	if names=="holm" { names=""; for i:=1;i<=40;i++ { names+=fmt.Sprintf("p%d,",i) }; names=names[:len(names)-1] }
	pub := map[string]float64{}; for _,o := range optima(t,"SSCFLP") { pub[o.name]=o.value }
	tot:=0.0
	for _, n := range strings.Split(names, ",") {
		var p *Problem
		if n[0]=='p' { p = holmberg(t,n) } else { p = ratInstance(t,n) }
		t0 := time.Now()
		last := 0.0; every := envf("EV",5); firstT := -1.0
		res, err := Solve(context.Background(), p, Options{Time: time.Duration(envf("LIM",20)*1e9), Clock: func() time.Duration {return time.Since(t0)}, Seed: uint64(envf("SEED",1)), WorkLimit: int64(envf("WL",0)), Progress: func(pr Progress) {
			e := pr.Elapsed.Seconds()
			if pr.HasPlan && firstT<0 { firstT=e }
			if e-last>=every { last=e; fmt.Printf("  %s %.1fs %s inc %.1f bound %.1f gap %.3f%% work %d\n", n, e, pr.Stage, pr.Incumbent, pr.Bound, pr.Gap*100, pr.Work) }
		}})
		if err!=nil { t.Error(n, err); continue }
		tot += res.Wall
		fl := ""; if v,ok := pub[n]; ok { if v!=res.Objective {fl=fmt.Sprintf("MISMATCH %.0f",v)} }
		fmt.Printf("%s %s obj %.1f bound %.1f gap %.4f%% first %.2f wall %.2f work %d %s\n", n, res.Status, res.Objective, res.Bound, res.Gap*100, firstT, res.Wall, res.Work, fl)
	}
	fmt.Printf("total %.1f\n", tot)
}
